package topsongs.aggregation;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import topsongs.contract.CountingRules;
import topsongs.contract.Lake;

/** One run of the job: opens what it needs, and says what it did to each granularity's periods. */
final class ChartRun {
  /** A run of two days takes half a minute; on a machine that is busy otherwise, some minutes. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Map<String, String> settings;
  private final Database database;

  ChartRun(Map<String, String> settings) {
    this.settings = settings;
    this.database = Database.of(settings);
  }

  int migrate() {
    return database.migrate();
  }

  /** Starts Spark only for another catalogue than the one that is here. */
  void songs() throws SQLException, IOException {
    database.migrate();
    try (var connection = database.connect()) {
      var version = ChartLake.catalogueVersion(settings);
      if (version.isEmpty()) {
        System.out.println("There is no catalogue");
      } else if (new Songs(connection).areOf(version.get())) {
        System.out.println("The songs are those of the catalogue");
      } else {
        loadSongs(connection);
      }
    }
  }

  private void loadSongs(Connection connection) throws SQLException, IOException {
    var started = System.nanoTime();
    try (var spark = spark()) {
      var load = new Load(lake(spark), connection, JobDescription.of(spark, settings));
      say("Loaded songs: %d changed".formatted(load.loadSongs()), started);
    }
  }

  void aggregate(List<Periods> ranges, @Nullable CountingRules rules) throws IOException {
    try (var spark = spark()) {
      aggregate(spark, ranges, rules);
    }
  }

  void load(List<Periods> ranges) throws SQLException, IOException {
    try (var connection = connect(ranges);
        var spark = spark()) {
      load(spark, connection, ranges);
    }
  }

  /** Keeps other runs of these periods away from the first count to the last row. */
  void charts(List<Periods> ranges, @Nullable CountingRules rules)
      throws SQLException, IOException {
    try (var connection = connect(ranges);
        var spark = spark()) {
      aggregate(spark, ranges, rules);
      load(spark, connection, ranges);
    }
  }

  void audit() throws SQLException, IOException {
    try (var connection = connect(List.of());
        var spark = spark()) {
      var started = System.nanoTime();
      var found =
          new Audit(lake(spark), connection, JobDescription.of(spark, settings))
              .audit(Instant.now());
      say(found, started);
      found.requireAll();
    }
  }

  private void aggregate(SparkSession spark, List<Periods> ranges, @Nullable CountingRules rules)
      throws IOException {
    var aggregation = new Aggregation(lake(spark), JobDescription.of(spark, settings));
    for (var periods : ranges) {
      var started = System.nanoTime();
      say(aggregation.aggregate(periods, rules), started);
    }
  }

  private void load(SparkSession spark, Connection connection, List<Periods> ranges)
      throws SQLException, IOException {
    var load = new Load(lake(spark), connection, JobDescription.of(spark, settings));
    load.loadSurroundings();
    for (var periods : ranges) {
      var started = System.nanoTime();
      say(load.load(periods), started);
    }
  }

  /** A connection to tables that are up to date, with the lock on the periods. */
  private Connection connect(List<Periods> ranges) throws SQLException {
    database.migrate();
    var connection = database.connect();
    try {
      for (var periods : ranges) {
        Database.lock(connection, periods, PATIENCE);
      }
      return connection;
    } catch (SQLException | IllegalStateException e) {
      connection.close();
      throw e;
    }
  }

  private SparkSession spark() {
    return SparkSession.builder().config(ChartLake.settings(settings)).getOrCreate();
  }

  private ChartLake lake(SparkSession spark) throws IOException {
    return new ChartLake(spark, Lake.root(settings));
  }

  private static void say(Object done, long started) {
    System.out.printf("%s in %.1f s%n", done, (System.nanoTime() - started) / 1e9);
  }
}
