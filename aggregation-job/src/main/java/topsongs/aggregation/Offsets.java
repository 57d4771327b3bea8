package topsongs.aggregation;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import java.time.Duration;
import java.time.Instant;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;

/**
 * Which of Kafka's offsets are in neither plays/ nor rejected/. Rows in, rows out.
 *
 * <p>Looked at are the records that arrived within a window of 7 days. Kafka keeps them as long,
 * and none has left the lake: a play is at most 14 days old when it arrives, and plays/ is kept for
 * at least 23 days after played_at.
 *
 * <p>When a record arrived is known of rejected/ to the millisecond. In plays/ {@code received_at}
 * is the stamp of ingestion-api, or of whoever wrote to Kafka; the stream refuses one that is over
 * an hour from the arrival. So the first offset is the smallest one that surely arrived within the
 * window. Kafka's arrivals rise with its offsets, hence all that follow did as well, and what is
 * not found among them is missing. An hour more is left to brokers whose clocks differ.
 */
final class Offsets {
  private static final Duration TRANSIT = Duration.ofHours(1);
  private static final Duration CLOCKS = Duration.ofHours(1);

  private static final String PROGRESS =
      """
      complete_until TIMESTAMP, began_at TIMESTAMP,
      first_offsets MAP<STRING, BIGINT>, offsets MAP<STRING, BIGINT>""";

  private static final Column PARTITION = col("kafka_partition");
  private static final Column OFFSET = col("kafka_offset");

  private Offsets() {}

  /** One row per partition that progress/stream.json names. */
  static Dataset<Row> progress(Dataset<Row> json) {
    return json.select(from_json(col("value"), StructType.fromDDL(PROGRESS)).as("progress"))
        .select(col("progress.*"))
        .select(col("*"), explode(col("offsets")).as(new String[] {"partition", "next_offset"}))
        .select(
            col("partition").cast("int").as("kafka_partition"),
            col("next_offset"),
            col("first_offsets").getItem(col("partition")).as("began_with"),
            col("began_at"),
            col("complete_until"));
  }

  /**
   * One row per offset, however often the stream wrote it. Two arrivals at one offset are two
   * records: of a topic, and of one that was made anew in its place.
   *
   * @param plays rows of plays/; kafka_partition, kafka_offset and received_at are read
   * @param rejected rows of rejected/; kafka_partition, kafka_offset and arrived_at are read
   */
  static Dataset<Row> found(Dataset<Row> plays, Dataset<Row> rejected) {
    return plays
        .select(PARTITION, OFFSET, col("received_at").as("arrival"))
        .union(rejected.select(PARTITION, OFFSET, col("arrived_at").as("arrival")))
        .groupBy(PARTITION, OFFSET)
        .agg(min("arrival").as("first_arrival"), max("arrival").as("last_arrival"));
  }

  /**
   * What must be found of each partition: the offsets from {@code first_offset} up to {@code
   * next_offset}, of records that arrived after {@code since}.
   *
   * <p>Where the stream says nothing of a partition, that is up to the greatest offset found. Of a
   * topic that was made anew only the newer one's records are looked at, and {@code
   * made_anew_after} says so. Where the stream itself began within the window, and nothing older is
   * found, it is looked at from where it began.
   */
  static Dataset<Row> ranges(Dataset<Row> found, Dataset<Row> progress, Instant since) {
    var partitions =
        found
            .groupBy(PARTITION)
            .agg(max(OFFSET).plus(1).as("found_next"))
            .join(progress, "kafka_partition", "full_outer")
            .withColumn("next_offset", coalesce(col("next_offset"), col("found_next")));
    var anew =
        found
            .join(broadcast(partitions), "kafka_partition")
            .groupBy(PARTITION)
            .agg(max(arrivalInEarlierTopic()).as("made_anew_after"));
    var windows =
        partitions
            .join(anew, "kafka_partition", "left")
            .withColumn("since", greatest(lit(since), col("made_anew_after")));
    var surely = col("since").plus(lit(TRANSIT.multipliedBy(2).plus(CLOCKS)));
    var beganWith =
        when(col("began_at").geq(col("since")).and(col("older").equalTo(0)), col("began_with"));
    return windows
        .join(found, "kafka_partition", "left")
        .groupBy(
            "kafka_partition", "next_offset", "since", "made_anew_after", "began_with", "began_at")
        .agg(
            min(when(col("last_arrival").geq(surely), OFFSET)).as("surely_first"),
            count_if(col("last_arrival").leq(col("since"))).as("older"))
        .select(
            PARTITION,
            least(col("next_offset"), coalesce(beganWith, col("surely_first"), col("next_offset")))
                .as("first_offset"),
            col("next_offset"),
            col("since"),
            col("made_anew_after"));
  }

  /** The ranges, each with {@code in_lake}: how many of its offsets are found. */
  static Dataset<Row> counted(Dataset<Row> found, Dataset<Row> ranges) {
    return ranges
        .join(found, "kafka_partition", "left")
        .groupBy("kafka_partition", "first_offset", "next_offset", "made_anew_after")
        .agg(count_if(coalesce(isInRange(), lit(false))).as("in_lake"));
  }

  /** The offsets that are not found, as ranges of which both ends are missing. */
  static Dataset<Row> gaps(Dataset<Row> found, Dataset<Row> ranges) {
    var before =
        ranges.select(
            PARTITION, col("first_offset").minus(1).as("kafka_offset"), col("next_offset"));
    var inPartition = Window.partitionBy("kafka_partition").orderBy("kafka_offset");
    return found
        .join(broadcast(ranges), "kafka_partition")
        .where(isInRange())
        .select(PARTITION, OFFSET, col("next_offset"))
        .union(before)
        .withColumn("following", coalesce(lead(OFFSET, 1).over(inPartition), col("next_offset")))
        .where(col("following").gt(OFFSET.plus(1)))
        .select(
            PARTITION,
            OFFSET.plus(1).as("first_missing"),
            col("following").minus(1).as("last_missing"));
  }

  /**
   * Null where there is no sign of an earlier topic: an offset that was used twice, or one that the
   * stream has not come to although it has passed its arrival.
   */
  private static Column arrivalInEarlierTopic() {
    var passed = col("complete_until").minus(lit(TRANSIT.plus(CLOCKS)));
    return when(
            OFFSET.geq(col("next_offset")).and(col("last_arrival").lt(passed)), col("last_arrival"))
        .when(col("first_arrival").lt(col("last_arrival")), col("first_arrival"));
  }

  private static Column isInRange() {
    return OFFSET
        .geq(col("first_offset"))
        .and(OFFSET.lt(col("next_offset")))
        .and(col("last_arrival").gt(col("since")));
  }
}
