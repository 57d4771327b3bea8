package topsongs.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import topsongs.aggregation.ChartContent.Played;
import topsongs.aggregation.ChartReader.Version;
import topsongs.contract.Granularity;
import topsongs.contract.Period;
import topsongs.contract.ScheduledRun;
import topsongs.contract.TestServer;

/**
 * A load that is cut off while it writes, and a PostgreSQL that is: whoever reads sees the charts
 * before or those after, each as it was loaded, never a mixture and never none.
 */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before it calls.
@Tag("power-cuts")
class PowerCutTest {
  private static final long SEED = Long.getLong("topsongs.seed", 20261127);
  private static final int CUTS = 100;
  private static final int CRASHES = 8;
  private static final Period HOUR =
      new Period(Granularity.HOUR, Instant.parse("2026-11-22T13:00:00Z"));

  /** France's songs are in the one only, Sweden's in the other. */
  private static final List<ChartContent> ONE =
      List.of(chart("CA", 0, 30), chart("FR", 0, 3), chart("GLOBAL", 0, 30));

  private static final List<ChartContent> OTHER =
      List.of(chart("CA", 6, 30), chart("GLOBAL", 6, 30), chart("SE", 0, 7));

  private static final String CUT_AT_A_ROW =
      """
      CREATE SEQUENCE written;
      CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS '
        BEGIN
          IF nextval(''written'') = current_setting(''cut.at'')::bigint THEN
            PERFORM pg_terminate_backend(pg_backend_pid());
          END IF;
          RETURN NULL;
        END';""";

  private static final String CUT_IN =
      """
      CREATE TRIGGER cut AFTER INSERT OR UPDATE OR DELETE ON %s
      FOR EACH ROW EXECUTE FUNCTION cut()""";

  private static TestServer postgres;
  private static Database database;

