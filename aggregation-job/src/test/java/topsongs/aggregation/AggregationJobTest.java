package topsongs.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static topsongs.aggregation.EnrichedPlay.ANA_PLAYS_HALO_AT_13_59;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
  void dayOfPlays_isChartedAndSaid() throws IOException {
    try (var spark = LocalSpark.start(Map.of())) {
      EnrichedPlay.rows(spark, List.of(ANA_PLAYS_HALO_AT_13_59))
          .write()
          .mode(SaveMode.Overwrite)
          .partitionBy("event_date", "event_hour")
          .parquet(lake.resolve(Lake.ENRICHED).toString());
    }

    var run =
        run("charts", "--granularity=day", "--from=2026-11-22T00:00Z", "--to=2026-11-23T00:00Z");

    assertThat(run.lastLine())
        .startsWith(
            "Made 2 charts of day 2026-11-22T00 to 2026-11-23T00 from 1 plays: 2 changed, 0 removed in ");
    assertThat(run.exitCode()).isZero();
    assertThat(lake.resolve("charts/granularity=day/period_start=2026-11-22T00")).isDirectory();
  }

  @Test
  void migrate_needsNoSpark() throws IOException {
    var run = run("migrate");

    assertThat(run.lastLine()).startsWith("Migrated PostgreSQL: ");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void dayThatBeginsAtOne_isAUsageError() throws IOException {
    var run =
        run("charts", "--granularity=day", "--from=2026-11-22T01:00Z", "--to=2026-11-23T00:00Z");

    assertThat(run.lastLine())
        .isEqualTo(
            "Cannot take range: --from must be the start of a UTC day, got 2026-11-22T01:00:00Z");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void heldAsAStatus_isAUsageError() throws IOException {
    var run =
        run(
            "charts",
            "--granularity=day",
            "--from=2026-11-22T00:00Z",
            "--to=2026-11-23T00:00Z",
            "--status=held");

    assertThat(run.lastLine())
        .isEqualTo("Cannot take status: --status must be final or provisional, got 'held'");
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
    return Periods.between(
        Granularity.HOUR, Instant.parse("2026-11-22T" + from), Instant.parse("2026-11-22T" + to));
  }

  private record Run(int exitCode, String output) {
    String lastLine() {
      return output.lines().reduce((earlier, later) -> later).orElse("");
    }
  }

  private static Run run(String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-Dspark.master=local[2]", "-Dspark.ui.enabled=false"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(AggregationJob.class.getName());
    command.addAll(List.of(arguments));
    var job = new ProcessBuilder(command).redirectErrorStream(true);
    job.environment().put("TOP_SONGS_LAKE", lake.toUri().toString());
    job.environment().put("TOP_SONGS_DB_URL", postgres.jdbcUrl());
    job.environment().put("TOP_SONGS_DB_USER", TestServer.DATABASE_USER);
    var process = job.start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.onExit().join().exitValue(), output);
  }
}
