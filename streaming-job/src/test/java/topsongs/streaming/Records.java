package topsongs.streaming;

import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Rows as Kafka's source gives them, in a small local session. */
final class Records {
  static final SparkSession SPARK =
      SparkSession.builder()
          .master("local[1]")
          .config("spark.ui.enabled", "false")
          .config("spark.sql.session.timeZone", "UTC")
          .config("spark.sql.shuffle.partitions", "1")
          .getOrCreate();

  private static final StructType SCHEMA =
      StructType.fromDDL(
          "key BINARY, value BINARY, partition INT, offset BIGINT, timestamp TIMESTAMP");

  private Records() {}

  static Dataset<Row> of(String... values) {
    return of(Stream.of(values).map(v -> v.getBytes(StandardCharsets.UTF_8)).toList());
  }

  /** One record per value, in partition 3 at offsets from 0, arrived when {@link Plays} say. */
  static Dataset<Row> of(List<byte[]> values) {
    return rows(
        IntStream.range(0, values.size())
            .mapToObj(i -> row("key-" + i, values.get(i), i, Plays.ARRIVED))
            .toList());
  }

  static Dataset<Row> of(@Nullable String key, byte @Nullable [] value, Instant arrived) {
    return rows(List.of(row(key, value, 0, arrived)));
  }

  /** From an RDD: rows of a list would be decoded by the optimizer, not by the generated code. */
  private static Dataset<Row> rows(List<Row> rows) {
    var context = JavaSparkContext.fromSparkContext(SPARK.sparkContext());
    return SPARK.createDataFrame(context.parallelize(rows, 1), SCHEMA);
  }

  private static Row row(
      @Nullable String key, byte @Nullable [] value, long offset, Instant arrived) {
    var keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    return RowFactory.create(keyBytes, value, 3, offset, Timestamp.from(arrived));
  }
}
