package topsongs.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static topsongs.aggregation.EnrichedPlay.ANA_PLAYS_HALO_AT_13_59;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SaveMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topsongs.contract.Granularity;
import topsongs.contract.Lake;
import topsongs.contract.TestServer;

/** The job as it is run: in a process of its own, on a lake in a folder and a real PostgreSQL. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before it calls.
class AggregationJobTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  @TempDir private static Path lake;
  private static TestServer postgres;
  private static Database database;

  @BeforeAll
  static void start() {
    postgres = TestServer.postgres();
    database = new Database(postgres.jdbcUrl(), TestServer.DATABASE_USER, "");
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @Test
  void hourOfPlays_isChartedAsHourAndDayAndSaid() throws IOException {
    try (var spark = LocalSpark.start(Map.of())) {
      EnrichedPlay.rows(spark, List.of(ANA_PLAYS_HALO_AT_13_59))
          .write()
          .mode(SaveMode.Overwrite)
          .partitionBy("event_date", "event_hour")
          .parquet(lake.resolve(Lake.ENRICHED).toString());
    }

    var run = run("charts", "--from=2026-11-22T13:00Z", "--to=2026-11-22T14:00Z");

    assertThat(run.output().lines().map(line -> line.replaceFirst(" in [0-9.]+ s$", "")))
        .endsWith(
            "Made 2 charts of hour 2026-11-22T13 to 2026-11-22T14 from 1 plays",
            "Made 2 charts of day 2026-11-22T00 to 2026-11-23T00 from 1 plays",
            "Loaded 2 charts of hour 2026-11-22T13 to 2026-11-22T14: 2 changed, 0 removed",
            "Loaded 2 charts of day 2026-11-22T00 to 2026-11-23T00: 2 changed, 0 removed");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void aggregate_needsNoDatabase() throws IOException {
    var run =
        run(
            Map.of("TOP_SONGS_DB_URL", "jdbc:postgresql://127.0.0.1:1/none"),
            "aggregate",
            "--from=2026-11-21T13:00Z",
            "--to=2026-11-21T14:00Z");

    assertThat(run.lastLine())
        .startsWith("Made 0 charts of day 2026-11-21T00 to 2026-11-22T00 from 0 plays in ");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void migrate_needsNoSpark() throws IOException {
    var run = run("migrate");

    assertThat(run.lastLine()).startsWith("Migrated PostgreSQL: ");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void auditOfALakeThatLacksRecords_failsAndNamesThem() throws IOException {
    var progress = lake.resolve(Lake.STREAM_PROGRESS);
    Files.createDirectories(progress.getParent());
    Files.writeString(
        progress,
        """
        {"began_at": "%s", "first_offsets": {"3": 120}, "offsets": {"3": 132}}"""
            .formatted(Instant.now()));

    var run = run("audit");

    assertThat(run.lastLine())
        .isEqualTo("Cannot account for 12 records: partition 3 offsets 120 to 131");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void songs_areLoadedWhereTheCatalogueIsAnotherOne_andOnlyThenWithSpark() throws Exception {
    var songs = lake.resolve(Lake.SONGS);
    Files.createDirectories(songs.getParent());
    Files.writeString(songs, "{\"song_id\": \"halo\", \"title\": \"Halo\", \"artist\": \"Ana\"}\n");

    assertThat(run("songs").lastLine()).startsWith("Loaded songs: 1 changed in ");
    var again = run(Map.of("SPARK_LOCAL_DIRS", "/dev/null/none"), "songs");
    assertThat(again.lastLine()).isEqualTo("The songs are those of the catalogue");
    assertThat(again.exitCode()).isZero();

    Files.delete(songs);
    assertThat(run("songs").lastLine()).isEqualTo("There is no catalogue");
  }

  @Test
  void halfHour_isAUsageError() throws IOException {
    var run = run("load", "--from=2026-11-22T01:30Z", "--to=2026-11-23T00:00Z");

    assertThat(run.lastLine())
        .isEqualTo("Cannot take range: --from must be a full UTC hour, got 2026-11-22T01:30:00Z");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void rulesThatThereAreNot_areAUsageError() throws IOException {
    var run =
        run("aggregate", "--from=2026-11-22T01:00Z", "--to=2026-11-23T00:00Z", "--rules=none");

    assertThat(run.lastLine()).contains("Cannot load counting rules: no version 'none'");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void twoRunsOfOnePeriod_doNotInterleave() throws SQLException {
    try (var first = database.connect();
        var second = database.connect()) {
      Database.lock(first, hours("13:00:00Z", "14:00:00Z"), SHORT);

      assertThatIllegalStateException()
          .isThrownBy(() -> Database.lock(second, hours("12:00:00Z", "15:00:00Z"), SHORT))
          .withMessageStartingWith(
              "Cannot make charts of hour 2026-11-22T12 to 2026-11-22T15: another run");
    }
  }

  @Test
  void runThatDied_letsTheNextOneIn() throws SQLException {
    try (var dying = database.connect()) {
      Database.lock(dying, hours("13:00:00Z", "14:00:00Z"), SHORT);
    }
    try (var next = database.connect()) {
      Database.lock(next, hours("13:00:00Z", "14:00:00Z"), Duration.ofSeconds(20));
    }
  }

  private static Periods hours(String from, String to) {
    var end = Instant.parse("2026-11-22T" + to);
    return Periods.touching(Granularity.HOUR, Instant.parse("2026-11-22T" + from), end, end);
  }

  private static JobProcess.Run run(String... arguments) throws IOException {
    return run(Map.of(), arguments);
  }

  private static JobProcess.Run run(Map<String, String> environment, String... arguments)
      throws IOException {
    var settings = new HashMap<String, String>();
    settings.put("TOP_SONGS_LAKE", lake.toUri().toString());
    settings.put("TOP_SONGS_DB_URL", postgres.jdbcUrl());
    settings.put("TOP_SONGS_DB_USER", TestServer.DATABASE_USER);
    settings.putAll(environment);
    return JobProcess.run(settings, List.of(), arguments);
  }
}
