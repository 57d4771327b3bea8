package topsongs.aggregation;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static topsongs.aggregation.EnrichedPlay.ANA_PLAYS_DUST_AT_13_05;
import static topsongs.aggregation.EnrichedPlay.ANA_PLAYS_HALO_AT_13_59;
import static topsongs.aggregation.EnrichedPlay.ANA_PLAYS_HALO_AT_14_00;
import static topsongs.aggregation.EnrichedPlay.BEN_PLAYS_DUST_AT_13_10;
import static topsongs.aggregation.EnrichedPlay.BEN_PLAYS_HALO_AT_13_15;
import static topsongs.aggregation.EnrichedPlay.EVE_PLAYS_AN_UNKNOWN_SONG;
import static topsongs.aggregation.EnrichedPlay.EVE_PLAYS_RUST_AT_13_20;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import topsongs.contract.CountingRules;
import topsongs.contract.Granularity;
import topsongs.contract.Lake;

/** The counting rules, each by a handful of plays. Charts and entries are compared as text. */
class CountingTest {
  private static final CountingRules RULES = CountingRules.load("1");
  private static final Instant SETTLED = Instant.parse("2100-01-01T00:00:00Z");
  private static final String CHART_13 = "2026-11-22T13 CA";

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
  void chartOfARegion_isGlobalsToo() {
    assertThat(entries(hourCharts(ANA_PLAYS_HALO_AT_13_59)))
        .containsExactly(
            "2026-11-22T13 CA: 1 1 false halo 1 1", "2026-11-22T13 GLOBAL: 1 1 false halo 1 1");
  }

  @Test
  void playAtTheFullHour_belongsToTheNextHour() {
    assertThat(entriesOf("CA", hourCharts(ANA_PLAYS_HALO_AT_13_59, ANA_PLAYS_HALO_AT_14_00)))
        .containsExactly(
            "2026-11-22T13 CA: 1 1 false halo 1 1", "2026-11-22T14 CA: 1 1 false halo 1 1");
  }

  @Test
  void playAtMidnight_belongsToTheNextDay() {
    var midnight = ANA_PLAYS_HALO_AT_14_00.playedAt().plus(Duration.ofHours(10));

    assertThat(
            entriesOf(
                "CA", dayCharts(ANA_PLAYS_HALO_AT_13_59, ANA_PLAYS_HALO_AT_14_00.at(midnight))))
        .containsExactly(
            "2026-11-22T00 CA: 1 1 false halo 1 1", "2026-11-23T00 CA: 1 1 false halo 1 1");
  }

  @Test
  void playDeliveredThreeTimes_countsOnceWithTwoDuplicates() {
    assertThat(balanceOf("CA", hourCharts(ANA_PLAYS_HALO_AT_13_59.delivered(3))))
        .isEqualTo("received 3, counted 1, duplicate 2, too short 0, over cap 0, unknown 0: final");
  }

  @Test
  void exactly30Seconds_isLongEnough() {
    assertThat(balanceOf("CA", hourCharts(ANA_PLAYS_HALO_AT_13_59.heardFor(30_000))))
        .contains("counted 1", "too short 0");
  }

  @Test
  void oneMillisecondLess_isTooShort() {
    assertThat(balanceOf("CA", hourCharts(ANA_PLAYS_HALO_AT_13_59.heardFor(29_999))))
        .contains("counted 0", "too short 1");
  }

  @Test
  void shortSongHeardWhole_counts() {
    var jingle = ANA_PLAYS_HALO_AT_13_59.lasting(12_000);

    assertThat(balanceOf("CA", hourCharts(jingle.heardFor(12_000), jingle.heardFor(11_999))))
        .contains("counted 1", "too short 1");
  }

  @Test
  void shortPlayOfAnUnknownSong_isTooShort() {
    assertThat(balanceOf("CA", hourCharts(EVE_PLAYS_AN_UNKNOWN_SONG.heardFor(29_999))))
        .contains("counted 0", "too short 1", "unknown 0");
  }

  @Test
  void onlyTooShortPlays_makeAChartWithoutEntries() {
    var charts = hourCharts(ANA_PLAYS_HALO_AT_13_59.heardFor(1));

    assertThat(entries(charts)).isEmpty();
    assertThat(totals(charts)).containsExactly("CA 0 0 0", "GLOBAL 0 0 0");
  }

  @Test
  void unknownSong_isChartedUnderItsId() {
    var charts = hourCharts(EVE_PLAYS_AN_UNKNOWN_SONG, ANA_PLAYS_HALO_AT_13_59);

    assertThat(entriesOf("CA", charts)).contains(CHART_13 + ": 2 1 true s-404 1 1");
    assertThat(balanceOf("CA", charts)).contains("counted 2", "unknown 1");
  }

