package topsongs.streaming;

import static org.apache.spark.sql.functions.approx_count_distinct;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.when;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.Await;
import topsongs.contract.Lake;
import topsongs.contract.Topics;

/**
 * From Kafka to the lake, a micro-batch at a time. Spark commits a micro-batch's offsets only when
 * all of it is written, so a crash at any moment loses nothing; the replay may write rows again.
 */
final class PlayStream {
  private static final Logger LOG = LoggerFactory.getLogger(PlayStream.class);
  private static final long ROWS_PER_FILE = 150_000;

  /** Spark tells what was written a moment after it was; should it ever not, the stream fails. */
  private static final scala.concurrent.duration.Duration TOLD_WITHIN =
      scala.concurrent.duration.Duration.create(5, TimeUnit.MINUTES);

  private final String lake;
  private final String kafka;

  /**
   * @param lake the root that plays/, rejected/ and the checkpoint are under
   * @param kafka host:port,… of the brokers
   */
  PlayStream(String lake, String kafka) {
    this.lake = lake;
    this.kafka = kafka;
  }

  /** Runs until it is stopped. */
  StreamingQuery every(Duration interval, SparkSession spark, long maxPlays)
      throws TimeoutException {
    return start(spark, maxPlays, Trigger.ProcessingTime(interval.toMillis()));
  }

  /** Ends by itself when everything that is in Kafka now is in the lake. */
  StreamingQuery once(SparkSession spark, long maxPlays) throws TimeoutException {
    return start(spark, maxPlays, Trigger.AvailableNow());
  }

  private StreamingQuery start(SparkSession spark, long maxPlays, Trigger trigger)
      throws TimeoutException {
    LOG.info("Streaming plays from {} to {}", kafka, lake);
    return spark
        .readStream()
        .format("kafka")
        .option("kafka.bootstrap.servers", kafka)
        .option("subscribe", Topics.PLAYS)
        .option("startingOffsets", "earliest")
        .option("maxOffsetsPerTrigger", maxPlays)
        .load()
        .writeStream()
        .queryName("plays to the lake")
        .trigger(trigger)
        .option("checkpointLocation", lake + "/" + Lake.STREAM_CHECKPOINT)
        .foreachBatch((VoidFunction2<Dataset<Row>, Long>) this::write)
        .start();
  }

  private void write(Dataset<Row> records, Long batch)
      throws TimeoutException, InterruptedException {
    var decoded = Decode.decode(records).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      describe(records, "Decode micro-batch " + batch);
      var counts = decoded.agg(count("*"), count("reason"), hoursOfPlays()).first();
      long read = counts.getLong(0);
      long rejected = counts.getLong(1);
      long plays = read - rejected;
      long written = 0;
      if (plays > 0) {
        describe(records, "Write %d plays of micro-batch %d".formatted(plays, batch));
        written += append(Decode.plays(decoded), plays / counts.getLong(2), Lake.PLAYS);
      }
      if (rejected > 0) {
        describe(records, "Set aside %d records of micro-batch %d".formatted(rejected, batch));
        written += append(Decode.rejected(decoded), rejected, Lake.REJECTED);
        giveBack(Decode.returned(decoded));
        LOG.warn("Set aside {} of {} records in micro-batch {}", rejected, read, batch);
      }
      requireAll(batch, read, written);
    } finally {
      decoded.unpersist();
    }
  }

  /**
   * Ends the stream before it commits a micro-batch of which a record is in neither table, or one
   * in both.
   */
  static void requireAll(long batch, long read, long written) {
    if (read != written) {
      throw new IllegalStateException(
          "Cannot commit micro-batch %d: it read %d records from Kafka and wrote %d rows to plays/ and rejected/"
              .formatted(batch, read, written));
    }
  }

  private static Column hoursOfPlays() {
    return approx_count_distinct(
        when(col("reason").isNull(), date_trunc("hour", col("played_at"))));
  }

  /**
   * One file per hour, or a few where one task would have much to write and the others nothing.
   *
   * @return how many rows went into the files; a task that was tried twice is counted once
   */
  private long append(Dataset<Row> rows, long rowsPerHour, String table)
      throws TimeoutException, InterruptedException {
    long filesPerHour = 1 + rowsPerHour / ROWS_PER_FILE;
    var written = new Observation();
    rows.repartition(
            col("event_date"), col("event_hour"), pmod(col("kafka_offset"), lit(filesPerHour)))
        .observe(written, count("*").as("rows"))
        .write()
        .mode(SaveMode.Append)
        .partitionBy("event_date", "event_hour")
        .parquet(lake + "/" + table);
    return Await.result(written.future(), TOLD_WITHIN).getLong(0);
  }

  private void giveBack(Dataset<Row> records) {
    records
        .write()
        .format("kafka")
        .option("kafka.bootstrap.servers", kafka)
        .option("topic", Topics.PLAYS_REJECTED)
        .save();
  }

  private static void describe(Dataset<Row> rows, String what) {
    rows.sparkSession().sparkContext().setJobDescription(what);
  }
}
