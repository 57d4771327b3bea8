package topsongs.simulator;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static topsongs.simulator.Peer.answers;
import static topsongs.simulator.Peer.takesAll;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import topsongs.contract.CountingRules;
import topsongs.contract.Regions;

class FaultsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int SONGS = 40;
  private static final int REGIONS = 3;
  private static final long NOON = Instant.parse("2026-11-20T12:00:00Z").toEpochMilli();

  /** Long after every play of these tests, long before those of the future. */
  private static final String SOON = "2026-12-01";

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();

  @Test
  void withoutFaults_playsAreWhatTheyWere() {
    var plays = plays(1_000);
    assertThat(letters(Map.of(), plays)).extracting(Letter::play).isEqualTo(plays);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void eachFault_hasItsShare(Fault fault) {
    var plays = plays(10_000);
    var letters = letters(Map.of(fault, 0.1), plays);
    var unspoilt = plays.stream().map(play -> new Letter(play, Letter.Kind.PROMPT)).toList();
    assertThat(letters).isNotEqualTo(unspoilt);
    int copies = fault == Fault.RETRIES ? 3_500 : 0;
    assertThat(letters.size()).isBetween(10_000 + copies * 9 / 10, 10_000 + copies * 11 / 10);
    long refused = letters.stream().filter(letter -> letter.kind().isRefused()).count();
    boolean isRefused = fault == Fault.MALFORMED || fault == Fault.FUTURE;
    assertThat(refused).isBetween(isRefused ? 900L : 0L, isRefused ? 1_100L : 0L);
  }

  /** An hour of plays, a tenth of them by ten bots. */
  @Test
  void everyBot_isFlaggedAsOverTheCap() {
    var flags = CountingRules.load(CountingRules.CURRENT).flags();
    var bots =
        letters(Map.of(Fault.BOTS, 0.1), plays(3_600)).stream()
            .map(Letter::play)
            .filter(play -> play.listener() >= 3_600)
            .collect(groupingBy(Play::listener));

    assertThat(bots).hasSize(10);
    assertThat(bots.values())
        .allSatisfy(plays -> assertThat(plays).hasSizeGreaterThan(flags.overCapPlays()))
        .allSatisfy(
            plays -> assertThat(plays).extracting(Play::song).containsOnly(plays.get(0).song()));
  }

  @Test
  void allFaults_refusedAreThoseThatMustBe_andTheTruthHoldsTheRest() throws Exception {
    try (var peer = new Peer(refusesWhatIsNoPlay())) {
      assertThat(history(peer)).isZero();
      assertThat(truth()).isEqualTo(recount(peer.bodies())).isNotEmpty();
    }
    assertThat(out.toString())
        .containsPattern("\\d+ plays by bots that loop one song")
        .containsPattern("\\d+ plays that are none, to be refused")
        .containsPattern("[1-9]\\d* rejected, ");
    assertThat(Files.readString(folder.resolve("truth.jsonl"))).contains("\"x-unknown-");
  }

  @Test
  void ingestionThatTakesMalformedPlays_isNotTrusted() throws Exception {
    try (var peer = new Peer(takesAll())) {
      assertThat(history(peer)).isEqualTo(1);
    }
    assertThat(out.toString())
        .containsPattern("Cannot trust ingestion-api: .* but it took [1-9]\\d* of them");
  }

  @Test
  void shareThatIsNone_isTold() throws Exception {
    try (var peer = new Peer(takesAll())) {
      assertThat(history(peer, "--bots=1.5")).isEqualTo(1);
      assertThat(peer.bodies()).isEmpty();
    }
    assertThat(out.toString()).contains("--bots must be from 0 to 1, got 1.5");
  }

  private int history(Peer peer, String... more) {
    var arguments = new ArrayList<>(List.of("history", "--ingestion=" + peer.url()));
    arguments.addAll(List.of("--from=2026-11-20T12:00Z", "--to=2026-11-20T15:00Z"));
    arguments.addAll(List.of("--plays=4000", "--truth=" + folder.resolve("truth.jsonl")));
    for (String fault :
        "retries late-hours late-days out-of-order clock-skew bots unknown-songs malformed future"
            .split(" ")) {
      arguments.add("--%s=0.05".formatted(fault));
    }
    arguments.removeIf(one -> more.length > 0 && one.startsWith("--bots"));
    arguments.addAll(List.of(more));
    var writer = new PrintWriter(out, true);
    return Simulator.commandLine(Map.of(), writer, writer)
        .execute(arguments.toArray(String[]::new));
  }

  private static List<Play> plays(int count) {
    var dice = new Dice(1);
    var plays = new ArrayList<Play>();
    for (int i = 0; i < count; i++) {
      plays.add(Play.of(dice, NOON + i * 1_000L, i, i % SONGS, i % REGIONS, 180_000, 0));
    }
    return plays;
  }

  private static List<Letter> letters(Map<Fault, Double> shares, List<Play> plays) {
    var letters = new ArrayList<Letter>();
    var post = new Post(0, 0, 1, letters::add);
    var faults = new Faults(shares, SONGS, REGIONS, 1, post);
    plays.forEach(faults::take);
    post.sendAll();
    return letters;
  }

  private static Peer.Behaviour refusesWhatIsNoPlay() {
    return (exchange, request) -> {
      var lines = request.lines().toList();
      var answer = JSON.createObjectNode();
      var rejections = answer.putArray("rejections");
      for (int i = 0; i < lines.size(); i++) {
        if (!isPlay(lines.get(i))) {
          rejections.addObject().put("index", i).putObject("problem").put("detail", "no play");
        }
      }
      answer.put("accepted", lines.size() - rejections.size());
      answers(202, answer.toString()).answer(exchange, request);
    };
  }

  private static boolean isPlay(String line) {
    try {
      var play = JSON.readTree(line);
      return Regions.isCode(play.path("region").asText())
          && play.path("ms_played").asInt() >= 0
          && play.path("played_at").asText().compareTo(SOON) < 0;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /** The world's counted plays by hour. */
  private Map<String, Long> truth() throws Exception {
    var plays = new HashMap<String, Long>();
    for (String line : Files.readAllLines(folder.resolve("truth.jsonl"))) {
      var chart = JSON.readTree(line);
      if (line.startsWith("{\"region\":\"GLOBAL\",\"granularity\":\"hour\"")) {
        plays.put(
            chart.path("period_start").asText().substring(0, 13), chart.path("plays").asLong());
      }
    }
    return plays;
  }

  /** The same from what was sent, by nothing but the published rules. */
  private static Map<String, Long> recount(List<String> bodies) throws Exception {
    var lengths =
        Catalogue.of(null).songs().stream()
            .filter(song -> song.durationMs() != null)
            .collect(Collectors.toMap(Song::songId, song -> String.valueOf(song.durationMs())));
    var seen = new HashSet<String>();
    var byListener = new HashMap<List<String>, Long>();
    for (String line : bodies.stream().flatMap(String::lines).toList()) {
      if (!isPlay(line) || !seen.add(line)) {
        continue;
      }
      JsonNode play = JSON.readTree(line);
      var song = play.path("song_id").asText();
      int heard = play.path("ms_played").asInt();
      boolean counts =
          heard >= 30_000 || heard >= Integer.parseInt(lengths.getOrDefault(song, "30000"));
      var hour = play.path("played_at").asText().substring(0, 13);
      byListener.merge(
          List.of(hour, play.path("user_id").asText(), song), counts ? 1L : 0L, Long::sum);
    }
    var hours = new HashMap<String, Long>();
    byListener.forEach((key, plays) -> hours.merge(key.get(0), Math.min(10, plays), Long::sum));
    return hours;
  }
}
