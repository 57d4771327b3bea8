package topsongs.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static topsongs.aggregation.EnrichedPlay.ANA_PLAYS_HALO_AT_13_59;
import static topsongs.aggregation.EnrichedPlay.ANA_PLAYS_HALO_AT_14_00;
import static topsongs.aggregation.EnrichedPlay.BEN_PLAYS_DUST_AT_13_10;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topsongs.aggregation.ChartReader.Version;
import topsongs.contract.CountingRules;
import topsongs.contract.Granularity;
import topsongs.contract.Lake;
import topsongs.contract.Period;
import topsongs.contract.TestServer;

/**
 * A run that is killed while it replaces charts in the lake, where a period is gone for a moment:
 * PostgreSQL serves what it had until a run comes through.
 */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before it calls.
@Tag("power-cuts")
class LakePowerCutTest {
  private static final String FROM = "2026-11-22T13:00:00Z";
  private static final String TO = "2026-11-22T15:00:00Z";
  private static final Periods HOURS_13_AND_14 =
      Periods.touching(Granularity.HOUR, Instant.parse(FROM), Instant.parse(TO), Instant.parse(TO));
  private static final EnrichedPlay[] PLAYS = {ANA_PLAYS_HALO_AT_13_59, ANA_PLAYS_HALO_AT_14_00};
  private static final EnrichedPlay[] MORE_PLAYS = {
    ANA_PLAYS_HALO_AT_13_59, BEN_PLAYS_DUST_AT_13_10, ANA_PLAYS_HALO_AT_14_00.delivered(2),
  };

  private static TestServer objectStore;
  private static TestServer postgres;
  private static SparkSession spark;
  private static Database database;

  @BeforeAll
  static void start() {
    objectStore = TestServer.objectStore();
    postgres = TestServer.postgres();
    spark = LocalSpark.start(objectStore.lakeEnvironment());
    database = new Database(postgres.jdbcUrl(), TestServer.DATABASE_USER, "");
    database.migrate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
    postgres.close();
    objectStore.close();
  }

  /**
   * @param period which of the two it is killed at, between deletion and copy
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aggregateKilledInTheMidstOfAPeriod_leavesPostgresWhole_andARerunMendsTheLake(int period)
      throws Exception {
    var root = "s3a://%s/cut-%d".formatted(Lake.BUCKET, period);
    enrich(root, PLAYS);
    aggregate(root);
    load(root);
    var before = served();
    enrich(root, MORE_PLAYS);

    assertThat(aggregateUntilCut(root, period).exitCode()).isEqualTo(CutOffFileSystem.EXIT_CODE);

    assertThat(charts(root)).as("the other is there, whole").hasSize(1);
    assertThat(served()).isEqualTo(before);
    assertThatIllegalStateException()
        .isThrownBy(() -> load(root))
        .withMessageStartingWith("Cannot load charts of hour ")
        .withMessageContaining("aggregate");
    assertThat(served()).hasSize(4).isEqualTo(before).allMatch(Version::isWhole);

    aggregate(root);
    load(root);

    assertThat(charts(root)).hasSize(2).isEqualTo(chartsMadeAtOnce(root + "-undisturbed"));
    assertThat(served()).hasSize(4).allMatch(Version::isWhole);
    assertThat(served()).extracting(Version::revision).containsOnly(before.get(0).revision() + 1);
  }

  private static JobProcess.Run aggregateUntilCut(String root, int period) throws IOException {
    var environment = new HashMap<>(objectStore.lakeEnvironment());
    environment.put("TOP_SONGS_LAKE", root);
    return JobProcess.run(
        environment,
        List.of(
            "-Dspark.hadoop.fs.s3a.impl=" + CutOffFileSystem.class.getName(),
            "-Dtopsongs.cut-at=" + period),
        "aggregate",
        "--from=" + FROM,
        "--to=" + TO,
        "--granularity=hour");
  }

  private static Map<String, String> chartsMadeAtOnce(String root) throws IOException {
    enrich(root, MORE_PLAYS);
    aggregate(root);
    return charts(root);
  }

  private static void enrich(String root, EnrichedPlay... plays) {
    EnrichedPlay.rows(spark, List.of(plays))
        .write()
        .mode(SaveMode.Overwrite)
        .partitionBy("event_date", "event_hour")
        .parquet(root + "/" + Lake.ENRICHED);
  }

  private static void aggregate(String root) throws IOException {
    new Aggregation(new ChartLake(spark, root), JobDescription.of(spark, Map.of()))
        .aggregate(HOURS_13_AND_14, CountingRules.load("1"));
  }

  private static void load(String root) throws SQLException, IOException {
    try (var connection = database.connect()) {
      new Load(new ChartLake(spark, root), connection, JobDescription.of(spark, Map.of()))
          .load(HOURS_13_AND_14);
    }
  }

  /** The newest charts of both hours. */
  private static List<Version> served() throws SQLException {
    try (var reader = new ChartReader(database.connect())) {
      var served = new ArrayList<Version>();
      for (Period hour : HOURS_13_AND_14.all()) {
        served.addAll(reader.newest(hour));
      }
      return served;
    }
  }

  /** The period's Parquet file and record, byte by byte, by the name of its folder. */
  private static Map<String, String> charts(String root) throws IOException {
    var files = files(root);
    var charts = new TreeMap<String, String>();
    for (var file : files.globStatus(new Path(root, "charts/granularity=hour/period_start=*/*"))) {
      try (var in = files.open(file.getPath())) {
        charts.merge(
            file.getPath().getParent().getName(),
            HexFormat.of().formatHex(in.readAllBytes()),
            (one, other) -> one + " " + other);
      }
    }
    return charts;
  }

  private static FileSystem files(String root) throws IOException {
    return new Path(root).getFileSystem(spark.sparkContext().hadoopConfiguration());
  }
}
