package topsongs.serving.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static topsongs.contract.Granularity.DAY;
import static topsongs.contract.Granularity.HOUR;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.unit.DataSize;
import topsongs.contract.CountingRules;
import topsongs.contract.Period;
import topsongs.serving.evidence.Evidence.Compared;
import topsongs.serving.evidence.NaiveChart.Heard;

/** The SQL of the rules against a model that counts play by play. */
class CountingTest {
  private static final Instant DAY_START = Instant.parse("2026-11-22T00:00:00Z");
  private static final Map<String, Integer> LENGTHS = Map.of("short", 12_000, "copper", 201_000);
  private static final CountingRules ONE = CountingRules.load("1");
  private static final CountingRules TWO = CountingRules.load("2");
  private static final CountingRules THREE = CountingRules.load("3");

  @TempDir Path folder;

  /** Two listeners and four songs, so that caps and ties are met; three hours of a day. */
  @ParameterizedTest
  @MethodSource("seeds")
  void everyChartOfARandomLake_isThatOfTheModel_byBothRules(long seed) throws Exception {
    var random = new Random(seed);
    var hours = new ArrayList<List<Heard>>();
    var lines = new StringBuilder();
    for (int hour = 0; hour < 3; hour++) {
      hours.add(hour(random, DAY_START.plusSeconds(hour * 3600L), lines));
    }
    var lake = new PlayedLake(folder);
    lake.append("1", lines.toString());
    lake.enrich("short 12000\ncopper 201000\nquiet 300000");
    var day = hours.stream().flatMap(List::stream).toList();
    try (var evidence = evidence(lake)) {
      for (var region : List.of("CA", "BR", "GLOBAL")) {
        assertSame(evidence, new ChartKey(region, new Period(DAY, DAY_START)), day);
        assertSame(evidence, new ChartKey(region, new Period(HOUR, DAY_START)), hours.get(0));
      }
    }
  }

  static long[] seeds() {
    return new Random(7).longs(8).toArray();
  }

  private static List<Heard> hour(Random random, Instant start, StringBuilder lines) {
    var heard = new ArrayList<Heard>();
    for (int n = random.nextInt(150); n >= 0; n--) {
      var song = List.of("copper", "short", "unknown", "quiet").get(random.nextInt(4));
      var play =
          new Heard(
              random.nextInt(10) < 7 ? "ana" : "ben",
              song,
              random.nextBoolean() ? "CA" : "BR",
              List.of(11_999, 12_000, 29_999, 30_000).get(random.nextInt(4)),
              1 + random.nextInt(2),
              LENGTHS.get(song));
      heard.add(play);
      for (int delivery = 0; delivery < play.deliveries(); delivery++) {
        lines.append(line(start, heard.size(), play, delivery));
      }
    }
    return heard;
  }

  private static String line(Instant start, int number, Heard play, int delivery) {
    var at = start.plusSeconds(number % 7);
    return "%d %s %s %s %s %d %s %d %d%n"
        .formatted(
            start.getEpochSecond() % 86_400 + number,
            play.user(),
            play.song(),
            play.region(),
            at,
            play.msPlayed(),
            at.plusSeconds(60 + delivery),
            number % 6,
            number * 10L + delivery);
  }

  private static void assertSame(Evidence evidence, ChartKey chart, List<Heard> plays) {
    var compared = evidence.compare(chart, ONE, TWO, 100);
    var one = new NaiveChart(chart, plays, ONE);
    var two = new NaiveChart(chart, plays, TWO);
    assertThat(compared.base()).as(chart + " by 1").isEqualTo(one.count());
    assertThat(compared.other()).as(chart + " by 2").isEqualTo(two.count());
    for (var song : one.standings()) {
      assertThat(of(compared.songs(), song.getKey()).base()).isEqualTo(song.getValue());
    }
    assertThat(compared.songs().stream().filter(song -> song.other() != null))
        .extracting(Compared::songId)
        .containsExactlyElementsOf(two.standings().stream().map(Map.Entry::getKey).toList());
    for (var song : two.standings()) {
      assertThat(of(compared.songs(), song.getKey()).other()).isEqualTo(song.getValue());
    }
    assertOutcomes(evidence, chart, compared);
  }

