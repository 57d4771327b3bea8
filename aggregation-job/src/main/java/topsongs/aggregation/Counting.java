package topsongs.aggregation;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lpad;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.rank;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import java.time.Instant;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;
import topsongs.contract.CountingRules;
import topsongs.contract.Granularity;
import topsongs.contract.Lake;
import topsongs.contract.Period;
import topsongs.contract.Regions;

/**
 * From enriched plays to charts, by the counting rules of docs/data-contract.md. Rows in, rows out,
 * all periods at once.
 *
 * <p>Everything is counted once, per listener, and added up from there. Rows are first brought
 * together by period and listener, which is all that the cap and the distinct listeners need; what
 * moves after that is small.
 */
final class Counting {
  private static final Column COUNTED = col("counted").gt(0);

  /** What a chart says, its period and granularity aside: columns of {@link Lake#CHARTS_SCHEMA}. */
  private static final Column[] CONTENT =
      Stream.of(StructType.fromDDL(Lake.CHARTS_SCHEMA).fieldNames())
          .filter(name -> !name.equals("granularity") && !name.equals("period_start"))
          .map(name -> col(name))
          .toArray(Column[]::new);

  private Counting() {}

  /**
   * Charts of {@link Lake#CHARTS_SCHEMA} without its granularity, of all periods in the rows.
   *
   * @param enriched rows of {@link Lake#ENRICHED_SCHEMA}, of whole periods
   * @param rejected rows of {@link Lake#REJECTED_SCHEMA}, of the same periods
   * @param settledUntil charts of periods that end by then are final, the others provisional
   */
  static Dataset<Row> charts(
      Dataset<Row> enriched,
      Dataset<Row> rejected,
      Granularity granularity,
      CountingRules rules,
      Instant settledUntil) {
    var plays = countPlays(Abuse.withExcluded(withPeriod(enriched, granularity), rules), rules);
    var listeners = withListenersOnce(capped(withGlobal(plays), rules.cap(granularity)));
    var charts = intoCharts(rankSongs(countSongs(listeners)));
    var balanced = withRejected(charts, countRejected(withPeriod(rejected, granularity)));
    var firstProvisional = Period.of(granularity, settledUntil);
    return inOrder(
        withStatus(balanced, firstProvisional).withColumn("rules_version", lit(rules.version())));
  }

  /** The start of the row's period as the lake's folders write it, such as 2026-11-22T13. */
  static Dataset<Row> withPeriod(Dataset<Row> rows, Granularity granularity) {
    var hour =
        switch (granularity) {
          case HOUR -> lpad(col("event_hour").cast("string"), 2, "0");
          case DAY -> lit("00");
        };
    return rows.withColumn(
        "period_start", concat(col("event_date").cast("string"), lit("T"), hour));
  }

  /** One row per period, region, song and listener, before the cap. */
  static Dataset<Row> countPlays(Dataset<Row> plays, CountingRules rules) {
    var mayCount = not(col("excluded"));
    return plays
        .withColumn("long_enough", isLongEnough(rules))
        .repartition(col("period_start"), col("user_id"))
        .groupBy("period_start", "region", "song_id", "user_id")
        .agg(
            count_if(mayCount.and(col("long_enough"))).as("long_enough"),
            count_if(mayCount.and(not(col("long_enough")))).as("too_short"),
            count_if(col("excluded")).as("excluded"),
            coalesce(sum("deliveries"), lit(0L)).as("received"),
            sum(greatest(col("deliveries").minus(1), lit(0L))).as("duplicate"),
            max(col("title").isNotNull()).as("known"));
  }

  /** Every region's rows, and all regions' rows together as GLOBAL. */
  static Dataset<Row> withGlobal(Dataset<Row> plays) {
    return plays
        .withColumn("region", explode(array(col("region"), lit(Regions.GLOBAL))))
        .groupBy("period_start", "region", "song_id", "user_id")
        .agg(
            sum("long_enough").as("long_enough"),
            sum("too_short").as("too_short"),
            sum("excluded").as("excluded"),
            sum("received").as("received"),
            sum("duplicate").as("duplicate"),
            max("known").as("known"));
  }

  /** Of a listener's plays of a song, no more than the cap count in one chart. */
  static Dataset<Row> capped(Dataset<Row> plays, int cap) {
    return plays
        .withColumn("counted", least(col("long_enough"), lit((long) cap)))
        .withColumn("over_cap", col("long_enough").minus(col("counted")));
  }

  /**
   * Marks one of each listener's counted rows in a chart, so that adding up the marks gives the
   * distinct listeners of the chart while the rows are grouped by song.
   *
   * <p>Spark sorts by the columns as they are named here, and quickly by the first one if that
   * differs from row to row: the listener comes first, and the region before the period.
   */
  static Dataset<Row> withListenersOnce(Dataset<Row> plays) {
    var songsOfListener =
        Window.partitionBy("user_id", "region", "period_start")
            .orderBy(col("counted").desc(), col("song_id"));
    return plays.withColumn(
        "listener_once", row_number().over(songsOfListener).equalTo(1).and(COUNTED));
  }

