package topsongs.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static topsongs.contract.Granularity.DAY;
import static topsongs.serving.ChartTables.charted;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import topsongs.contract.Lake;
import topsongs.serving.evidence.PlayedLake;

/** Questions to the lake: a dozen plays of one hour in Canada, and the chart made of them. */
class EvidenceTest {
  private static final String AT_13 = "2026-11-22T13:00:00Z";
  private static final String HOUR_OF_CHART = "/v1/charts/CA/hour";

  /**
   * Eleven by Ana are one more than count; Ben's was delivered twice, and one row written twice.
   */
  private static final String ANA_HEARS_COPPER_ELEVEN_TIMES_AND_BEN_ONCE =
      """
       1 ana copper CA 2026-11-22T13:01:00Z 60000 2026-11-22T13:01:05Z 0 10
       2 ana copper CA 2026-11-22T13:02:00Z 60000 2026-11-22T13:02:05Z 0 11
       3 ana copper CA 2026-11-22T13:03:00Z 60000 2026-11-22T13:03:05Z 0 12
       4 ana copper CA 2026-11-22T13:04:00Z 60000 2026-11-22T13:04:05Z 0 13
       5 ana copper CA 2026-11-22T13:05:00Z 60000 2026-11-22T13:05:05Z 0 14
       6 ana copper CA 2026-11-22T13:06:00Z 60000 2026-11-22T13:06:05Z 0 15
       7 ana copper CA 2026-11-22T13:07:00Z 60000 2026-11-22T13:07:05Z 0 16
       8 ana copper CA 2026-11-22T13:08:00Z 60000 2026-11-22T13:08:05Z 0 17
       9 ana copper CA 2026-11-22T13:09:00Z 60000 2026-11-22T13:09:05Z 0 18
      10 ana copper CA 2026-11-22T13:10:00Z 60000 2026-11-22T13:10:05Z 0 19
      11 ana copper CA 2026-11-22T13:11:00Z 60000 2026-11-22T13:11:05Z 0 20
      12 ben copper CA 2026-11-22T13:59:00Z 29999 2026-11-22T13:59:31Z 3 7
      12 ben copper CA 2026-11-22T13:59:00Z 29999 2026-11-22T13:59:30Z 3 6
      12 ben copper CA 2026-11-22T13:59:00Z 29999 2026-11-22T13:59:30Z 3 6
      13 ben copper CA 2026-11-22T13:20:00Z 30000 2026-11-22T13:20:30Z 3 4
      """;

  private static final String CHO_HEARS_PAPER_AND_SALT =
      """
      21 cho paper  CA 2026-11-22T13:30:00Z 12000 2026-11-22T13:30:30Z 4 1
      22 cho paper  CA 2026-11-22T13:31:00Z 11999 2026-11-22T13:31:30Z 4 2
      23 cho salt   CA 2026-11-22T13:32:00Z 30000 2026-11-22T13:32:30Z 4 3
      24 dan paper  BR 2026-11-22T13:33:00Z 30000 2026-11-22T13:33:30Z 4 4
      25 ana copper CA 2026-11-22T14:00:00Z 60000 2026-11-22T14:00:30Z 0 21
      """;

  @TempDir static Path folder;

  private static PlayedLake lake;
  private static RunningApi api;
  private static ChartTables tables;

