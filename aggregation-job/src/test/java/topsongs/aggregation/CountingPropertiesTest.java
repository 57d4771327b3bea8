package topsongs.aggregation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
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
import topsongs.contract.FlagKind;
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
  private static final CountingRules EXCLUDING = CountingRules.load("3");
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

  @ParameterizedTest
  @EnumSource
  void flaggedPlays_areExcludedByVersion3(Granularity granularity) {
    ManyCases.check(
        "excluded plays, " + granularity,
        new RandomArrivals(granularity).abuse(),
        cases -> differences(granularity, cases, Arrival::all, EXCLUDING));
  }

  @ParameterizedTest
  @EnumSource
  void flaggedPlays_countByVersion1(Granularity granularity) {
    ManyCases.check(
        "flagged plays, " + granularity,
        new RandomArrivals(granularity).abuse(),
        cases -> differences(granularity, cases, Arrival::all));
  }

  @ParameterizedTest
  @EnumSource
  void flags_areThoseOfEachHour(Granularity granularity) {
    ManyCases.check(
        "flags, " + granularity,
        new RandomArrivals(granularity).abuse(),
        cases -> differentFlags(granularity, cases));
  }

  private static List<String> differentFlags(Granularity granularity, List<List<Arrival>> cases) {
    var plays = inTheirPeriods(granularity, cases.stream().map(Arrival::all).toList());
    var all = plays.stream().flatMap(List::stream).toList();
    var found =
        Abuse.flags(EnrichedPlay.rows(spark, all), RULES).collectAsList().stream()
            .map(CountingPropertiesTest::flag)
            .collect(groupingBy(flag -> Period.of(granularity, flag.hour())));
    return IntStream.range(0, plays.size())
        .mapToObj(
            i ->
                difference(
                    new NaiveFlags(plays.get(i), RULES).lines(),
                    found.getOrDefault(period(granularity, i), List.of()).stream()
                        .map(NaiveFlags.Flag::toString)
                        .sorted()
                        .toList()))
        .toList();
  }

  private static NaiveFlags.Flag flag(Row row) {
    var day = row.getDate(row.fieldIndex("event_date")).toLocalDate();
    return new NaiveFlags.Flag(
        day.atTime(row.getInt(row.fieldIndex("event_hour")), 0).toInstant(ZoneOffset.UTC),
        FlagKind.of(row.getAs("kind")),
        row.getAs("region"),
        row.getAs("user_id"),
        row.getAs("song_id"),
        row.getLong(row.fieldIndex("plays")));
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
    return differences(granularity, cases, received, RULES);
  }

  private static List<String> differences(
      Granularity granularity,
      List<List<Arrival>> cases,
      Function<List<Arrival>, List<EnrichedPlay>> received,
      CountingRules rules) {
    var plays = cases.stream().map(received).toList();
    var found = bySpark(granularity, plays, rules);
    return IntStream.range(0, plays.size())
        .mapToObj(
            i ->
                difference(
                    NaiveChart.charts(plays.get(i), granularity, rules),
                    found.getOrDefault(period(granularity, i).partition(), List.of())))
        .toList();
  }

  private static String difference(List<String> expected, List<String> found) {
    return found.equals(expected) ? "" : "%nexpected %s%n but was %s%n".formatted(expected, found);
  }

  /** The charts of every period by region, as they go to PostgreSQL, from plays of each case. */
  private static Map<String, List<String>> bySpark(
      Granularity granularity, List<List<EnrichedPlay>> cases, CountingRules rules) {
    var plays = inTheirPeriods(granularity, cases).stream().flatMap(List::stream).toList();
    var rejected = spark.createDataFrame(List.of(), StructType.fromDDL(Lake.REJECTED_SCHEMA));
    return contents(
        Counting.charts(EnrichedPlay.rows(spark, plays), rejected, granularity, rules, SETTLED));
  }

  private static List<List<EnrichedPlay>> inTheirPeriods(
      Granularity granularity, List<List<EnrichedPlay>> cases) {
    return IntStream.range(0, cases.size())
        .mapToObj(i -> inPeriod(period(granularity, i), cases.get(i)))
        .toList();
  }

  private static List<EnrichedPlay> inPeriod(Period period, List<EnrichedPlay> plays) {
    var sinceEpoch = Duration.between(Instant.EPOCH, period.start());
    return plays.stream().map(play -> play.at(play.playedAt().plus(sinceEpoch))).toList();
  }

  private static Map<String, List<String>> contents(Dataset<Row> charts) {
    return Counting.asContent(charts).select("period_start", "content").collectAsList().stream()
        .collect(groupingBy(row -> row.getString(0), mapping(row -> row.getString(1), toList())));
  }

  private static Period period(Granularity granularity, int index) {
    return Period.of(granularity, START.plus(granularity.length().multipliedBy(index)));
  }
}