  @Test
  void eleventhPlayInAnHour_isOverTheCap() {
    var charts = hourCharts(ANA_PLAYS_HALO_AT_13_59.times(11));

    assertThat(entriesOf("CA", charts)).containsExactly(CHART_13 + ": 1 1 false halo 10 1");
    assertThat(balanceOf("CA", charts)).contains("received 11, counted 10", "over cap 1");
  }

  @Test
  void dayCap_looksAtTheWholeDayAndNotAtItsHours() {
    var plays = new ArrayList<EnrichedPlay>();
    plays.addAll(ANA_PLAYS_HALO_AT_13_59.times(20));
    plays.addAll(ANA_PLAYS_HALO_AT_14_00.times(31));

    assertThat(balanceOf("CA", charts(plays, List.of(), Granularity.DAY)))
        .contains("counted 50", "over cap 1");
  }

  @Test
  void listenerWhoTravels_hasTheCapInEachRegionAndOnceInGlobal() {
    var plays = new ArrayList<EnrichedPlay>();
    plays.addAll(ANA_PLAYS_HALO_AT_13_59.times(8));
    plays.addAll(ANA_PLAYS_HALO_AT_13_59.in("FR").times(7));

    var charts = hourCharts(plays);

    assertThat(balanceOf("CA", charts)).contains("counted 8", "over cap 0");
    assertThat(balanceOf("FR", charts)).contains("counted 7", "over cap 0");
    assertThat(balanceOf("GLOBAL", charts)).contains("counted 10", "over cap 5");
  }

  @Test
  void listenerWhoTravels_isOneListenerInGlobal() {
    var charts = hourCharts(ANA_PLAYS_HALO_AT_13_59, ANA_PLAYS_DUST_AT_13_05.in("FR"));

    assertThat(totals(charts)).containsExactly("CA 1 1 1", "FR 1 1 1", "GLOBAL 2 1 2");
  }

  @Test
  void tooShortPlays_makeNoListener() {
    var charts = hourCharts(ANA_PLAYS_HALO_AT_13_59, BEN_PLAYS_HALO_AT_13_15.heardFor(1));

    assertThat(totals(charts)).containsExactly("CA 1 1 1", "GLOBAL 1 1 1");
  }

  @Test
  void equalPlays_shareTheRankAndTheNextOneIsSkipped() {
    var charts =
        hourCharts(
            ANA_PLAYS_DUST_AT_13_05.of("a"),
            BEN_PLAYS_DUST_AT_13_10.of("a"),
            EVE_PLAYS_RUST_AT_13_20.of("a"),
            ANA_PLAYS_DUST_AT_13_05.of("b"),
            BEN_PLAYS_DUST_AT_13_10.of("b"),
            ANA_PLAYS_DUST_AT_13_05.of("c"),
            BEN_PLAYS_DUST_AT_13_10.of("c"),
            EVE_PLAYS_RUST_AT_13_20.of("d"));

    assertThat(entriesOf("CA", charts))
        .containsExactly(
            CHART_13 + ": 1 1 false a 3 3",
            CHART_13 + ": 2 2 true b 2 2",
            CHART_13 + ": 3 2 true c 2 2",
            CHART_13 + ": 4 4 false d 1 1");
  }

  @Test
  void withinATie_moreListenersThenSongIdByCodePointComeFirst() {
    var charts =
        hourCharts(
            ANA_PLAYS_DUST_AT_13_05.of("a"),
            ANA_PLAYS_DUST_AT_13_05.of("a"),
            ANA_PLAYS_DUST_AT_13_05.of("z"),
            BEN_PLAYS_DUST_AT_13_10.of("z"),
            // In UTF-16 the emoji would come before the private-use character.
            EVE_PLAYS_RUST_AT_13_20.of("\uD83C\uDFB5"),
            EVE_PLAYS_RUST_AT_13_20.of("\uD83C\uDFB5"),
            EVE_PLAYS_RUST_AT_13_20.of("\uE000"),
            EVE_PLAYS_RUST_AT_13_20.of("\uE000"),
            EVE_PLAYS_RUST_AT_13_20.of("Z"),
            EVE_PLAYS_RUST_AT_13_20.of("Z"));

    assertThat(songs("CA", charts)).containsExactly("z", "Z", "a", "\uE000", "\uD83C\uDFB5");
  }

  @Test
  void hundredAndOneSongs_chartAHundredAndCountAll() {
    var plays =
        IntStream.range(0, 101)
            .mapToObj(i -> ANA_PLAYS_HALO_AT_13_59.of("s-%03d".formatted(i)))
            .toList();

    var charts = hourCharts(plays);

    assertThat(songs("CA", charts)).hasSize(100).doesNotContain("s-100");
    assertThat(totals(charts)).contains("CA 101 1 101");
  }