  @BeforeAll
  static void start() {
    postgres = TestServer.postgres();
    database = new Database(postgres.jdbcUrl(), TestServer.DATABASE_USER, "");
    database.migrate();
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @BeforeEach
  void oneIsCharted() throws SQLException {
    try (var connection = database.connect()) {
      // Not to be lost with the server, however it is set up: the charts before are there.
      execute(connection, "SET synchronous_commit = on");
      execute(connection, "TRUNCATE chart, chart_period CASCADE");
      load(connection, ONE);
    }
  }

  /** At each row in turn, until the load comes through. */
  @Test
  void loadCutAtAnyRowThatItWrites_leavesTheChartsBefore() throws SQLException {
    try (var reader = new ChartReader(database.connect());
        var own = database.connect()) {
      var before = reader.versions(HOUR);
      prepareToCut(own);
      var cuts = 0;
      while (isCut(own, cuts + 1)) {
        cuts++;
        assertThat(reader.versions(HOUR)).as("cut at row %d", cuts).isEqualTo(before);
      }
      execute(own, "DROP FUNCTION cut CASCADE; DROP SEQUENCE written");

      System.out.printf("A load was cut at each of the %d rows that it writes%n", cuts);
      assertThat(cuts).isGreaterThan(120);
      assertThat(before).hasSize(3).allMatch(Version::isWhole);
      assertThat(contents(reader.newest(HOUR))).isEqualTo(OTHER);
      assertThat(reader.versions(HOUR)).hasSize(5).allMatch(Version::isWhole);
    }
  }

  private static void prepareToCut(Connection connection) throws SQLException {
    execute(connection, CUT_AT_A_ROW);
    for (var table : List.of("chart", "chart_entry", "chart_revision", "balance", "chart_period")) {
      execute(connection, CUT_IN.formatted(table));
    }
  }

  private static boolean isCut(Connection own, int row) throws SQLException {
    execute(own, "ALTER SEQUENCE written RESTART");
    try (var connection = database.connect()) {
      execute(connection, "SET cut.at = " + row);
      return isCut(connection, OTHER);
    }
  }

  /** Sooner or later in a load, before it and after it. */
  @Test
  void loadCutAtAnyMoment_isNeverSeenInPart() throws Exception {
    var random = new Random(SEED);
    var cut = new AtomicInteger();
    var loads = new AtomicInteger();
    try (var reader = new ChartReader(database.connect());
        var own = database.connect()) {
      for (int i = 0; i < CUTS; i++) {
        var connection = database.connect();
        var killed = killSoon(own, connection, random.nextInt(60_000));
        var loading = CompletableFuture.runAsync(() -> loadUntilCut(connection, loads, cut));
        while (!loading.isDone()) {
          assertOneOrTheOther(reader.newest(HOUR));
        }
        loading.join();
        killed.join();
        assertOneOrTheOther(reader.newest(HOUR));
      }

      System.out.printf(
          "%d loads, %d cut in their midst, -Dtopsongs.seed=%d%n", loads.get(), cut.get(), SEED);
      assertThat(cut.get()).isGreaterThan(CUTS / 4);
      assertThat(reader.versions(HOUR)).allMatch(Version::isWhole);
    }
  }

  /** The process that writes is killed: PostgreSQL ends all others, and recovers from its log. */
  @Test
  void serverKilledAtAnyMomentOfALoad_comesBackWithWholeCharts() throws Exception {
    assumeTrue(
        System.getProperty("infra", "embedded").equals("embedded"), "its processes are ours");
    var random = new Random(SEED);
    for (int i = 0; i < CRASHES; i++) {
      var connection = database.connect();
      var process = ProcessHandle.of(pid(connection)).orElseThrow();
      var killed =
          CompletableFuture.runAsync(process::destroyForcibly, after(random.nextInt(60_000)));
      loadUntilCut(connection, new AtomicInteger(), new AtomicInteger());
      killed.join();
      try (var reader = new ChartReader(recovered())) {
        assertOneOrTheOther(reader.newest(HOUR));
        assertThat(reader.versions(HOUR)).allMatch(Version::isWhole);
      }
    }
    System.out.printf("PostgreSQL was killed %d times while it wrote%n", CRASHES);
  }

  private static Connection recovered() {
    return await()
        .atMost(Duration.ofMinutes(2))
        .ignoreExceptions()
        .until(database::connect, connection -> true);
  }

  private static void assertOneOrTheOther(List<Version> versions) {
    assertThat(contents(versions))
        .satisfiesAnyOf(
            seen -> assertThat(seen).isEqualTo(ONE), seen -> assertThat(seen).isEqualTo(OTHER));
    assertThat(versions).allMatch(Version::isWhole);
  }

  private static List<ChartContent> contents(List<Version> versions) {
    return versions.stream().map(Version::content).toList();
  }

  private static CompletableFuture<Void> killSoon(Connection own, Connection other, int micros)
      throws SQLException {
    var kill = "SELECT pg_terminate_backend(%d)".formatted(pid(other));
    return CompletableFuture.runAsync(
        () -> {
          try {
            execute(own, kill);
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        },
        after(micros));
  }

  private static Executor after(int micros) {
    return CompletableFuture.delayedExecutor(micros, TimeUnit.MICROSECONDS);
  }

  /** One and the other in turn, each time a change of all regions. */
  private static void loadUntilCut(Connection connection, AtomicInteger loads, AtomicInteger cut) {
    try {
      var chartsNow = query(connection, "SELECT region FROM chart ORDER BY region");
      var isOne = chartsNow.contains("FR");
      while (!isCut(connection, isOne ? OTHER : ONE)) {
        loads.incrementAndGet();
        isOne = !isOne;
      }
      cut.incrementAndGet();
    } catch (SQLException e) {
      // Cut before its first load.
    }
  }

  private static boolean isCut(Connection connection, List<ChartContent> contents) {
    try {
      load(connection, contents);
      return false;
    } catch (SQLException e) {
      return true;
    }
  }

  private static void load(Connection connection, List<ChartContent> contents) throws SQLException {
    new Charts(connection, new ScheduledRun("any", 0))
        .replace(
            HOUR,
            contents.stream().map(ChartContent::chart).toList(),
            List.of(),
            Optional.of(new Input("digest of " + contents.size(), Status.FINAL)));
  }

  private static long pid(Connection connection) throws SQLException {
    return Long.parseLong(query(connection, "SELECT pg_backend_pid()").get(0));
  }

  private static ChartContent chart(String region, int first, int songs) {
    return ChartContent.of(
        region,
        1_000_000,
        IntStream.range(first, first + songs)
            .mapToObj(n -> new Played("s-" + n, 500 - n / 2, 100 - n / 2))
            .toList());
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> query(Connection connection, String sql) throws SQLException {
    var found = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }
}
