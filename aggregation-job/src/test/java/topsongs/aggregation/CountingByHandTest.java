package topsongs.aggregation;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import topsongs.contract.CountingRules;
import topsongs.contract.Granularity;
import topsongs.contract.Lake;
import topsongs.contract.Regions;

/**
 * Random plays counted twice: by Spark, and by plain loops that follow docs/data-contract.md word
 * by word. Every hour is a case of its own, and they are all one Spark job.
 */
class CountingByHandTest {
  private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
  private static final int HOURS = 48;
  private static final CountingRules RULES = CountingRules.load("1");
  private static final Instant SETTLED = Instant.parse("2100-01-01T00:00:00Z");

  private static SparkSession spark;

  @BeforeAll
  static void startSpark() {
    spark = LocalSpark.start(Map.of());
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @Test
  void hourCharts_areThoseCountedByHand() {
    var plays = randomPlays(new Random(20261122));

    assertThat(bySpark(plays, Granularity.HOUR)).isEqualTo(byHand(plays, Granularity.HOUR));
  }

  @Test
  void dayCharts_areThoseCountedByHand() {
    var plays = randomPlays(new Random(4711));

    assertThat(bySpark(plays, Granularity.DAY)).isEqualTo(byHand(plays, Granularity.DAY));
  }

  /** Few listeners, songs and regions, so that caps, ties and travellers are common. */
  private static List<EnrichedPlay> randomPlays(Random random) {
    return IntStream.range(0, HOURS)
        .boxed()
        .flatMap(hour -> Stream.generate(() -> randomPlay(random, hour)).limit(random.nextInt(400)))
        .toList();
  }

  private static EnrichedPlay randomPlay(Random random, int hour) {
    var song = random.nextInt(1 + hour % 12);
    var known = song % 5 != 4;
    return new EnrichedPlay(
        "u-" + random.nextInt(1 + hour % 6),
        "s-" + song,
        List.of("CA", "FR", "JP").get(random.nextInt(3)),
        START.plus(Duration.ofHours(hour)).plusMillis(random.nextInt(3_600_000)),
        List.of(0, 11_999, 12_000, 29_999, 30_000, 180_000).get(random.nextInt(6)),
        1 + random.nextInt(8) / 7,
        known ? List.of(12_000, 200_000).get(song % 2) : null,
        known ? "Song " + song : null);
  }

  private static Map<String, String> bySpark(List<EnrichedPlay> plays, Granularity granularity) {
    var rejected = spark.createDataFrame(List.of(), StructType.fromDDL(Lake.REJECTED_SCHEMA));
    var charts =
        Counting.charts(EnrichedPlay.rows(spark, plays), rejected, granularity, RULES, SETTLED);
    var found = new TreeMap<String, String>();
    charts
        .selectExpr(
            "concat(period_start, ' ', region)",
            """
            format_string('%s %d plays %d listeners %d songs, %d = %d + %d + %d + %d, %d unknown: %s',
              status, plays, listeners, songs, balance.received, balance.counted, balance.duplicate,
              balance.too_short, balance.over_cap, balance.unknown_song,
              array_join(transform(entries, e -> concat_ws(' ', e.position, e.rank, e.tied, e.song_id,
                e.plays, e.listeners)), ', '))""")
        .as(Encoders.tuple(Encoders.STRING(), Encoders.STRING()))
        .collectAsList()
        .forEach(chart -> found.put(chart._1(), chart._2()));
    return found;
  }

  private static Map<String, String> byHand(List<EnrichedPlay> plays, Granularity granularity) {
    var charts = new TreeMap<String, String>();
    plays.stream()
        .flatMap(play -> Stream.of(play, play.in(Regions.GLOBAL)))
        .collect(groupingBy(play -> chartOf(play, granularity)))
        .forEach((chart, its) -> charts.put(chart, chartByHand(its, RULES.cap(granularity))));
    return charts;
  }

  private static String chartOf(EnrichedPlay play, Granularity granularity) {
    var start = granularity.floor(play.playedAt()).toString();
    return start.substring(0, "2026-11-20T00".length()) + " " + play.region();
  }

  private static String chartByHand(List<EnrichedPlay> plays, int cap) {
    var counted = new ArrayList<EnrichedPlay>();
    var perListener = new HashMap<String, Integer>();
    var received = 0L;
    var tooShort = 0;
    var overCap = 0;
    for (var play : plays) {
      received += play.deliveries();
      if (!isLongEnough(play)) {
        tooShort++;
      } else if (perListener.merge(play.userId() + " " + play.songId(), 1, Integer::sum) > cap) {
        overCap++;
      } else {
        counted.add(play);
      }
    }
    var songs = rankedByHand(counted);
    return "final %d plays %d listeners %d songs, %d = %d + %d + %d + %d, %d unknown: %s"
        .formatted(
            counted.size(),
            listeners(counted),
            songs.size(),
            received,
            counted.size(),
            received - plays.size(),
            tooShort,
            overCap,
            counted.stream().filter(play -> play.title() == null).count(),
            String.join(", ", songs));
  }

  private static boolean isLongEnough(EnrichedPlay play) {
    var whole = play.durationMs();
    return play.msPlayed() >= 30_000 || (whole != null && play.msPlayed() >= whole);
  }

  private record Song(String id, int plays, int listeners) {}

  private static List<String> rankedByHand(List<EnrichedPlay> counted) {
    var songs = new ArrayList<Song>();
    counted.stream()
        .collect(groupingBy(EnrichedPlay::songId))
        .forEach((id, plays) -> songs.add(new Song(id, plays.size(), listeners(plays))));
    songs.sort(
        comparing(Song::plays)
            .reversed()
            .thenComparing(comparing(Song::listeners).reversed())
            .thenComparing(Song::id));
    return IntStream.range(0, songs.size()).mapToObj(i -> entryByHand(songs, i)).toList();
  }

  private static String entryByHand(List<Song> songs, int index) {
    var song = songs.get(index);
    var better = songs.stream().filter(other -> other.plays() > song.plays()).count();
    var equal = songs.stream().filter(other -> other.plays() == song.plays()).count();
    return "%d %d %b %s %d %d"
        .formatted(index + 1, better + 1, equal > 1, song.id(), song.plays(), song.listeners());
  }

  private static int listeners(List<EnrichedPlay> plays) {
    return plays.stream().map(EnrichedPlay::userId).collect(toSet()).size();
  }
}