  @Test
  void lastOfTheChart_isTiedWithTheFirstBelowIt() {
    var plays = new ArrayList<EnrichedPlay>();
    IntStream.range(0, 99)
        .mapToObj(i -> ANA_PLAYS_HALO_AT_13_59.of("s-%03d".formatted(i)))
        .forEach(play -> plays.addAll(play.times(2)));
    plays.add(ANA_PLAYS_HALO_AT_13_59.of("s-100"));
    plays.add(ANA_PLAYS_HALO_AT_13_59.of("s-101"));

    assertThat(entriesOf("CA", hourCharts(plays)))
        .last()
        .isEqualTo(CHART_13 + ": 100 100 true s-100 1 1");
  }

  @Test
  void playWithoutADelivery_holdsItsCharts() {
    var charts = hourCharts(ANA_PLAYS_HALO_AT_13_59.delivered(0), BEN_PLAYS_DUST_AT_13_10.in("FR"));

    assertThat(balanceOf("CA", charts)).startsWith("received 0, counted 1").endsWith("held");
    assertThat(balanceOf("FR", charts)).endsWith("final");
    assertThat(balanceOf("GLOBAL", charts)).endsWith("held");
  }

  @Test
  void refusedMessages_areToldForGlobalOnceEach() {
    var refused =
        List.of(refused(1, "13:10:00Z"), refused(1, "13:10:00Z"), refused(2, "13:59:59Z"));

    var charts = charts(List.of(ANA_PLAYS_HALO_AT_13_59), refused, Granularity.HOUR);

    assertThat(
            texts(
                charts.orderBy("region"),
                "concat_ws(' ', region, coalesce(cast(balance.rejected as string), 'null'))"))
        .containsExactly("CA null", "GLOBAL 2");
  }

  @Test
  void columns_areThoseOfTheContract() {
    var charts = hourCharts(ANA_PLAYS_HALO_AT_13_59).drop("period_start");

    assertThat(StructType.fromDDL(Lake.CHARTS_SCHEMA).simpleString())
        .startsWith(charts.schema().simpleString().replaceAll(">$", ""));
  }

  private static Dataset<Row> hourCharts(EnrichedPlay... plays) {
    return hourCharts(List.of(plays));
  }

  private static Dataset<Row> hourCharts(List<EnrichedPlay> plays) {
    return charts(plays, List.of(), Granularity.HOUR);
  }

  private static Dataset<Row> dayCharts(EnrichedPlay... plays) {
    return charts(List.of(plays), List.of(), Granularity.DAY);
  }

  private static Dataset<Row> charts(
      List<EnrichedPlay> plays, List<Row> refused, Granularity granularity) {
    var rejected = spark.createDataFrame(refused, StructType.fromDDL(Lake.REJECTED_SCHEMA));
    return Counting.charts(EnrichedPlay.rows(spark, plays), rejected, granularity, RULES, SETTLED);
  }

  private static Row refused(long offset, String time) {
    var at = Instant.parse("2026-11-22T" + time);
    return RowFactory.create(
        "{}", "no event_id", Timestamp.from(at), 0, offset, Date.valueOf("2026-11-22"), 13);
  }

  /**
   * Such as {@code 2026-11-22T13 CA: 1 1 false halo 1 1}: position, rank, tied, song, plays,
   * listeners.
   */
  private static List<String> entries(Dataset<Row> charts) {
    return texts(
        charts
            .selectExpr("period_start", "region", "inline(entries)")
            .orderBy("period_start", "region", "position"),
        "concat(period_start, ' ', region, ': ', concat_ws(' ', position, rank, tied, song_id, plays, listeners))");
  }

  private static List<String> entriesOf(String region, Dataset<Row> charts) {
    return entries(ofRegion(region, charts));
  }

  private static List<String> songs(String region, Dataset<Row> charts) {
    return texts(ofRegion(region, charts).selectExpr("inline(entries)"), "song_id");
  }

  /** Such as {@code CA 2 1 2}: plays, listeners, songs. */
  private static List<String> totals(Dataset<Row> charts) {
    return texts(charts.orderBy("region"), "concat_ws(' ', region, plays, listeners, songs)");
  }

  private static String balanceOf(String region, Dataset<Row> charts) {
    var text =
        """
        format_string('received %d, counted %d, duplicate %d, too short %d, over cap %d, unknown %d: %s',
          balance.received, balance.counted, balance.duplicate, balance.too_short,
          balance.over_cap, balance.unknown_song, status)""";
    return String.join("; ", texts(ofRegion(region, charts), text));
  }

  private static Dataset<Row> ofRegion(String region, Dataset<Row> charts) {
    return charts.where(col("region").equalTo(region));
  }

  private static List<String> texts(Dataset<Row> rows, String expression) {
    return rows.selectExpr(expression).as(Encoders.STRING()).collectAsList();
  }
}
