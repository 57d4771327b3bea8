package topsongs.aggregation;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import topsongs.aggregation.AuditedPartitions.Audited;

/** Holds the lake against Kafka's offsets, and PostgreSQL to what that found. */
final class Audit {
  private static final Duration WINDOW = Duration.ofDays(7);
  private static final int SHOWN_GAPS = 5;
  private static final int READ_GAPS = 1_000;

  private final ChartLake lake;
  private final Connection connection;
  private final JobDescription description;

  Audit(ChartLake lake, Connection connection, JobDescription description) {
    this.lake = lake;
    this.connection = connection;
    this.description = description;
  }

  /** What was found: how many records there must be, and the first gaps among them. */
  record Found(List<Audited> partitions, List<Gap> gaps) {
    long missing() {
      return partitions.stream().mapToLong(Audited::missing).sum();
    }

    /**
     * @throws IllegalStateException when a record is missing
     */
    void requireAll() {
      if (missing() > 0) {
        var shown = gaps.stream().limit(SHOWN_GAPS).map(Gap::toString);
        throw new IllegalStateException(
            "Cannot account for %d records: %s%s"
                .formatted(
                    missing(),
                    shown.collect(Collectors.joining(", ")),
                    gaps.size() > SHOWN_GAPS ? " and more" : ""));
      }
    }

    @Override
    public String toString() {
      var records = partitions.stream().mapToLong(p -> p.next() - p.first()).sum();
      return "Accounted for %d records of %d partitions: %d missing"
          .formatted(records, partitions.size(), missing());
    }
  }

  /** Offsets of one partition that are not in the lake. */
  record Gap(int partition, long first, long last) {
    @Override
    public String toString() {
      return "partition %d %s".formatted(partition, offsets());
    }

    String offsets() {
      return first == last ? "offset " + first : "offsets %d to %d".formatted(first, last);
    }
  }

  /**
   * Looks for every record that arrived in the last 7 days, up to where the stream is.
   *
   * @param now what is in the lake by then
   */
  Found audit(Instant now) throws SQLException, IOException {
    description.set("audit: Kafka's offsets against the lake");
    var since = now.minus(WINDOW);
    // Taken before the rows: all that it promises is among them.
    var progress = progress();
    var found = Offsets.found(lake.plays(since, now), lake.rejected(since, now)).persist();
    try {
      var ranges = Offsets.ranges(found, progress, since).persist();
      var gaps = gaps(Offsets.gaps(found, ranges));
      var audited = new Found(audited(Offsets.counted(found, ranges), gaps), gaps);
      new AuditedPartitions(connection).replace(audited.partitions());
      return audited;
    } finally {
      found.unpersist();
    }
  }

  private Dataset<Row> progress() throws IOException {
    var json = lake.streamProgress().stream().toList();
    return Offsets.progress(
        description.spark().createDataset(json, Encoders.STRING()).toDF("value"));
  }

  private static List<Gap> gaps(Dataset<Row> gaps) {
    return gaps
        .orderBy("kafka_partition", "first_missing")
        .limit(READ_GAPS)
        .collectAsList()
        .stream()
        .map(row -> new Gap(row.getInt(0), row.getLong(1), row.getLong(2)))
        .toList();
  }

  private static List<Audited> audited(Dataset<Row> counted, List<Gap> gaps) {
    return counted
        .select("kafka_partition", "first_offset", "next_offset", "in_lake", "made_anew_after")
        .orderBy("kafka_partition")
        .collectAsList()
        .stream()
        .map(
            row ->
                new Audited(
                    row.getInt(0),
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    note(row.getTimestamp(4), gapsOf(row.getInt(0), gaps))))
        .toList();
  }

  private static String gapsOf(int partition, List<Gap> gaps) {
    return gaps.stream()
        .filter(gap -> gap.partition() == partition)
        .limit(SHOWN_GAPS)
        .map(Gap::offsets)
        .collect(Collectors.joining(", "));
  }

  private static @Nullable String note(@Nullable Timestamp madeAnewAfter, String missing) {
    var parts = new ArrayList<String>();
    if (madeAnewAfter != null) {
      parts.add("the topic was made anew after " + madeAnewAfter.toInstant());
    }
    if (!missing.isEmpty()) {
      parts.add("missing: " + missing);
    }
    return parts.isEmpty() ? null : String.join("; ", parts);
  }
}
