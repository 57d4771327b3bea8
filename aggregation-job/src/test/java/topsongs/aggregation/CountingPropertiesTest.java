package topsongs.aggregation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import topsongs.contract.CountingRules;
import topsongs.contract.Granularity;
import topsongs.contract.Lake;
import topsongs.contract.Period;

/**
 * Random plays counted twice: by Spark, and by {@link NaiveChart}. Every period is a case of its
 * own, beside the next one's, and a thousand of them are one Spark job.
 */
@Tag("properties")
class CountingPropertiesTest {
  private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
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

  @ParameterizedTest
  @EnumSource
  void duplicates_areReceivedAndNotCounted(Granularity granularity) {
    ManyCases.check(
        "duplicates, " + granularity,
        new RandomArrivals(granularity).duplicates(),
        cases -> differences(granularity, cases, Arrival::all));
  }

  @ParameterizedTest
  @EnumSource
  void ties_areRankedAlikeAndOrdered(Granularity granularity) {
    ManyCases.check(
        "ties, " + granularity,
        new RandomArrivals(granularity).ties(),
        cases -> differences(granularity, cases, Arrival::all));
  }

  @ParameterizedTest
  @EnumSource
  void caps_holdForEachChart(Granularity granularity) {
    ManyCases.check(
        "caps, " + granularity,
        new RandomArrivals(granularity).caps(RULES.cap(granularity)),
        cases -> differences(granularity, cases, Arrival::all));
  }

  @ParameterizedTest
  @EnumSource
  void chartsBeforeAndAfterLateArrivals_areRight(Granularity granularity) {
    ManyCases.check(
        "late arrivals, " + granularity,
        new RandomArrivals(granularity).lateArrivals(RULES.cap(granularity)),
        cases -> differencesBeforeAndAfter(granularity, cases));
  }

  private static List<String> differencesBeforeAndAfter(
      Granularity granularity, List<List<Arrival>> cases) {
    var before = differences(granularity, cases, Arrival::onTime);
    var after = differences(granularity, cases, Arrival::all);
    return IntStream.range(0, cases.size()).mapToObj(i -> before.get(i) + after.get(i)).toList();
  }

  private static List<String> differences(
      Granularity granularity,
      List<List<Arrival>> cases,
      Function<List<Arrival>, List<EnrichedPlay>> received) {
    var plays = cases.stream().map(received).toList();
    var found = bySpark(granularity, plays);
    return IntStream.range(0, plays.size())
        .mapToObj(
            i ->
                difference(
                    NaiveChart.charts(plays.get(i), granularity, RULES),
                    found.getOrDefault(period(granularity, i).partition(), List.of())))
        .toList();
  }

  private static String difference(List<String> expected, List<String> found) {
    return found.equals(expected) ? "" : "%nexpected %s%n but was %s%n".formatted(expected, found);
  }

  /** The charts of every period by region, as they go to PostgreSQL, from plays of each case. */
  private static Map<String, List<String>> bySpark(
      Granularity granularity, List<List<EnrichedPlay>> cases) {
    var plays = new ArrayList<EnrichedPlay>();
    for (int i = 0; i < cases.size(); i++) {
      var sinceEpoch = Duration.between(Instant.EPOCH, period(granularity, i).start());
      cases.get(i).forEach(play -> plays.add(play.at(play.playedAt().plus(sinceEpoch))));
    }
    var rejected = spark.createDataFrame(List.of(), StructType.fromDDL(Lake.REJECTED_SCHEMA));
    return contents(
        Counting.charts(EnrichedPlay.rows(spark, plays), rejected, granularity, RULES, SETTLED));
  }

  private static Map<String, List<String>> contents(Dataset<Row> charts) {
    return Counting.asContent(charts).select("period_start", "content").collectAsList().stream()
        .collect(groupingBy(row -> row.getString(0), mapping(row -> row.getString(1), toList())));
  }

  private static Period period(Granularity granularity, int index) {
    return Period.of(granularity, START.plus(granularity.length().multipliedBy(index)));
  }
}
