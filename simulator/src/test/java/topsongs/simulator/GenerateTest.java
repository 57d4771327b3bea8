package topsongs.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static topsongs.simulator.ModelAnswers.completion;
import static topsongs.simulator.ModelAnswers.drips;
import static topsongs.simulator.ModelAnswers.refuses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateTest {
  private static final String KEY = "sk-very-secret-0123456789";

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final ModelAnswers model = new ModelAnswers();
  private Peer server;

  @BeforeEach
  void start() throws IOException {
    server = new Peer(model.writes());
  }

  @AfterEach
  void stopAndLookForTheKey() throws IOException {
    server.close();
    assertThat(out.toString()).doesNotContain(KEY);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).doesNotContain(KEY);
      }
    }
  }

  @Test
  void songsTastesAndTrends_areWritten_andPlayable() throws IOException {
    assertThat(generate("--songs=30", "--regions=BR,PT")).as(out.toString()).isZero();
    var songs = Catalogue.of(file()).songs();
    assertThat(songs).hasSize(30);
    assertThat(songs.stream().map(Song::language).distinct().count()).isGreaterThan(5);
    assertThat(songs.get(0).songId()).isEqualTo("g1-00001");
    assertThat(trends())
        .hasSize(4)
        .contains(
            "{\"kind\":\"taste\",\"region\":\"BR\",\"genre\":\"fado\",\"factor\":1.6,\"story\":\"They hum it.\"}")
        .anyMatch(line -> line.matches(".*\"trend\",\"region\":\"PT\",\"song_id\":\"g1-.*"));
    assertThat(out.toString()).contains("30 songs in " + file());
    assertThat(execute(Map.of(), "catalogue", "show", "--file=" + file())).isZero();
    var plays = new ArrayList<Play>();
    new Past(new Crowd(songs, Region.all(), 1, 0), 0, 3_600_000, 100, 1).forEach(plays::add);
    assertThat(plays).as("where no song was released yet").hasSize(100);
  }

  @Test
  void question_isStrictAboutTheShape() {
    portuguese(1);
    var request = ModelAnswers.read(server.bodies().get(0));
    assertThat(request.path("model").asText()).isEqualTo("gpt-4.1-mini");
    assertThat(request.at("/max_completion_tokens").asInt()).isBetween(1, 8_000);
    var format = request.at("/response_format");
    assertThat(format.path("type").asText()).isEqualTo("json_schema");
    assertThat(format.at("/json_schema/strict").asBoolean()).isTrue();
    var item = format.at("/json_schema/schema/properties/items/items");
    assertThat(item.path("additionalProperties").asBoolean(true)).isFalse();
    assertThat(item.path("required")).hasSize(8);
    assertThat(item.at("/properties/genre/enum")).anyMatch(genre -> genre.asText().equals("fado"));
  }

  @Test
  void badItems_areAskedForAgain_byThemselves_withTheReason() {
    server.first(
        model.spoilt(
            items -> {
              ((ObjectNode) items.get(1)).put("genre", "hyperpolka");
              ((ObjectNode) items.get(3)).put("duration_ms", 12);
              ((ObjectNode) items.get(4)).put("release_date", "2024-02-31");
              ((ObjectNode) items.get(5)).put("language", "en");
              ((ObjectNode) items.get(6)).remove("artist");
              items.remove(9);
            }));
    assertThat(portuguese(10)).as(out.toString()).isZero();
    assertThat(server.bodies()).hasSize(2);
    assertThat(ModelAnswers.numbers(server.bodies().get(1))).containsExactly(2, 4, 5, 6, 7, 10);
    assertThat(ModelAnswers.asked(server.bodies().get(1)))
        .contains("Again, number 2: genre must be one of those given, got \"hyperpolka\"")
        .contains(
            "Again, number 4: duration_ms must be a whole number from 15000 to 600000, got 12")
        .contains("Again, number 7: artist must be a text of 1 to 80 characters, got nothing")
        .contains("Again, number 10: it was not in the answer");
    assertThat(Catalogue.of(file()).songs()).hasSize(10);
  }

  @Test
  void titlesThatAreTaken_areAskedForAgain() {
    var recorded = Catalogue.of(null).songs().get(1).title();
    server.first(
        model.spoilt(
            items -> {
              ((ObjectNode) items.get(1)).put("title", " TÍTULO  número 1!");
              ((ObjectNode) items.get(2)).put("title", recorded);
            }));
    assertThat(portuguese(3)).isZero();
    assertThat(ModelAnswers.numbers(server.bodies().get(1))).containsExactly(2, 3);
    assertThat(Catalogue.of(file()).songs().stream().map(Song::title))
        .doesNotHaveDuplicates()
        .doesNotContain(recorded);
  }

  @Test
  void numberTwice_countsOnce_andInventedFieldsStayBehind() throws IOException {
    server.first(
        model.spoilt(
            items -> {
              items.forEach(item -> ((ObjectNode) item).put("mood", "sad").put("song_id", "mine"));
              items.add(items.get(0).deepCopy());
              items.addObject().put("number", 99).put("title", "Nobody asked");
            }));
    assertThat(portuguese(3)).isZero();
    assertThat(server.bodies()).hasSize(1);
    assertThat(Catalogue.of(file()).songs()).hasSize(3);
    assertThat(Files.readString(file())).doesNotContain("mood", "mine", "Nobody asked");
  }

  @Test
  void harmlessFaults_areMended() {
    server.first(
        model.spoilt(
            items ->
                ((ObjectNode) items.get(0))
                    .put("title", "  Sau\u0064a\u0301de \n ")
                    .put("genre", "Samba")));
    assertThat(portuguese(1)).isZero();
    var song = Catalogue.of(file()).songs().get(0);
    assertThat(song.title()).isEqualTo("Saudáde");
    assertThat(song.genre()).isEqualTo("samba");
  }

  @Test
  void answerThatBreaksOff_keepsItsWholeItems() {
    server.first(model.breaksOffAfter(4));
    assertThat(portuguese(10)).isZero();
    assertThat(ModelAnswers.numbers(server.bodies().get(1))).containsExactly(5, 6, 7, 8, 9, 10);
    assertThat(Catalogue.of(file()).songs()).hasSize(10);
  }

  @Test
  void answerThatBreaksOffAtOnce_isAskedForInHalves() {
    server.first(model.breaksOffAfter(0));
    assertThat(portuguese(10)).isZero();
    assertThat(server.bodies().stream().map(ModelAnswers::numbers))
        .containsExactly(
            List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
            List.of(1, 2, 3, 4, 5),
            List.of(6, 7, 8, 9, 10));
  }

  @Test
  void itemThatNeverComes_isGivenUp_andTheRestIsKept() {
    Peer.Behaviour neverTheSecond = model.spoilt(items -> items.removeIf(GenerateTest::isSecond));
    server.first(neverTheSecond, neverTheSecond, neverTheSecond);
    assertThat(portuguese(4)).isEqualTo(1);
    assertThat(out.toString())
        .contains("Cannot write 1 of them", "a song in pt: it was not in the answer");
    assertThat(Catalogue.of(file()).songs()).hasSize(3);
    assertThat(portuguese(4)).as("the same command again").isZero();
    assertThat(Catalogue.of(file()).songs()).hasSize(4);
  }

  @Test
  void nonsense_isAskedForAgain() {
    server.first(
        completion("I'm sorry, I can't.", "stop"),
        Peer.answers(200, "{\"choices\":[{\"mess", "Content-Type", "application/json"),
        Peer.hangsUp());
    assertThat(portuguese(2)).as(out.toString()).isZero();
    assertThat(server.bodies()).hasSize(4);
  }

  @Test
  void rateLimit_isWaitedOut_asLongAsTheServerSays() {
    server.first(refuses(429, "slow down", "Retry-After", "1"), refuses(500, "oops"));
    long start = System.nanoTime();
    assertThat(portuguese(1)).as(out.toString()).isZero();
    assertThat(System.nanoTime() - start).isGreaterThan(1_000_000_000L);
    assertThat(out.toString()).contains("rate limit (429): slow down");
  }

  @Test
  void longRateLimit_isNotWaitedOut_butTold() {
    server.first(refuses(429, "slow\ndown " + KEY, "Retry-After", "3600"));
    assertThat(portuguese(1)).isEqualTo(1);
    assertThat(out.toString())
        .contains("rate limit (429): slow down ***", "have to wait 3600 s more", "goes on where");
    assertThat(out.toString().lines()).hasSize(1);
  }

  @Test
  void emptyAccount_isNotWaitedFor() {
    server.first(
        Peer.answers(429, "{\"error\":{\"message\":\"pay\",\"code\":\"insufficient_quota\"}}"));
    assertThat(portuguese(1)).isEqualTo(1);
    assertThat(out.toString()).contains("answers 429: pay").hasLineCount(1);
  }

  @Test
  void slowBytes_endByTheTimeOut() {
    server.first(drips(), drips());
    assertThat(portuguese(1, "--timeout=0.4s", "--patience=1s")).isEqualTo(1);
    assertThat(out.toString()).contains("time-out: no whole answer within 400 ms (--timeout)");
  }

  @Test
  void timeOuts_countAgainstTheBudget_asTheServerMayChargeThem() {
    server.first(drips(), drips(), drips());
    assertThat(portuguese(1, "--timeout=0.2s", "--max-tokens=12000")).isEqualTo(1);
    assertThat(out.toString()).contains("the budget is spent");
    assertThat(server.bodies()).hasSize(2);
  }

  @Test
  void noServer_isToldAtOnce() {
    server.close();
    assertThat(portuguese(1)).isEqualTo(1);
    assertThat(out.toString()).contains("no server answers at " + server.url()).hasLineCount(1);
  }

  @Test
  void refusedKey_isToldInOneLine() {
    server.first(refuses(401, "Incorrect API key provided: " + KEY));
    assertThat(portuguese(1)).isEqualTo(1);
    assertThat(out.toString()).contains("refuses the key in OPENAI_API_KEY (401)").hasLineCount(1);
  }

  @Test
  void unknownModelAndRefusedQuestion_areToldInOneLine() {
    server.first(refuses(404, "no such model"), refuses(400, "no json_schema here"));
    assertThat(portuguese(1, "--model=nope")).isEqualTo(1);
    assertThat(portuguese(1)).isEqualTo(1);
    assertThat(out.toString())
        .contains("does not know the model nope (404: no such model)")
        .contains("answers 400: no json_schema here")
        .hasLineCount(2);
  }

  @Test
  void noKey_pointsAtTheRecordedCatalogue() {
    assertThat(run(Map.of())).isEqualTo(1);
    assertThat(out.toString())
        .startsWith("Cannot generate a catalogue: OPENAI_API_KEY is not set")
        .contains("recorded catalogue")
        .hasLineCount(1);
    assertThat(file()).doesNotExist();
  }

  @Test
  void keyThatCannotBeOne_isNotShown() {
    var environment = environment();
    environment.put("OPENAI_API_KEY", KEY + "\n" + KEY);
    assertThat(run(environment)).isEqualTo(1);
    assertThat(out.toString()).contains("visible ASCII").hasLineCount(1);
  }

  @Test
  void rerun_asksOnlyForWhatIsMissing() {
    assertThat(portuguese(12)).isZero();
    int asked = server.bodies().size();
    assertThat(portuguese(12)).isZero();
    assertThat(server.bodies()).hasSize(asked);
    assertThat(portuguese(15)).isZero();
    assertThat(ModelAnswers.numbers(server.bodies().get(asked))).containsExactly(1, 2, 3);
    assertThat(Catalogue.of(file()).songs()).hasSize(15);
  }

  @Test
  void fileWithMoreOfOneLanguage_isNotOverfilled() {
    assertThat(portuguese(12)).isZero();
    assertThat(generate("--songs=20", "--trends=0")).isZero();
    assertThat(Catalogue.of(file()).songs()).hasSize(20);
  }

  @Test
  void rerunFromTheCache_isFree_andTheSame() throws IOException {
    server.first(model.breaksOffAfter(4), model.spoilt(items -> items.remove(0)));
    generate("--songs=25", "--regions=BR");
    var songs = Files.readString(file());
    var trends = trends();
    int asked = server.bodies().size();
    Files.delete(file());
    Files.delete(trendsFile());
    assertThat(generate("--songs=25", "--regions=BR")).isZero();
    assertThat(server.bodies()).hasSize(asked);
    assertThat(file()).hasContent(songs);
    assertThat(trends()).isEqualTo(trends);
    assertThat(out.toString()).contains("0 questions asked").contains("0 tokens that cost 0.0000");
  }

  @Test
  void runThatWasKilled_goesOnAfterItsLastWholeLine() throws IOException {
    portuguese(3);
    var whole = Files.readString(file());
    Files.writeString(file(), whole + "{\"song_id\":\"g1-0");
    assertThat(portuguese(4)).isZero();
    assertThat(Files.readString(file())).startsWith(whole);
    assertThat(Catalogue.of(file()).songs()).hasSize(4);
  }

  @Test
  void budget_endsTheRun_beforeItIsOverspent() {
    assertThat(portuguese(100, "--max-tokens=6000")).isEqualTo(1);
    assertThat(out.toString()).contains("the budget is spent", "--max-tokens=6000");
    int asked = server.bodies().size();
    assertThat(asked * 800).isBetween(800, 6_000);
    assertThat(Catalogue.of(file()).songs()).hasSize(asked * 10);
    assertThat(portuguese(100)).as("goes on with more").isZero();
  }

  @Test
  void cost_endsTheRunToo() {
    assertThat(portuguese(100, "--max-cost=0.01", "--price-in=2", "--price-out=8")).isEqualTo(1);
    assertThat(out.toString()).contains("--max-cost=0.01");
    assertThat(server.bodies()).hasSizeBetween(1, 2);
  }

  @Test
  void trendOfAnUnknownSongOrTime_isAskedForAgain() throws IOException {
    portuguese(5);
    server.first(
        model.writes(),
        model.spoilt(
            items -> {
              ((ObjectNode) items.get(0)).put("song_id", "g9-99999");
              ((ObjectNode) items.get(1)).put("from", "Friday night");
            }));
    assertThat(generate("--songs=5", "--languages=pt", "--regions=BR,PT")).isZero();
    assertThat(trends()).hasSize(4);
    assertThat(server.bodies().get(server.bodies().size() - 1))
        .contains("song_id must be one of those given", "from must be a time of the week");
  }

  @Test
  void trendsOfAnotherCatalogue_areNotContinued() throws IOException {
    generate("--songs=5", "--languages=pt", "--regions=BR");
    Files.delete(file());
    assertThat(generate("--songs=0", "--regions=BR")).isEqualTo(1);
    assertThat(out.toString()).contains("Cannot go on with trends " + trendsFile(), "g1-0000");
  }

  @Test
  void wrongUsage_isExplained() {
    assertThat(generate("--languages=pt,xx")).isEqualTo(2);
    assertThat(out.toString()).contains("--languages must be some of en,", "got 'xx'");
    assertThat(generate("--max-cost=0")).isEqualTo(2);
    assertThat(generate("--help")).isZero();
    assertThat(out.toString()).contains("OPENAI_BASE_URL=http://127.0.0.1:11434/v1");
  }

  private static boolean isSecond(JsonNode item) {
    return item.path("number").asInt() == 2;
  }

  /** Songs alone, which makes the questions few. */
  private int portuguese(int songs, String... more) {
    var arguments = new ArrayList<>(List.of("--songs=" + songs, "--languages=pt", "--trends=0"));
    arguments.addAll(List.of(more));
    return generate(arguments.toArray(String[]::new));
  }

  private int generate(String... arguments) {
    return run(environment(), arguments);
  }

  private int run(Map<String, String> environment, String... arguments) {
    var generate = Stream.of("catalogue", "generate", "--out=" + file());
    return execute(
        environment, Stream.concat(generate, Stream.of(arguments)).toArray(String[]::new));
  }

  private int execute(Map<String, String> environment, String... arguments) {
    var writer = new PrintWriter(out, true);
    return Simulator.commandLine(environment, writer, writer).execute(arguments);
  }

  private Map<String, String> environment() {
    return new HashMap<>(Map.of("OPENAI_API_KEY", KEY, "OPENAI_BASE_URL", server.url() + "/v1"));
  }

  private Path file() {
    return folder.resolve("mine.jsonl");
  }

  private Path trendsFile() {
    return folder.resolve("mine.trends.jsonl");
  }

  private List<String> trends() throws IOException {
    return Files.readAllLines(trendsFile());
  }
}
