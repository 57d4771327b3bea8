package topsongs.aggregation;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.left;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.unix_millis;
import static org.apache.spark.sql.functions.when;

import java.time.Duration;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;
import topsongs.contract.CountingRules;
import topsongs.contract.FlagKind;
import topsongs.contract.FlagThresholds;
import topsongs.contract.Granularity;
import topsongs.contract.Lake;

/**
 * From enriched plays to flags, by docs/data-contract.md, hour by hour. Rows in, rows out.
 *
 * <p>Rows are brought together once, by hour and listener. Few listeners have enough plays to be
 * flagged at all: what comes after that is small.
 */
final class Abuse {
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final int LISTENER_DIGITS = 12;

  private static final Column OVER_CAP = lit(FlagKind.OVER_CAP.wireName());
  private static final Column IMPOSSIBLE = lit(FlagKind.IMPOSSIBLE.wireName());
  private static final Column LOOP = lit(FlagKind.LOOP.wireName());

  private static final Column[] FLAG =
      Stream.of(StructType.fromDDL(Lake.FLAGS_SCHEMA).fieldNames())
          .map(name -> col(name))
          .toArray(Column[]::new);

  private Abuse() {}

  /**
   * Flags of {@link Lake#FLAGS_SCHEMA}, an hour's together and in order: the same flags make the
   * same file.
   *
   * @param enriched rows of {@link Lake#ENRICHED_SCHEMA}, of whole hours
   */
  static Dataset<Row> flags(Dataset<Row> enriched, CountingRules rules) {
    return onlyFlagged(suspicions(suspects(heard(enriched, rules), rules.flags())), rules.flags())
        .select(FLAG)
        .repartition(col("event_date"), col("event_hour"))
        .sortWithinPartitions(
            "event_date", "event_hour", "kind", "song_id", "region", "plays", "user_id");
  }

  /** One row per hour, listener, region and song; what was heard stops at the hour's end. */
  static Dataset<Row> heard(Dataset<Row> plays, CountingRules rules) {
    var untilTheHoursEnd = lit(HOUR).minus(pmod(unix_millis(col("played_at")), lit(HOUR)));
    return plays
        .withColumn("long_enough", Counting.isLongEnough(rules))
        .withColumn("ms_heard", least(col("ms_played").cast("bigint"), untilTheHoursEnd))
        .repartition(col("event_date"), col("event_hour"), col("user_id"))
        .groupBy("event_date", "event_hour", "user_id", "region", "song_id")
        .agg(
            count(lit(1)).as("plays"),
            count_if(col("long_enough")).as("long_enough"),
            sum("ms_heard").as("ms_heard"));
  }

  /** All rows of those listeners who have plays or minutes enough for any flag. */
  static Dataset<Row> suspects(Dataset<Row> heard, FlagThresholds flags) {
    var listener = Window.partitionBy("user_id", "event_hour", "event_date");
    var fewest = Math.min(flags.overCapPlays() + 1, flags.loopPlays());
    return heard
        .withColumn("listener_plays", sum("plays").over(listener))
        .withColumn("listener_ms", sum("ms_heard").over(listener))
        .where(col("listener_plays").geq(fewest).or(col("listener_ms").gt(limit(flags))));
  }

  /**
   * One row per listener and each flag that there could be, with the plays that it is about: for
   * over_cap those of a song that are long enough to count, wherever they were heard; for a loop
   * those of a song in a region; for the impossible all.
   */
  static Dataset<Row> suspicions(Dataset<Row> suspects) {
    var ofRegion = Window.partitionBy("user_id", "event_hour", "event_date", "region");
    var kind = col("kind");
    return suspects
        .withColumn("region_plays", sum("plays").over(ofRegion))
        .withColumn("kind", explode(array(OVER_CAP, IMPOSSIBLE, LOOP)))
        .withColumn("song_id", when(kind.notEqual(IMPOSSIBLE), col("song_id")))
        .withColumn("of_region", when(kind.equalTo(LOOP), col("region")))
        .withColumn(
            "plays", when(kind.equalTo(OVER_CAP), col("long_enough")).otherwise(col("plays")))
        .where(col("plays").gt(0))
        .groupBy("event_date", "event_hour", "user_id", "kind", "song_id", "of_region")
        .agg(
            sum("plays").as("plays"),
            sum(when(kind.equalTo(IMPOSSIBLE), col("ms_heard"))).as("ms_heard"),
            max("region_plays").as("region_plays"),
            when(min("region").equalTo(max("region")), min("region")).as("region"));
  }

