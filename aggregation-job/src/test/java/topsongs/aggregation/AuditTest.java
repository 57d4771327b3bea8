package topsongs.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topsongs.contract.Lake;
import topsongs.contract.TestServer;

/** A lake in a folder, as the stream lays it out, and a real PostgreSQL. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before it calls.
class AuditTest {
  private static final Instant NOW = Instant.parse("2026-11-22T14:20:00Z");

  private static TestServer postgres;
  private static SparkSession spark;
  private static Database database;

  @TempDir private Path lake;
  private final List<Row> plays = new ArrayList<>();
  private final List<Row> rejected = new ArrayList<>();
  private Connection connection;

  @BeforeAll
  static void start() {
    postgres = TestServer.postgres();
    spark = LocalSpark.start(Map.of());
    database = new Database(postgres.jdbcUrl(), TestServer.DATABASE_USER, "");
    database.migrate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
    postgres.close();
  }

  @BeforeEach
  void connect() throws SQLException {
    connection = database.connect();
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  @Test
  void playsOfAnyAgeAndRefusedRecords_areFound() throws Exception {
    play(0, 0, NOW, NOW.minus(Duration.ofDays(14)));
    play(0, 1, NOW, NOW.plus(Duration.ofHours(1)));
    reject(0, 2, NOW);
    reject(1, 0, NOW.minus(Duration.ofDays(6)));
    streamIsAt("\"0\": 3, \"1\": 1");

    var found = audit();

    found.requireAll();
    assertThat(found).hasToString("Accounted for 4 records of 2 partitions: 0 missing");
    assertThat(table()).containsExactly("0 0 3 3 0 null", "1 0 1 1 0 null");
  }

  @Test
  void lostFile_isNamedByItsOffsets_andFailsTheAudit() throws Exception {
    LongStream.range(0, 5).forEach(offset -> play(3, offset, NOW, NOW));
    play(3, 7, NOW, NOW);
    play(5, 0, NOW, NOW);
    play(5, 2, NOW, NOW);
    streamIsAt("\"3\": 8, \"5\": 3");

    var found = audit();

    assertThatIllegalStateException()
        .isThrownBy(found::requireAll)
        .withMessage(
            "Cannot account for 3 records: partition 3 offsets 5 to 6, partition 5 offset 1");
    assertThat(table())
        .containsExactly("3 0 8 6 2 missing: offsets 5 to 6", "5 0 3 2 1 missing: offset 1");
  }

  @Test
  void nextAudit_replacesTheLast() throws Exception {
    play(0, 0, NOW, NOW);
    play(1, 0, NOW, NOW);
    audit();
    plays.clear();
    play(0, 1, NOW, NOW);
    streamIsAt("\"0\": 2");
    audit();

    assertThat(table()).containsExactly("0 0 2 2 0 null", "1 0 1 1 0 null");
  }

  @Test
  void topicMadeAnew_isNoted() throws Exception {
    LongStream.range(0, 9).forEach(o -> play(0, o, NOW.minus(Duration.ofDays(3)), NOW));
    play(0, 0, NOW, NOW);
    streamIsAt("\"0\": 1");

    audit().requireAll();

    assertThat(table())
        .containsExactly("0 0 1 1 0 the topic was made anew after 2026-11-19T14:20:00Z");
  }

  private void play(int partition, long offset, Instant receivedAt, Instant playedAt) {
    var utc = playedAt.atOffset(ZoneOffset.UTC);
    plays.add(
        RowFactory.create(
            "id",
            "ana",
            "halo",
            "CA",
            Timestamp.from(playedAt),
            1,
            "ios",
            Timestamp.from(receivedAt),
            partition,
            offset,
            Date.valueOf(utc.toLocalDate()),
            utc.getHour()));
  }

  private void reject(int partition, long offset, Instant arrivedAt) {
    var utc = arrivedAt.atOffset(ZoneOffset.UTC);
    rejected.add(
        RowFactory.create(
            "{oops",
            "not a JSON object",
            Timestamp.from(arrivedAt),
            partition,
            offset,
            Date.valueOf(utc.toLocalDate()),
            utc.getHour()));
  }

  private void streamIsAt(String offsets) throws Exception {
    var file = lake.resolve(Lake.STREAM_PROGRESS);
    Files.createDirectories(file.getParent());
    Files.writeString(
        file, "{\"complete_until\": \"%s\", \"offsets\": {%s}}".formatted(NOW, offsets));
  }

  private Audit.Found audit() throws Exception {
    write(plays, Lake.PLAYS, Lake.PLAYS_SCHEMA);
    write(rejected, Lake.REJECTED, Lake.REJECTED_SCHEMA);
    var audit =
        new Audit(
            new ChartLake(spark, lake.toUri().toString()),
            connection,
            JobDescription.of(spark, Map.of()));
    return audit.audit(NOW);
  }

  private void write(List<Row> rows, String table, String ddl) {
    if (!rows.isEmpty()) {
      spark
          .createDataFrame(rows, StructType.fromDDL(ddl))
          .write()
          .mode(SaveMode.Append)
          .partitionBy("event_date", "event_hour")
          .parquet(lake.resolve(table).toString());
    }
  }

  private List<String> table() throws SQLException {
    var rows = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var result =
            statement.executeQuery(
                """
                SELECT concat_ws(' ', kafka_partition, first_offset, next_offset, in_lake, missing,
                  coalesce(note, 'null'))
                FROM offset_audit ORDER BY kafka_partition""")) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }
}