  /** The plays of a song, one by one, come to what its chart counts. */
  private static void assertOutcomes(
      Evidence evidence, ChartKey chart, Evidence.Comparison compared) {
    for (var song : compared.songs()) {
      var plays = evidence.plays(chart, ONE, song.songId(), 1_000);
      var counted = plays.stream().filter(play -> play.outcome().equals("counted")).count();
      assertThat(counted).isEqualTo(song.base() == null ? 0 : song.base().plays());
      assertThat(plays).isSortedAccordingTo(Comparator.comparing(Evidence.TracedPlay::playedAt));
    }
  }

  private static Compared of(List<Compared> songs, String songId) {
    return songs.stream().filter(song -> song.songId().equals(songId)).findFirst().orElseThrow();
  }

  /** Ana hears 63 minutes within the first hour; Ben as much, but some of it in the next. */
  @Test
  void whoIsFlaggedInAnHour_isNotCountedInItByRulesThatExcludeThat() {
    var lake = new PlayedLake(folder);
    lake.append(
        "1",
        """
        1 ana copper CA 2026-11-22T00:01:00Z 1890000 2026-11-22T00:02:00Z 0 1
        2 ana copper BR 2026-11-22T00:02:00Z 1890000 2026-11-22T00:02:01Z 0 2
        3 ana copper CA 2026-11-22T00:03:00Z 1 2026-11-22T00:03:01Z 0 3
        4 ana copper CA 2026-11-22T01:00:00Z 60000 2026-11-22T01:02:00Z 0 4
        5 ben copper CA 2026-11-22T00:01:00Z 1890000 2026-11-22T00:02:00Z 1 1
        6 ben copper CA 2026-11-22T00:40:00Z 1890000 2026-11-22T00:40:01Z 1 2
        """);
    lake.enrich("");
    var chart = new ChartKey("CA", new Period(DAY, DAY_START));
    try (var evidence = evidence(lake)) {
      var compared = evidence.compare(chart, ONE, THREE, 10);
      assertThat(compared.base().plays()).isEqualTo(4);
      assertThat(compared.base().excluded()).isZero();
      assertThat(compared.other().plays()).isEqualTo(3);
      assertThat(compared.other().excluded()).isEqualTo(2);
      assertThat(compared.other().tooShort()).isZero();
      assertThat(evidence.plays(chart, THREE, "copper", 10))
          .filteredOn(play -> play.outcome().equals("excluded"))
          .extracting(Evidence.TracedPlay::playedAt)
          .containsExactly(DAY_START.plusSeconds(60), DAY_START.plusSeconds(180));
    }
  }

  /** Five listeners play one song ten times each, and Ana another one once. */
  @Test
  void whoLoopsASong_isNotCountedForItByRulesThatExcludeThat() {
    var lake = new PlayedLake(folder);
    var lines =
        new StringBuilder(
            "1000 ana quiet CA 2026-11-22T00:30:00Z 30000 2026-11-22T00:31:00Z 0 1000\n");
    for (int n = 0; n < 50; n++) {
      var listener = List.of("ana", "ben", "cho", "dan", "eva").get(n % 5);
      var at = DAY_START.plusSeconds(n);
      lines.append("%d %s copper CA %s 30000 %s 0 %d%n".formatted(n, listener, at, at, n));
    }
    lake.append("1", lines.toString());
    lake.enrich("");
    try (var evidence = evidence(lake)) {
      var compared =
          evidence.compare(new ChartKey("GLOBAL", new Period(HOUR, DAY_START)), ONE, THREE, 10);
      assertThat(compared.base().plays()).isEqualTo(51);
      assertThat(compared.other().plays()).isEqualTo(1);
      assertThat(compared.other().excluded()).isEqualTo(50);
      assertThat(of(compared.songs(), "copper").other()).isNull();
    }
  }

  private static Evidence evidence(PlayedLake lake) {
    return new Evidence(settings(lake));
  }

  private static EvidenceSettings settings(PlayedLake lake) {
    var size = DataSize.ofMegabytes(64);
    var limit = Duration.ofSeconds(60);
    return new EvidenceSettings(lake.url(), "", "", "", size, size, limit, limit);
  }
}