  /** Those suspicions that hold. */
  static Dataset<Row> onlyFlagged(Dataset<Row> suspicions, FlagThresholds flags) {
    var kind = col("kind");
    var plays = col("plays");
    var isOverCap = kind.equalTo(OVER_CAP).and(plays.gt(flags.overCapPlays()));
    var isImpossible = kind.equalTo(IMPOSSIBLE).and(col("ms_heard").gt(limit(flags)));
    var isLittleElse = plays.multiply(100).geq(col("region_plays").multiply(flags.loopPercent()));
    var loops = kind.equalTo(LOOP).and(plays.geq(flags.loopPlays())).and(isLittleElse);
    var together = Window.partitionBy("event_date", "event_hour", "kind", "region", "song_id");
    return suspicions
        .where(isOverCap.or(isImpossible).or(loops))
        .withColumn("together", count(lit(1)).over(together))
        .where(kind.notEqual(LOOP).or(col("together").geq(flags.loopListeners())));
  }

  /**
   * Plays with a column {@code excluded}: whether the rules leave this one out because its listener
   * was flagged in its hour, with its song if the flag has one.
   */
  static Dataset<Row> withExcluded(Dataset<Row> plays, CountingRules rules) {
    if (rules.excludeFlagged().isEmpty()) {
      return plays.withColumn("excluded", lit(false));
    }
    var kinds = rules.excludeFlagged().stream().map(FlagKind::wireName).toArray();
    var excluded =
        flags(plays, rules)
            .where(col("kind").isin(kinds))
            .groupBy("event_date", "event_hour", "user_id")
            .agg(
                max(col("song_id").isNull()).as("all_songs"),
                collect_set("song_id").as("flagged_songs"));
    var isExcluded = col("all_songs").or(array_contains(col("flagged_songs"), col("song_id")));
    return plays
        .join(excluded, new String[] {"event_date", "event_hour", "user_id"}, "left")
        .withColumn("excluded", coalesce(isExcluded, lit(false)))
        .drop("all_songs", "flagged_songs");
  }

  /**
   * One row per hour: its flags as JSON in order, as {@link FlagRows} reads them. A loop is one
   * flag of many listeners, and a listener no more than a part of a hash.
   */
  static Dataset<Row> asContent(Dataset<Row> flags) {
    var flag = struct("kind", "region", "listener", "song_id", "plays", "listeners", "minutes");
    var minutes = floor(col("ms_heard").divide(MINUTE)).cast("bigint");
    return Counting.withPeriod(flags, Granularity.HOUR)
        .withColumn("user_id", when(col("kind").notEqual(LOOP), col("user_id")))
        .groupBy("period_start", "kind", "region", "song_id", "user_id")
        .agg(
            sum("plays").as("plays"), count(lit(1)).as("listeners"), sum("ms_heard").as("ms_heard"))
        .withColumn("listener", left(sha2(col("user_id"), 256), lit(LISTENER_DIGITS)))
        .withColumn("minutes", minutes)
        .groupBy("period_start")
        .agg(sort_array(collect_list(to_json(flag))).as("contents"))
        .orderBy("period_start");
  }

  private static long limit(FlagThresholds flags) {
    return flags.impossibleMinutes() * MINUTE;
  }
}
