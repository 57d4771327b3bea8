package topsongs.streaming;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;

import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.storage.StorageLevel;
import topsongs.contract.Lake;
import topsongs.contract.Topics;

/**
 * Writes one micro-batch: plays and rejected to the lake, rejected also back to Kafka. Spark
 * commits its offsets only when all of it is written, so a crash at any moment loses nothing; the
 * replay may write rows a second time.
 */
final class MicroBatch implements VoidFunction2<Dataset<Row>, Long> {
  private static final long ROWS_PER_FILE = 150_000;

  private final String lake;
  private final String kafka;

  MicroBatch(String lake, String kafka) {
    this.lake = lake;
    this.kafka = kafka;
  }

  @Override
  public void call(Dataset<Row> records, Long batch) {
    var decoded = Decode.decode(records).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      describe(records, "Decode micro-batch " + batch);
      var counts = decoded.agg(count("*"), count("reason")).first();
      long rejected = counts.getLong(1);
      long plays = counts.getLong(0) - rejected;
      if (plays > 0) {
        describe(records, "Write %d plays of micro-batch %d".formatted(plays, batch));
        append(Decode.plays(decoded), plays, Lake.PLAYS);
      }
      if (rejected > 0) {
        describe(records, "Set aside %d records of micro-batch %d".formatted(rejected, batch));
        append(Decode.rejected(decoded), rejected, Lake.REJECTED);
        giveBack(Decode.returned(decoded));
      }
    } finally {
      decoded.unpersist();
    }
  }

  /** One file per hour, or a few where a backlog would keep one task busy and the others idle. */
  private void append(Dataset<Row> rows, long count, String table) {
    long filesPerHour = 1 + count / ROWS_PER_FILE;
    rows.repartition(
            col("event_date"), col("event_hour"), pmod(col("kafka_offset"), lit(filesPerHour)))
        .write()
        .mode(SaveMode.Append)
        .partitionBy("event_date", "event_hour")
        .parquet(lake + "/" + table);
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