  @BeforeAll
  static void start() {
    lake = new PlayedLake(folder.resolve("lake"));
    api = RunningApi.withTables("--top-songs.evidence.lake=" + lake.url());
    tables = api.tables();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @BeforeEach
  void hourInCanada() {
    lake.delete();
    lake.append("1", ANA_HEARS_COPPER_ELEVEN_TIMES_AND_BEN_ONCE);
    lake.append("2", CHO_HEARS_PAPER_AND_SALT);
    lake.enrich("copper 201000\npaper 12000");
    tables.clear();
    tables.song("copper", "Copper Weather", "Ines Varga");
    tables.song("paper", "Paper Lanterns", "Lumen");
    tables.finalHour(
        "CA", AT_13, charted("copper", 11, 2), charted("paper", 1, 1), charted("salt", 1, 1));
  }

  @Test
  void rules_areThoseThatArePublished() {
    assertThat(api.getJson("/v1/rules")).isEqualTo(RunningApi.example("rules"));
  }

  @Test
  void whatIf_bothSides_asDocumented() {
    assertThat(api.getJson(HOUR_OF_CHART + "/what-if?rules=2&at=" + AT_13))
        .isEqualTo(RunningApi.example("whatIf"));
  }

  @Test
  void whatIf_ofTheChartsOwnRules_isTheChart() {
    var whatIf = api.getJson(HOUR_OF_CHART + "/what-if?rules=1&at=" + AT_13);
    assertThat(whatIf.at("/base")).isEqualTo(whatIf.at("/other"));
    var chart = api.getJson(HOUR_OF_CHART + "?at=" + AT_13);
    assertThat(whatIf.at("/entries")).hasSize(3);
    for (int i = 0; i < 3; i++) {
      var entry = chart.at("/entries/" + i);
      var compared = whatIf.at("/entries/" + i);
      assertThat(compared.at("/song/song_id")).isEqualTo(entry.at("/song/song_id"));
      assertThat(compared.at("/base")).isEqualTo(compared.at("/other"));
      compared
          .at("/base")
          .propertyNames()
          .forEach(
              name ->
                  assertThat(compared.at("/base/" + name))
                      .as(name)
                      .isEqualTo(entry.at("/" + name)));
    }
  }

  @Test
  void whatIf_holdsTheBestOfBoth_andNoMore() {
    var whatIf = api.getJson(HOUR_OF_CHART + "/what-if?rules=2&limit=1&at=" + AT_13);
    assertThat(whatIf.at("/entries")).hasSize(1);
  }

  @Test
  void whatIf_ofRulesThatThereAreNot_is400() {
    assertField(api.get(HOUR_OF_CHART + "/what-if?rules=9"), "rules", "/v1/rules lists: 1, 2");
    assertField(api.get(HOUR_OF_CHART + "/what-if"), "rules", "must be given");
  }

  @Test
  void whatIf_ofAPeriodWithoutAChart_is404_withTheNearest() {
    var answer = api.get(HOUR_OF_CHART + "/what-if?rules=2&at=2026-11-22T10:00:00Z");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(RunningApi.json(answer.body()).at("/nearest_period").asString()).isEqualTo(AT_13);
  }

  @Test
  void trace_ofTheNumberOne_asDocumented() {
    var trace = trace("copper");
    assertThat(trace).isEqualTo(withLakeOf(trace, RunningApi.example("trace")));
    assertThat(trace.at("/agrees").asBoolean()).isTrue();
  }

  /** The names of files, and so their digest and size, differ from test to test. */
  private static JsonNode withLakeOf(JsonNode trace, JsonNode example) {
    assertThat(trace.at("/files/0").propertyNames()).containsExactly("path", "bytes");
    assertThat(trace.at("/files/0/path").asString())
        .startsWith("plays/event_date=2026-11-22/event_hour=13/part-1-");
    assertThat(trace.at("/checksum").asString()).hasSize(64);
    var files = trace.at("/files/0/bytes").asLong() + trace.at("/files/1/bytes").asLong();
    assertThat(trace.at("/bytes").asLong()).isEqualTo(files);
    var expected = (ObjectNode) example.deepCopy();
    for (var field : List.of("files", "bytes", "checksum")) {
      expected.set(field, trace.get(field));
    }
    return expected;
  }

  @Test
  void trace_explainsEachPlayThatDoesNotCount() {
    var copper = trace("copper");
    assertThat(numbers(copper, "plays", "duplicate", "too_short", "over_cap", "excluded"))
        .containsExactly(11L, 1L, 1L, 1L, 0L);
    assertThat(copper.at("/received").asLong()).isEqualTo(14);
    assertThat(copper.at("/first_play").asString()).isEqualTo("2026-11-22T13:01:00Z");
    assertThat(copper.at("/last_play").asString()).isEqualTo("2026-11-22T13:20:00Z");
    var paper = trace("paper");
    assertThat(numbers(paper, "plays", "too_short")).containsExactly(1L, 1L);
  }

  @Test
  void trace_tellsTheNeighbours() {
    var paper = trace("paper");
    assertThat(paper.at("/above/song/title").asString()).isEqualTo("Copper Weather");
    assertThat(numbers(paper.at("/above"), "plays", "margin")).containsExactly(11L, 10L);
    assertThat(paper.at("/below/song/song_id").asString()).isEqualTo("salt");
    assertThat(paper.at("/below/margin").asLong()).isZero();
    assertThat(trace("copper").at("/above").isNull()).isTrue();
    assertThat(trace("salt").at("/below").isNull()).isTrue();
  }

  @Test
  void trace_doesNotAgree_onceALatePlayIsCounted() {
    lake.append("3", "99 eva copper CA 2026-11-22T13:40:00Z 60000 2026-11-22T19:00:00Z 5 1");
    lake.enrich("copper 201000\npaper 12000");
    assertThat(trace("copper").at("/agrees").asBoolean()).isFalse();
    assertThat(trace("copper").at("/plays").asLong()).isEqualTo(12);
    assertThat(trace("paper").at("/agrees").asBoolean()).isTrue();
  }

  @Test
  void trace_ofASongThatNobodyPlayed_is404() {
    assertThat(api.get(HOUR_OF_CHART + "/songs/velvet/trace?at=" + AT_13).statusCode())
        .isEqualTo(404);
  }

  @Test
  void trace_ofAChartedSongWithoutPlaysInTheLake_saysSo() {
    lake.delete();
    lake.append("1", CHO_HEARS_PAPER_AND_SALT);
    lake.enrich("");
    var copper = trace("copper");
    assertThat(copper.at("/agrees").asBoolean()).isFalse();
    assertThat(numbers(copper, "position", "plays")).containsExactly(1L, 0L);
  }

  @Test
  void playsOfASong_eachWithItsOutcome_asDocumented() {
    var plays = api.getJson(HOUR_OF_CHART + "/songs/copper/plays?at=" + AT_13);
    assertThat(plays.at("/plays")).hasSize(13);
    assertThat(outcomes(plays))
        .containsExactly(
            "counted",
            "counted",
            "counted",
            "counted",
            "counted",
            "counted",
            "counted",
            "counted",
            "counted",
            "counted",
            "over_cap",
            "counted",
            "too_short");
    assertThat(api.getJson(HOUR_OF_CHART + "/songs/paper/plays?at=" + AT_13))
        .isEqualTo(RunningApi.example("songPlays"));
    assertThat(api.getJson(HOUR_OF_CHART + "/songs/copper/plays?limit=2&at=" + AT_13).at("/plays"))
        .hasSize(2);
    assertField(api.get(HOUR_OF_CHART + "/songs/copper/plays?limit=1001"), "limit", "1 to 1000");
  }

  @Test
  void playsOfASong_asCsv() {
    var answer = api.get(HOUR_OF_CHART + "/songs/paper/plays?at=" + AT_13, "Accept", "text/csv");
    assertThat(answer.body())
        .isEqualToNormalizingNewlines(
            """
            event_id,played_at,ms_played,platform,deliveries,outcome
            00000000-0000-0000-0000-000000000021,2026-11-22T13:30:00Z,12000,ios,1,counted
            00000000-0000-0000-0000-000000000022,2026-11-22T13:31:00Z,11999,ios,1,too_short
            """);
  }

  @Test
  void onePlay_itsDeliveriesAndCharts_asDocumented() {
    tables.chart(DAY, "CA", "2026-11-22T00:00:00Z", "provisional", charted("copper", 12, 2));
    tables.finalHour("GLOBAL", AT_13, charted("copper", 11, 2));
    var play = play(11, "2026-11-22T13:11:00Z");
    assertThat(outcomesOfCharts(play))
        .containsExactly(
            "CA hour over_cap", "CA day counted", "GLOBAL hour over_cap", "GLOBAL day not_charted");
    var file = play.at("/deliveries/0/file").asString();
    assertThat(file).startsWith("plays/event_date=2026-11-22/event_hour=13/part-1-");
    assertThat(RunningApi.json(play.toString().replace(file, FILE)))
        .isEqualTo(RunningApi.example("play"));
  }

  private static final String FILE =
      "plays/event_date=2026-11-22/event_hour=13/part-00000-5b1f.c000.snappy.parquet";

  /** A row that the stream wrote twice is one delivery; the first of two deliveries is kept. */
  @Test
  void playDeliveredTwice_tellsWhichIsKept() {
    var deliveries = play(12, "2026-11-22T13:59:00.000Z").at("/deliveries");
    assertThat(deliveries).hasSize(2);
    assertThat(numbers(deliveries.get(0), "kafka_partition", "kafka_offset"))
        .containsExactly(3L, 6L);
    assertThat(deliveries.get(0).at("/kept").asBoolean()).isTrue();
    assertThat(deliveries.get(1).at("/kept").asBoolean()).isFalse();
  }

  @Test
  void lateCharts_sayWhyAPlayIsNotInThem() {
    lake.append("3", "99 eva copper CA 2026-11-22T13:40:00Z 60000 2026-11-22T19:00:00Z 5 1");
    var play = play(99, "2026-11-22T13:40:00Z");
    assertThat(play.at("/charts/0/outcome").asString()).isEqualTo("not_charted");
    assertThat(play.at("/charts/0/why").asString()).isEqualTo("it came after revision 1 was made");
    assertThat(play.at("/charts/1/why").asString()).isEqualTo("this chart has not been made yet");
  }

  @Test
  void playThatTheLakeDoesNotHave_is404_andAnUnreadableOne400() {
    assertThat(api.get(path(77, "2026-11-22T13:40:00Z")).statusCode()).isEqualTo(404);
    assertThat(api.get(path(11, "2026-11-22T13:11:01Z")).statusCode()).isEqualTo(404);
    assertThat(api.get(path(11, "2026-11-20T13:11:00Z")).statusCode()).isEqualTo(404);
    assertField(api.get("/v1/plays/eleven?played_at=" + AT_13), "event_id", "UUID");
    assertField(api.get(path(11, "noon")), "played_at", "RFC 3339");
    assertField(api.get("/v1/plays/00000000-0000-0000-0000-000000000011"), "played_at", "given");
  }

  @Test
  void nobodyIsNamed() {
    for (var path :
        List.of(
            HOUR_OF_CHART + "/what-if?rules=2",
            HOUR_OF_CHART + "/songs/copper/trace",
            HOUR_OF_CHART + "/songs/copper/plays",
            path(11, "2026-11-22T13:11:00Z"))) {
      var answer = api.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(answer.body()).doesNotContain("user_id", "\"ana\"", "\"ben\"", folder.toString());
    }
  }

  @Test
  void hourBeingMadeAnew_is503() throws Exception {
    Files.delete(
        lake.root().resolve("enriched/event_date=2026-11-22/event_hour=13").resolve(Lake.INPUT));
    var answer = api.get(HOUR_OF_CHART + "/songs/copper/trace?at=" + AT_13);
    assertUnavailable(answer, "event_hour=13 is being made anew");
  }

  @Test
  void lakeAway_is503_andChartsAreServed() {
    lake.delete();
    assertUnavailable(api.get(HOUR_OF_CHART + "/songs/copper/trace"), "its folder is not there");
    assertThat(api.get(HOUR_OF_CHART).statusCode()).isEqualTo(200);
  }

  static void assertUnavailable(HttpResponse<String> answer, String reason) {
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
    assertThat(RunningApi.json(answer.body()).at("/detail").asString())
        .startsWith("Cannot read the lake: ")
        .contains(reason);
  }

  private static void assertField(HttpResponse<String> answer, String field, String rule) {
    assertThat(answer.statusCode()).isEqualTo(400);
    var problem = RunningApi.json(answer.body());
    assertThat(problem.at("/field").asString()).isEqualTo(field);
    assertThat(problem.at("/detail").asString()).contains(rule);
  }

  private static JsonNode trace(String song) {
    return api.getJson(HOUR_OF_CHART + "/songs/" + song + "/trace?at=" + AT_13);
  }

  private static String path(int number, String playedAt) {
    return "/v1/plays/00000000-0000-0000-0000-%012d?played_at=%s".formatted(number, playedAt);
  }

  private static JsonNode play(int number, String playedAt) {
    return api.getJson(path(number, playedAt));
  }

  private static List<Long> numbers(JsonNode of, String... names) {
    return Arrays.stream(names).map(name -> of.at("/" + name).asLong()).toList();
  }

  private static List<String> outcomes(JsonNode plays) {
    var outcomes = new ArrayList<String>();
    plays.at("/plays").forEach(play -> outcomes.add(play.at("/outcome").asString()));
    return outcomes;
  }

  private static List<String> outcomesOfCharts(JsonNode play) {
    var outcomes = new ArrayList<String>();
    play.at("/charts")
        .forEach(
            chart ->
                outcomes.add(
                    "%s %s %s"
                        .formatted(
                            chart.at("/region").asString(),
                            chart.at("/granularity").asString(),
                            chart.at("/outcome").asString())));
    return outcomes;
  }
}
