package topsongs.enrichment;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.sessions.JqwikSession;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random deliveries enriched twice: by Spark, and by {@link NaiveEnrichment}. Every hour is a case
 * of its own with songs of its own, and a thousand of them are one Spark job.
 *
 * <p>The cases are always the same ones; {@code -Dtopsongs.seed=…} gives others.
 */
@Tag("properties")
class EnrichmentPropertiesTest {
  private static final int CASES = 1_000;
  private static final long SEED = Long.getLong("topsongs.seed", 20261123);
  private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");

  /** The values of {@link NaiveEnrichment}'s texts, in its order. */
  private static final String VALUES =
      Stream.of(
              "user_id",
              "song_id",
              "region",
              "ms_played",
              "unix_millis(received_at)",
              "deliveries",
              "title",
              "artist",
              "genre",
              "duration_ms",
              "release_date")
          .map("coalesce(cast(%s as string), 'null')"::formatted)
          .collect(joining(", "));

  private static SparkSession spark;

  @BeforeAll
  static void startSpark() {
    spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate();
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @Test
  void duplicates_areOnePlayEach() {
    check("duplicates", RandomHours.duplicates(), HourOfPlays::all);
  }

  @Test
  void arrivalsInOneMillisecond_areOrderedByPartitionAndOffset() {
    check("arrived together", RandomHours.arrivedTogether(), HourOfPlays::all);
  }

  @Test
  void hoursBeforeAndAfterLateArrivals_areRight() {
    check("on time", RandomHours.lateArrivals(), HourOfPlays::onTime);
    check("late arrivals", RandomHours.lateArrivals(), HourOfPlays::all);
  }

  private static void check(
      String property,
      Arbitrary<HourOfPlays> arbitrary,
      Function<HourOfPlays, List<Play>> arrived) {
    System.out.printf("%s: %d cases of -Dtopsongs.seed=%d%n", property, CASES, SEED);
    var hours = hours(arbitrary);
    var found = bySpark(hours, arrived);
    for (int i = 0; i < CASES; i++) {
      var plays = arrived.apply(hours.get(i));
      checkHour(found.getOrDefault(start(i), Map.of()), plays, hours.get(i).catalogue());
    }
  }

  /** A difference is told play by play: by what was delivered of it, and by the catalogue. */
  private static void checkHour(
      Map<String, String> found, List<Play> plays, List<CatalogueLine> catalogue) {
    var expected = NaiveEnrichment.enrich(plays, catalogue);
    assertThat(found.keySet()).as("-Dtopsongs.seed=%d", SEED).isEqualTo(expected.keySet());
    expected.forEach(
        (identity, text) ->
            assertThat(found.get(identity))
                .as(
                    () ->
                        "-Dtopsongs.seed=%d: %s, %s"
                            .formatted(SEED, of(identity, plays), catalogue))
                .isEqualTo(text));
  }

  private static List<Play> of(String identity, List<Play> plays) {
    return plays.stream().filter(p -> NaiveEnrichment.identity(p).equals(identity)).toList();
  }

  private static List<HourOfPlays> hours(Arbitrary<HourOfPlays> arbitrary) {
    var random = new Random(SEED);
    var hours = new ArrayList<HourOfPlays>();
    JqwikSession.run(
        () -> {
          var generator = arbitrary.generator(CASES, true);
          IntStream.range(0, CASES)
              .forEach(i -> hours.add(generator.next(random).value().in(start(i), i + "-")));
        });
    return hours;
  }

  private static Instant start(int index) {
    return START.plus(Duration.ofHours(index));
  }

  /** By hour and by identity, from rows in no order. */
  private static Map<Instant, Map<String, String>> bySpark(
      List<HourOfPlays> hours, Function<HourOfPlays, List<Play>> arrived) {
    var plays = new ArrayList<Play>();
    hours.forEach(hour -> plays.addAll(arrived.apply(hour)));
    Collections.shuffle(plays, new Random(SEED));
    var lines = hours.stream().flatMap(hour -> hour.catalogue().stream()).toList();
    return texts(Enrichment.enrich(Play.rows(spark, plays), CatalogueLine.rows(spark, lines)));
  }

  private static Map<Instant, Map<String, String>> texts(Dataset<Row> enriched) {
    var hours = new HashMap<Instant, Map<String, String>>();
    enriched
        .selectExpr(
            "unix_seconds(cast(event_date as timestamp)) + event_hour * 3600",
            "concat(event_id, ' ', unix_millis(played_at))",
            "concat_ws('|', %s)".formatted(VALUES))
        .collectAsList()
        .forEach(
            row ->
                hours
                    .computeIfAbsent(Instant.ofEpochSecond(row.getLong(0)), hour -> new TreeMap<>())
                    .merge(row.getString(1), row.getString(2), (one, other) -> one + other));
    return hours;
  }
}