  /** One row per chart and song, those with no counted play included. */
  static Dataset<Row> countSongs(Dataset<Row> plays) {
    return plays
        .groupBy("period_start", "region", "song_id")
        .agg(
            sum("counted").as("plays"),
            count_if(COUNTED).as("listeners"),
            count_if(col("listener_once")).as("listeners_once"),
            sum("received").as("received"),
            sum("duplicate").as("duplicate"),
            sum("too_short").as("too_short"),
            sum("over_cap").as("over_cap"),
            sum("excluded").as("excluded"),
            max("known").as("known"));
  }

  /** Competition rank on plays (1, 2, 2, 4) and a position that no two songs share. */
  static Dataset<Row> rankSongs(Dataset<Row> songs) {
    var chart = Window.partitionBy("region", "period_start");
    var plays = col("plays");
    var inOrder = chart.orderBy(plays.desc(), col("listeners").desc(), col("song_id"));
    return songs
        .withColumn("position", row_number().over(inOrder))
        .withColumn("rank", rank().over(chart.orderBy(plays.desc())))
        .withColumn(
            "tied",
            plays
                .eqNullSafe(lag(plays, 1).over(inOrder))
                .or(plays.eqNullSafe(lead(plays, 1).over(inOrder))));
  }

  /** One row per chart: totals, balance, and the best songs as entries in order. */
  static Dataset<Row> intoCharts(Dataset<Row> ranked) {
    return ranked
        .groupBy("period_start", "region")
        .agg(
            sum("plays").as("plays"),
            sum("listeners_once").as("listeners"),
            count_if(col("plays").gt(0)).as("songs"),
            sum("received").as("received"),
            sum("duplicate").as("duplicate"),
            sum("too_short").as("too_short"),
            sum("over_cap").as("over_cap"),
            sum("excluded").as("excluded"),
            coalesce(sum(when(not(col("known")), col("plays"))), lit(0L)).as("unknown_song"),
            array_sort(collect_list(when(isOnChart(), entry()))).as("entries"));
  }

  /** One row per period: what the stream refused of the plays that arrived in it, once each. */
  static Dataset<Row> countRejected(Dataset<Row> rejected) {
    var message = struct("arrived_at", "kafka_partition", "kafka_offset");
    return rejected.groupBy("period_start").agg(count_distinct(message).as("rejected"));
  }

  /** Whose play it was is not known of what was refused: it is told for GLOBAL only. */
  static Dataset<Row> withRejected(Dataset<Row> charts, Dataset<Row> rejected) {
    var isGlobal = col("region").equalTo(Regions.GLOBAL);
    var balance =
        struct(
            col("received"),
            col("plays").as("counted"),
            col("duplicate"),
            col("too_short"),
            col("over_cap"),
            col("excluded"),
            when(isGlobal, coalesce(col("rejected"), lit(0L))).as("rejected"),
            col("unknown_song"));
    return charts
        .join(broadcast(rejected), new String[] {"period_start"}, "left")
        .withColumn("balance", balance);
  }

  /** A chart whose balance does not add up is held, whatever was asked for. */
  static Dataset<Row> withStatus(Dataset<Row> charts, Period firstProvisional) {
    var asked =
        when(col("period_start").lt(firstProvisional.partition()), Status.FINAL.wireName())
            .otherwise(Status.PROVISIONAL.wireName());
    var explained =
        Stream.of("plays", "duplicate", "too_short", "over_cap", "excluded")
            .map(name -> col(name))
            .reduce(lit(0L), Column::plus);
    return charts.withColumn(
        "status",
        when(col("received").equalTo(explained), asked).otherwise(Status.HELD.wireName()));
  }

  /** A period's charts together, by region: the same charts make the same file. */
  static Dataset<Row> inOrder(Dataset<Row> charts) {
    return charts
        .select(struct(CONTENT).as("chart"), col("period_start"))
        .select("chart.*", "period_start")
        .repartition(col("period_start"))
        .sortWithinPartitions("period_start", "region");
  }

  /**
   * Charts as {@link ChartRows} reads them: in order, as JSON, with a hash of that. That nothing
   * was excluded is not said: charts from before this was told are the same, and get no new
   * revision.
   */
  static Dataset<Row> asContent(Dataset<Row> charts) {
    var balance = col("balance").withField("excluded", nullif(col("balance.excluded"), lit(0L)));
    return charts
        .withColumn("balance", balance)
        .select(col("period_start"), col("region"), to_json(struct(CONTENT)).as("content"))
        .withColumn("hash", sha2(col("content"), 256))
        .orderBy("period_start", "region");
  }

  /** One row: how many charts there are, and how many plays all their periods received. */
  static Dataset<Row> totals(Dataset<Row> charts) {
    var received = when(col("region").equalTo(Regions.GLOBAL), col("balance.received"));
    return charts.agg(count(lit(1)), coalesce(sum(received), lit(0L)));
  }

  static Column isLongEnough(CountingRules rules) {
    var heardWhole = coalesce(col("ms_played").geq(col("duration_ms")), lit(false));
    return col("ms_played").geq(rules.minMsPlayed()).or(heardWhole);
  }

  private static Column isOnChart() {
    return col("plays").gt(0).and(col("position").leq(Lake.CHART_SIZE));
  }

  private static Column entry() {
    return struct("position", "rank", "tied", "song_id", "plays", "listeners");
  }
}
