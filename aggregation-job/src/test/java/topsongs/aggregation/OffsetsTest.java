package topsongs.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which records must be in the lake, and which are missing. What is found is compared as text. */
class OffsetsTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant SINCE = NOON.minus(Duration.ofDays(7));
  private static final Duration HOUR = Duration.ofHours(1);

  private static SparkSession spark;

  private final List<Row> plays = new ArrayList<>();
  private final List<Row> rejected = new ArrayList<>();
  private String progress = "";

  @BeforeAll
  static void startSpark() {
    spark = LocalSpark.start(Map.of());
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @Test
  void recordsOfBothTables_areAllThere() {
    play(0, 0, NOON);
    reject(0, 1, NOON);
    play(0, 2, NOON);
    play(1, 0, NOON);
    streamIsAt("\"0\": 3, \"1\": 1");

    assertThat(audit()).containsExactly("0: 0 to 3, 3 in lake", "1: 0 to 1, 1 in lake");
    assertThat(gaps()).isEmpty();
  }

  @Test
  void recordThatTheStreamWroteTwice_isOne() {
    play(0, 0, NOON);
    play(0, 0, NOON);
    reject(0, 1, NOON);
    reject(0, 1, NOON);
    streamIsAt("\"0\": 2");

    assertThat(audit()).containsExactly("0: 0 to 2, 2 in lake");
  }

  @Test
  void recordsInNeitherTable_areMissing() {
    plays(3, 0, 120);
    plays(3, 132, 140);
    plays(3, 141, 150);
    plays(5, 7, 9);
    streamIsAt("\"3\": 152, \"5\": 9");

    assertThat(audit()).containsExactly("3: 0 to 152, 137 in lake", "5: 7 to 9, 2 in lake");
    assertThat(gaps()).containsExactly("3: 120 to 131", "3: 140 to 140", "3: 150 to 151");
  }

  @Test
  void recordsBeyondTheStreamsProgress_areNotLookedAt() {
    plays(0, 0, 10);
    play(0, 12, NOON);
    streamIsAt("\"0\": 9");

    assertThat(audit()).containsExactly("0: 0 to 9, 9 in lake");
  }

  @Test
  void streamThatHasSaidNothing_isTakenToBeAtTheGreatestOffset() {
    plays(0, 0, 10);
    play(0, 12, NOON);

    assertThat(audit()).containsExactly("0: 0 to 13, 11 in lake");
  }

  @Test
  void partitionWithoutRecords_isNotMissingAny() {
    play(0, 0, NOON);
    streamIsAt("\"0\": 1, \"1\": 0, \"2\": 4000");

    assertThat(audit())
        .containsExactly(
            "0: 0 to 1, 1 in lake", "1: 0 to 0, 0 in lake", "2: 4000 to 4000, 0 in lake");
  }

  /** Offset 1 and 4 may have left the lake; what is between two that have not, has not either. */
  @Test
  void recordsFromBeforeTheWindow_mayHaveLeftTheLake() {
    play(0, 0, SINCE.minus(HOUR));
    play(0, 2, SINCE.minus(HOUR));
    reject(0, 3, SINCE.plus(HOUR));
    play(0, 5, SINCE.plus(HOUR.multipliedBy(3)));
    play(0, 7, NOON);
    streamIsAt("\"0\": 8");

    assertThat(audit()).containsExactly("0: 5 to 8, 2 in lake");
    assertThat(gaps()).containsExactly("0: 6 to 6");
  }

  /** Clients' clocks: each stamp is within an hour of the arrival, which rises with the offset. */
  @Test
  void stampsThatDoNotRiseWithTheOffsets_makeNoGap() {
    play(0, 0, SINCE.plus(HOUR));
    play(0, 1, SINCE.minus(HOUR));
    play(0, 2, SINCE.plus(HOUR.multipliedBy(3)));
    play(0, 3, SINCE.plus(HOUR.multipliedBy(2)));
    play(0, 4, SINCE.plus(HOUR));
    streamIsAt("\"0\": 5");

    assertThat(audit()).containsExactly("0: 2 to 5, 3 in lake");
  }

  @Test
  void streamThatBeganWithinTheWindow_isLookedAtFromItsBeginning() {
    plays(0, 40, 50);
    streamIsAt(
        "\"0\": 50",
        "\"began_at\": \"%s\", \"first_offsets\": {\"0\": 30}".formatted(NOON.minus(HOUR)));

    assertThat(audit()).containsExactly("0: 30 to 50, 10 in lake");
    assertThat(gaps()).containsExactly("0: 30 to 39");
  }

  @Test
  void streamThatBeganBeforeTheWindow_isNot() {
    plays(0, 40, 50);
    streamIsAt(
        "\"0\": 50",
        "\"began_at\": \"%s\", \"first_offsets\": {\"0\": 30}".formatted(SINCE.minus(HOUR)));

    assertThat(audit()).containsExactly("0: 40 to 50, 10 in lake");
  }

  @Test
  void everythingLost_isMissing() {
    streamIsAt(
        "\"0\": 50",
        "\"began_at\": \"%s\", \"first_offsets\": {\"0\": 30}".formatted(NOON.minus(HOUR)));

    assertThat(audit()).containsExactly("0: 30 to 50, 0 in lake");
    assertThat(gaps()).containsExactly("0: 30 to 49");
  }

  /** The old topic had 500 records; the new one has reached offset 10 and lost its seventh. */
  @Test
  void topicMadeAnew_isLookedAtFromThen_withoutInventedGaps() {
    for (long offset = 0; offset < 500; offset++) {
      play(0, offset, NOON.minus(Duration.ofDays(2)));
    }
    plays(0, 0, 6);
    plays(0, 7, 10);
    streamIsAt("\"0\": 10");

    assertThat(audit())
        .containsExactly("0: 0 to 10, 9 in lake, made anew after 2026-11-20T12:00:00Z");
    assertThat(gaps()).containsExactly("0: 6 to 6");
  }

  @Test
  void topicMadeAnew_thatHasPassedTheOldOnesEnd_isKnownByOffsetsUsedTwice() {
    for (long offset = 0; offset < 5; offset++) {
      play(0, offset, NOON.minus(Duration.ofDays(2)));
    }
    plays(0, 0, 10);
    streamIsAt("\"0\": 10");

    assertThat(audit())
        .containsExactly("0: 0 to 10, 10 in lake, made anew after 2026-11-20T12:00:00Z");
  }

  private void play(int partition, long offset, Instant receivedAt) {
    plays.add(RowFactory.create(partition, offset, Timestamp.from(receivedAt)));
  }

  private void plays(int partition, long from, long to) {
    LongStream.range(from, to).forEach(offset -> play(partition, offset, NOON));
  }

  private void reject(int partition, long offset, Instant arrivedAt) {
    rejected.add(RowFactory.create(partition, offset, Timestamp.from(arrivedAt)));
  }

  private void streamIsAt(String offsets) {
    streamIsAt(offsets, "\"batch_id\": 7");
  }

  private void streamIsAt(String offsets, String more) {
    progress = "{\"complete_until\": \"%s\", \"offsets\": {%s}, %s}".formatted(NOON, offsets, more);
  }

  private List<String> audit() {
    return Offsets.counted(found(), ranges()).orderBy("kafka_partition").collectAsList().stream()
        .map(
            row ->
                "%s: %s to %s, %s in lake"
                        .formatted(
                            row.get(row.fieldIndex("kafka_partition")),
                            row.get(row.fieldIndex("first_offset")),
                            row.get(row.fieldIndex("next_offset")),
                            row.get(row.fieldIndex("in_lake")))
                    + madeAnew(row))
        .toList();
  }

  private static String madeAnew(Row row) {
    Timestamp after = row.getAs("made_anew_after");
    return after == null ? "" : ", made anew after " + after.toInstant();
  }

  private List<String> gaps() {
    return Offsets.gaps(found(), ranges())
        .orderBy("kafka_partition", "first_missing")
        .collectAsList()
        .stream()
        .map(row -> "%d: %d to %d".formatted(row.getInt(0), row.getLong(1), row.getLong(2)))
        .toList();
  }

  private Dataset<Row> found() {
    return Offsets.found(rows(plays, "received_at"), rows(rejected, "arrived_at"));
  }

  private Dataset<Row> ranges() {
    var json = progress.isEmpty() ? List.<String>of() : List.of(progress);
    return Offsets.ranges(
        found(),
        Offsets.progress(spark.createDataset(json, Encoders.STRING()).toDF("value")),
        SINCE);
  }

  private static Dataset<Row> rows(List<Row> rows, String arrival) {
    return spark.createDataFrame(
        rows,
        StructType.fromDDL(
            "kafka_partition INT, kafka_offset BIGINT, %s TIMESTAMP".formatted(arrival)));
  }
}
