package topsongs.aggregation;

import static org.apache.spark.sql.functions.struct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static topsongs.aggregation.EnrichedPlay.ANA_PLAYS_DUST_AT_13_05;
import static topsongs.aggregation.EnrichedPlay.ANA_PLAYS_HALO_AT_13_59;
import static topsongs.aggregation.EnrichedPlay.ANA_PLAYS_HALO_AT_14_00;
import static topsongs.aggregation.EnrichedPlay.BEN_PLAYS_DUST_AT_13_10;
import static topsongs.aggregation.EnrichedPlay.BEN_PLAYS_HALO_AT_13_15;
import static topsongs.aggregation.EnrichedPlay.EVE_PLAYS_RUST_AT_13_20;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import topsongs.contract.CountingRules;
import topsongs.contract.Granularity;
import topsongs.contract.Lake;
import topsongs.contract.TestServer;

/**
 * Aggregates and loads, on a real object store and a real PostgreSQL: what a rerun, a change or a
 * failure leaves.
 */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before it calls.
class LoadTest {
  private static final String HOUR_13 = "enriched/event_date=2026-11-22/event_hour=13";
  private static final CountingRules RULES = CountingRules.load("1");
  private static final Periods HOURS_13_AND_14 = hours("2026-11-22T15:00:00Z");

  /** The same hours while the stream has passed none of them. */
  private static final Periods RUNNING_HOURS_13_AND_14 = hours("2026-11-22T13:00:00Z");

  private static final Periods HOUR_13_FINAL_AND_14_RUNNING = hours("2026-11-22T14:00:00Z");

  private static final Instant AT_13 = Instant.parse("2026-11-22T13:00:00Z");

  private static final EnrichedPlay[] ELEVEN_TIMES_HALO_IN_EACH_HOUR =
      Stream.of(ANA_PLAYS_HALO_AT_13_59, ANA_PLAYS_HALO_AT_14_00)
          .flatMap(play -> play.times(11).stream())
          .toArray(EnrichedPlay[]::new);

  private static final String HALO =
      "{\"song_id\": \"halo\", \"title\": \"%s\", \"artist\": \"Ines Varga\"}\n";

  private static final String EVERY_ROW_VERSION =
      """
      SELECT 'chart', region || period_start, xmin::text FROM chart
      UNION ALL SELECT 'entry', region || period_start || position, xmin::text FROM chart_entry
      UNION ALL SELECT 'balance', region || period_start, xmin::text FROM balance
      UNION ALL SELECT 'revision', region || period_start || revision, xmin::text FROM chart_revision
      UNION ALL SELECT 'period', granularity || period_start, xmin::text FROM chart_period
      UNION ALL SELECT 'flag', hour || kind || plays, xmin::text FROM flag
      UNION ALL SELECT 'song', song_id, xmin::text FROM song
      UNION ALL SELECT 'catalogue', path, xmin::text FROM catalogue
      UNION ALL SELECT 'stage', stage, xmin::text FROM pipeline_stage
      ORDER BY 1, 2""";

  private static TestServer objectStore;
  private static TestServer postgres;
  private static SparkSession spark;
  private static Database database;
  private static int lakes;

  private String root = "";
  private Connection connection;

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

  @BeforeEach
  void takeAnEmptyLakeAndEmptyTables() throws SQLException {
    root = "s3a://%s/lake-%d".formatted(Lake.BUCKET, lakes++);
    connection = database.connect();
    execute("TRUNCATE chart, chart_period, flag, song, catalogue, pipeline_stage CASCADE");
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  @Test
  void enrichedPlays_becomeRows() throws Exception {
    enrich(ANA_PLAYS_HALO_AT_13_59.delivered(2), BEN_PLAYS_HALO_AT_13_15, EVE_PLAYS_RUST_AT_13_20);

    var loaded = run(HOURS_13_AND_14);

    assertThat(loaded)
        .hasToString(
            "Loaded 2 charts of hour 2026-11-22T13 to 2026-11-22T15: 2 changed, 0 removed");
    assertThat(
            query(
                "SELECT region, status, revision, rules_version, plays, listeners, songs FROM chart ORDER BY region"))
        .containsExactly("CA final 1 1 3 3 2", "GLOBAL final 1 1 3 3 2");
    assertThat(
            query(
                "SELECT position, rank, tied, song_id, plays, listeners FROM chart_entry WHERE region = 'CA' ORDER BY position"))
        .containsExactly("1 1 f halo 2 2", "2 2 f rust 1 1");
    assertThat(
            query(
                "SELECT region, received, counted, duplicate, too_short, over_cap, excluded, rejected, unknown_song FROM balance ORDER BY region"))
        .containsExactly("CA 4 3 1 0 0 0 null 0", "GLOBAL 4 3 1 0 0 0 0 0");
    assertThat(query("SELECT DISTINCT period_start AT TIME ZONE 'UTC' FROM chart"))
        .containsExactly("2026-11-22 13:00:00");
  }

  @Test
  void rerun_writesTheSameBytesAndNoRow() throws Exception {
    enrich(ANA_PLAYS_HALO_AT_13_59, ANA_PLAYS_DUST_AT_13_05.in("FR"), ANA_PLAYS_HALO_AT_14_00);
    put(Lake.SONGS, "{\"song_id\": \"halo\", \"title\": \"Halo\", \"artist\": \"Ines Varga\"}\n");
    put(Lake.STREAM_PROGRESS, "{\"complete_until\": \"2026-11-22T15:00:00Z\"}");
    run(HOURS_13_AND_14);
    var bytes = chartFiles();
    var versions = query(EVERY_ROW_VERSION);

    var again = run(HOURS_13_AND_14);

    assertThat(again.changes()).isEqualTo(new Charts.Changes(5, 0, 0));
    assertThat(query(EVERY_ROW_VERSION)).isNotEmpty().isEqualTo(versions);
    assertThat(chartFiles()).hasSize(2).isEqualTo(bytes);
  }

  @Test
  void latePlay_raisesTheRevisionOfItsChartsOnly() throws Exception {
    enrich(ANA_PLAYS_HALO_AT_13_59, ANA_PLAYS_DUST_AT_13_05.in("FR"), ANA_PLAYS_HALO_AT_14_00);
    run(HOURS_13_AND_14);

    enrich(
        ANA_PLAYS_HALO_AT_13_59,
        BEN_PLAYS_DUST_AT_13_10,
        ANA_PLAYS_DUST_AT_13_05.in("FR"),
        ANA_PLAYS_HALO_AT_14_00);
    var loaded = run(HOURS_13_AND_14);

    assertThat(loaded.changes()).isEqualTo(new Charts.Changes(5, 2, 0));
    assertThat(revisions())
        .containsExactly(
            "13 CA final 2",
            "13 FR final 1",
            "13 GLOBAL final 2",
            "14 CA final 1",
            "14 GLOBAL final 1");
    assertThat(
            query(
                "SELECT song_id FROM chart_entry WHERE region = 'CA' AND EXTRACT(hour FROM period_start AT TIME ZONE 'UTC') = 13 ORDER BY position"))
        .containsExactly("dust", "halo");
  }

  @Test
  void flags_areOfTheirHourAndNameNobody() throws Exception {
    enrich(ELEVEN_TIMES_HALO_IN_EACH_HOUR);

    run(HOURS_13_AND_14);

    assertThat(flags())
        .containsExactly(
            "13 over_cap CA 24d4b96f58da halo 11 1 null",
            "14 over_cap CA 24d4b96f58da halo 11 1 null");
    assertThat(lakeFiles("flags/event_date=*/event_hour=*/*.parquet")).hasSize(2);
  }

  @Test
  void rerun_leavesTheSameFlagsInTheSameRowsAndBytes() throws Exception {
    enrich(ELEVEN_TIMES_HALO_IN_EACH_HOUR);
    run(HOURS_13_AND_14);
    var versions = query(EVERY_ROW_VERSION);
    var bytes = lakeFiles("flags/event_date=*/event_hour=*/*.parquet");

    run(HOURS_13_AND_14);

    assertThat(query(EVERY_ROW_VERSION)).isEqualTo(versions);
    assertThat(lakeFiles("flags/event_date=*/event_hour=*/*.parquet")).isEqualTo(bytes);
  }

  @Test
  void hourThatIsNoLongerFlagged_losesItsFlagsAndNoOtherDoes() throws Exception {
    enrich(ELEVEN_TIMES_HALO_IN_EACH_HOUR);
    run(HOURS_13_AND_14);
    enrich(
        Stream.concat(
                ANA_PLAYS_HALO_AT_13_59.times(10).stream(),
                ANA_PLAYS_HALO_AT_14_00.times(12).stream())
            .toArray(EnrichedPlay[]::new));

    run(HOURS_13_AND_14);

    assertThat(flags()).containsExactly("14 over_cap CA 24d4b96f58da halo 12 1 null");
    assertThat(lakeFiles("flags/event_date=*/event_hour=*/*.parquet")).hasSize(1);
  }

  @Test
  void versionThatExcludes_makesANextRevisionAndTheOldOneComesBackByItsRules() throws Exception {
    enrich(
        ANA_PLAYS_HALO_AT_13_59
            .at(AT_13)
            .heardFor(1_200_000)
            .times(4)
            .toArray(EnrichedPlay[]::new));
    run(HOURS_13_AND_14);

    run(HOURS_13_AND_14, CountingRules.load("3"));

    assertThat(
            query(
                "SELECT revision, rules_version, chart.plays, received, counted, excluded FROM chart JOIN balance USING (granularity, region, period_start) WHERE region = 'CA'"))
        .containsExactly("2 3 0 4 0 4");
    assertThat(flags()).containsExactly("13 impossible CA 24d4b96f58da null 4 1 80");
    run(HOURS_13_AND_14);
    assertThat(
            query(
                "SELECT revision, rules_version, received, counted, excluded FROM chart JOIN balance USING (granularity, region, period_start) WHERE region = 'CA'"))
        .containsExactly("3 1 4 4 0");
  }

  /** As charts/ was written before there was an excluded; nothing is to be revised for it. */
  @Test
  void chartsOfTheLakeWithoutExcluded_areTheSameCharts() throws Exception {
    enrich(ANA_PLAYS_HALO_AT_13_59);
    run(HOURS_13_AND_14);
    var versions = query(EVERY_ROW_VERSION);
    var folder = root + "/charts/granularity=hour/period_start=2026-11-22T13";
    var older =
        spark
            .read()
            .parquet(folder)
            .withColumn(
                "balance",
                struct(
                    "balance.received",
                    "balance.counted",
                    "balance.duplicate",
                    "balance.too_short",
                    "balance.over_cap",
                    "balance.rejected",
                    "balance.unknown_song"))
            .localCheckpoint();
    deleteParquet(folder);
    older.write().mode(SaveMode.Append).parquet(folder);

    assertThat(load(HOURS_13_AND_14).changes()).isEqualTo(new Charts.Changes(2, 0, 0));

    assertThat(query(EVERY_ROW_VERSION)).isEqualTo(versions);
  }

  @Test
  void otherRules_giveTheRangeNewRevisions() throws Exception {
    enrich(ANA_PLAYS_HALO_AT_13_59.times(12).toArray(EnrichedPlay[]::new));
    run(HOURS_13_AND_14);

    aggregate(HOURS_13_AND_14, CountingRules.load("2"));
    load(HOURS_13_AND_14);

    assertThat(query("SELECT region, revision, rules_version, plays FROM chart ORDER BY region"))
        .containsExactly("CA 2 2 12", "GLOBAL 2 2 12");
    run(HOURS_13_AND_14);
    assertThat(query("SELECT region, revision, rules_version, plays FROM chart ORDER BY region"))
        .containsExactly("CA 3 1 10", "GLOBAL 3 1 10");
  }

  @Test
  void latePlay_isCountedByTheRulesThatItsPeriodWasLastMadeBy() throws Exception {
    enrich(ELEVEN_TIMES_HALO_IN_EACH_HOUR);
    run(HOURS_13_AND_14.only(List.of(HOURS_13_AND_14.first())), CountingRules.load("2"));

    enrich(
        Stream.concat(
                ANA_PLAYS_HALO_AT_13_59.times(12).stream(),
                ANA_PLAYS_HALO_AT_14_00.times(12).stream())
            .toArray(EnrichedPlay[]::new));
    run(HOURS_13_AND_14, null);

    assertThat(
            query(
                "SELECT period_start, revision, rules_version, plays FROM chart WHERE region = 'CA' ORDER BY period_start"))
        .containsExactly("2026-11-22 13:00:00+00 2 2 12", "2026-11-22 14:00:00+00 1 1 10");
  }

  @Test
  void chartWithoutPlays_isRemoved() throws Exception {
    enrich(ANA_PLAYS_HALO_AT_13_59, ANA_PLAYS_DUST_AT_13_05.in("FR"), ANA_PLAYS_HALO_AT_14_00);
    run(HOURS_13_AND_14);
    files().delete(new Path(root, "enriched/event_date=2026-11-22/event_hour=14"), true);
    enrich(ANA_PLAYS_HALO_AT_13_59);

    var loaded = run(HOURS_13_AND_14);

    assertThat(loaded.changes().removed()).isEqualTo(3);
    assertThat(revisions()).containsExactly("13 CA final 1", "13 GLOBAL final 2");
    assertThat(query("SELECT count(*) FROM chart_entry")).containsExactly("2");
    assertThat(chartFiles()).hasSize(1);
  }

  @Test
  void rangeWithoutPlays_makesNoChart() throws Exception {
    assertThat(run(HOURS_13_AND_14).changes()).isEqualTo(Charts.Changes.NONE);
  }

  @Test
  void provisionalChart_becomesFinal() throws Exception {
    enrich(ANA_PLAYS_HALO_AT_13_59);
    run(RUNNING_HOURS_13_AND_14);
    run(HOURS_13_AND_14);

    assertThat(revisions()).containsExactly("13 CA final 2", "13 GLOBAL final 2");
  }

  @Test
  void finalPeriod_isLeftAloneByAProvisionalRun() throws Exception {
    enrich(ANA_PLAYS_HALO_AT_13_59);
    run(HOURS_13_AND_14);
    var bytes = chartFiles();
    enrich(ANA_PLAYS_HALO_AT_13_59, BEN_PLAYS_DUST_AT_13_10, ANA_PLAYS_HALO_AT_14_00);

    run(RUNNING_HOURS_13_AND_14);

    assertThat(revisions())
        .containsExactly(
            "13 CA final 1", "13 GLOBAL final 1", "14 CA provisional 1", "14 GLOBAL provisional 1");
    assertThat(chartFiles()).containsAll(bytes);
  }

  @Test
  void rangeIntoTheRunningHour_isFinalAsFarAsItIsSettled() throws Exception {
    enrich(ANA_PLAYS_HALO_AT_13_59, ANA_PLAYS_HALO_AT_14_00);

    run(HOUR_13_FINAL_AND_14_RUNNING);

    assertThat(revisions())
        .containsExactly(
            "13 CA final 1", "13 GLOBAL final 1", "14 CA provisional 1", "14 GLOBAL provisional 1");
    assertThat(query("SELECT status FROM chart_period ORDER BY period_start"))
        .containsExactly("final", "provisional");
    assertThat(stages()).containsExactly("hour_charts 2026-11-22 14:00:00");
  }

  @Test
  void aggregateAlone_leavesPostgresUntouched() throws Exception {
    enrich(ANA_PLAYS_HALO_AT_13_59);
    run(HOURS_13_AND_14);
    var versions = query(EVERY_ROW_VERSION);
    var bytes = chartFiles();
    enrich(ANA_PLAYS_HALO_AT_13_59, BEN_PLAYS_DUST_AT_13_10);

    aggregate(HOURS_13_AND_14);

    assertThat(query(EVERY_ROW_VERSION)).isNotEmpty().isEqualTo(versions);
    assertThat(chartFiles()).hasSize(1).isNotEqualTo(bytes);
  }

  @Test
  void loadAlone_bringsPostgresUpToTheLakeOnce() throws Exception {
    enrich(ANA_PLAYS_HALO_AT_13_59, ANA_PLAYS_HALO_AT_14_00);
    aggregate(HOURS_13_AND_14);

    assertThat(load(HOURS_13_AND_14).changes()).isEqualTo(new Charts.Changes(4, 4, 0));
    var versions = query(EVERY_ROW_VERSION);
    assertThat(load(HOURS_13_AND_14).changes()).isEqualTo(new Charts.Changes(4, 0, 0));

    assertThat(query(EVERY_ROW_VERSION)).isNotEmpty().isEqualTo(versions);
  }

  @Test
  void chartsThatLeftTheLake_leavePostgres() throws Exception {
    enrich(ANA_PLAYS_HALO_AT_13_59, ANA_PLAYS_HALO_AT_14_00);
    run(HOURS_13_AND_14);
    files().delete(new Path(root, HOUR_13), true);
    files().delete(new Path(root, "charts/granularity=hour/period_start=2026-11-22T13"), true);

    assertThat(load(HOURS_13_AND_14).changes()).isEqualTo(new Charts.Changes(2, 0, 2));

    assertThat(revisions()).containsExactly("14 CA final 1", "14 GLOBAL final 1");
    assertThat(query("SELECT EXTRACT(hour FROM period_start AT TIME ZONE 'UTC') FROM chart_period"))
        .containsExactly("14");
  }

  /** Were it another, every chart would get a new revision once this is installed. */
  @Test
  void contentHash_isOfTheChartAsJson() throws Exception {
    enrich(ANA_PLAYS_HALO_AT_13_59);

    run(HOURS_13_AND_14);

    assertThat(query("SELECT content_hash FROM chart WHERE region = 'CA'"))
        .containsExactly(
            sha256(
                """
                {"region":"CA","status":"final","rules_version":"1",\
                "plays":1,"listeners":1,"songs":1,\
                "balance":{"received":1,"counted":1,"duplicate":0,"too_short":0,\
                "over_cap":0,"unknown_song":0},\
                "entries":[{"position":1,"rank":1,"tied":false,"song_id":"halo",\
                "plays":1,"listeners":1}]}"""));
  }

  @Test
  void whatChartsWereMadeFrom_isRecordedWithThem() throws Exception {
    enrich(ANA_PLAYS_HALO_AT_13_59);
    put(HOUR_13 + "/_input", "event_date=2026-11-22/event_hour=13/a.parquet\n");

    run(HOURS_13_AND_14);

    assertThat(query("SELECT granularity, status, input FROM chart_period"))
        .containsExactly("hour final " + sha256("event_date=2026-11-22/event_hour=13/a.parquet\n"));
  }

  @Test
  void fileThatChangesNoChart_changesOnlyWhatTheyWereMadeFrom() throws Exception {
    enrich(ANA_PLAYS_HALO_AT_13_59);
    run(HOURS_13_AND_14);
    var before = query("SELECT input, loaded_at FROM chart_period");
    put(HOUR_13 + "/_input", "event_date=2026-11-22/event_hour=13/a.parquet\n");

    assertThat(run(HOURS_13_AND_14).changes()).isEqualTo(new Charts.Changes(2, 0, 0));

    assertThat(query("SELECT input, loaded_at FROM chart_period")).hasSize(1).isNotEqualTo(before);
  }

  @Test
  void hoursWithoutPlays_arePassedToo_andTheStageNeverGoesBack() throws Exception {
    run(HOURS_13_AND_14);
    assertThat(stages()).containsExactly("hour_charts 2026-11-22 15:00:00");
    assertThat(query("SELECT * FROM chart_period")).isEmpty();

    run(HOUR_13_FINAL_AND_14_RUNNING);
    assertThat(stages()).containsExactly("hour_charts 2026-11-22 15:00:00");
  }

  @Test
  void hoursThatAreNotSettled_passNoStage() throws Exception {
    run(RUNNING_HOURS_13_AND_14);

    assertThat(stages()).isEmpty();
  }

  @Test
  void balanceThatDoesNotAddUp_holdsTheChart() throws Exception {
    enrich(ANA_PLAYS_HALO_AT_13_59.delivered(0), ANA_PLAYS_DUST_AT_13_05.in("FR"));

    run(HOURS_13_AND_14);

    assertThat(revisions()).containsExactly("13 CA held 1", "13 FR final 1", "13 GLOBAL held 1");
    assertThat(query("SELECT status FROM chart_period")).containsExactly("final");
  }

  @Test
  void loadThatFailsMidway_leavesTheOldChartsWhole() throws Exception {
    enrich(ANA_PLAYS_HALO_AT_13_59);
    run(HOURS_13_AND_14);
    var versions = query(EVERY_ROW_VERSION);
    enrich(ANA_PLAYS_HALO_AT_13_59, BEN_PLAYS_DUST_AT_13_10);
    execute(
        """
        CREATE FUNCTION kill() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END';
        CREATE TRIGGER kill AFTER INSERT OR UPDATE ON balance FOR EACH ROW EXECUTE FUNCTION kill()""");

    try {
      assertThatThrownBy(() -> run(HOURS_13_AND_14)).isInstanceOf(SQLException.class);
    } finally {
      execute("DROP FUNCTION kill CASCADE");
    }

    assertThat(query(EVERY_ROW_VERSION)).isEqualTo(versions);
    assertThat(run(HOURS_13_AND_14).changes()).isEqualTo(new Charts.Changes(2, 2, 0));
  }

  @Test
  void songsThatAreNotKnown_areSkippedAndTheOthersLoaded() throws Exception {
    put(
        Lake.SONGS,
        """
        {"song_id": "halo", "title": "Hallo", "artist": "Ines Varga"}
        {"song_id": "nul", "title": "N\\u0000L", "artist": "Ines Varga"}
        {"song_id": "untitled", "artist": "Ines Varga"}
        {"song_id": "ancient", "title": "A", "artist": "B", "duration_ms": 0, "release_date": "0000-01-01"}
        {"song_id": "roman", "title": "A", "artist": "B", "duration_ms": -1, "release_date": "-0044-03-15"}
        {"song_id": "remote", "title": "A", "artist": "B", "duration_ms": 1, "release_date": "+10000-01-01"}
        {"song_id": "early", "title": "A", "artist": "B", "release_date": "0001-01-01"}
        {"song_id": "quote", "title": "a \\"b\\" \\\\ c\\td", "artist": "Å", "duration_ms": 1000, "release_date": "2024-03-01"}
        {"song_id": "halo", "title": "Halo", "artist": "Ines Varga"}
        """);

    run(HOURS_13_AND_14);

    assertThat(
            query("SELECT song_id, title, artist, duration_ms, release_date FROM song ORDER BY 1"))
        .containsExactly(
            "ancient A B null null",
            "early A B null 0001-01-01",
            "halo Halo Ines Varga null null",
            "quote a \"b\" \\ c\td Å 1000 2024-03-01",
            "remote A B 1 null",
            "roman A B null null");
  }

  @Test
  void correctedSong_isLoadedWithoutCounting_andTheSameCatalogueIsNotReadAgain() throws Exception {
    enrich(ANA_PLAYS_HALO_AT_13_59);
    put(Lake.SONGS, HALO.formatted("Halo"));
    run(HOURS_13_AND_14);
    var charts = query("SELECT region, revision, computed_at, content_hash FROM chart ORDER BY 1");

    put(Lake.SONGS, HALO.formatted("Hello"));
    assertThat(loadSongs()).isEqualTo(1);
    assertThat(query("SELECT song_id, title FROM song")).containsExactly("halo Hello");
    assertThat(query("SELECT region, revision, computed_at, content_hash FROM chart ORDER BY 1"))
        .isEqualTo(charts);

    execute("UPDATE song SET title = 'changed by hand'");
    assertThat(loadSongs()).isZero();
    assertThat(query("SELECT title FROM song")).containsExactly("changed by hand");
  }

  @Test
  void catalogueThatCannotBeRead_isNotTakenForLoaded() throws Exception {
    put(Lake.SONGS, "{broken\n");
    assertThatThrownBy(this::loadSongs).hasMessageContaining("catalogue/songs.jsonl");
    assertThat(query("SELECT version FROM catalogue")).isEmpty();
  }

  @Test
  void streamProgress_isTakenOver() throws Exception {
    put(Lake.STREAM_PROGRESS, "{\"complete_until\": \"2026-11-22T15:00:00Z\", \"partitions\": 6}");

    run(HOURS_13_AND_14);

    assertThat(stages())
        .containsExactly("hour_charts 2026-11-22 15:00:00", "stream 2026-11-22 15:00:00");
  }

  private Load.Loaded run(Periods periods) throws SQLException, IOException {
    return run(periods, RULES);
  }

  private Load.Loaded run(Periods periods, @Nullable CountingRules rules)
      throws SQLException, IOException {
    aggregate(periods, rules);
    return load(periods);
  }

  private Aggregation.Made aggregate(Periods periods) throws IOException {
    return aggregate(periods, RULES);
  }

  private Aggregation.Made aggregate(Periods periods, @Nullable CountingRules rules)
      throws IOException {
    var lake = new ChartLake(spark, root);
    return new Aggregation(lake, JobDescription.of(spark, Map.of())).aggregate(periods, rules);
  }

  private Load.Loaded load(Periods periods) throws SQLException, IOException {
    try (var own = database.connect()) {
      var lake = new ChartLake(spark, root);
      var load = new Load(lake, own, JobDescription.of(spark, Map.of()));
      load.loadSurroundings();
      return load.load(periods);
    }
  }

  private int loadSongs() throws SQLException, IOException {
    try (var own = database.connect()) {
      var lake = new ChartLake(spark, root);
      return new Load(lake, own, JobDescription.of(spark, Map.of())).loadSongs();
    }
  }

  private static Periods hours(String settledUntil) {
    return Periods.touching(
        Granularity.HOUR,
        Instant.parse("2026-11-22T13:00:00Z"),
        Instant.parse("2026-11-22T15:00:00Z"),
        Instant.parse(settledUntil));
  }

  private void enrich(EnrichedPlay... plays) {
    EnrichedPlay.rows(spark, List.of(plays))
        .write()
        .mode(SaveMode.Overwrite)
        .partitionBy("event_date", "event_hour")
        .parquet(root + "/" + Lake.ENRICHED);
  }

  private void put(String object, String text) throws IOException {
    try (var out = files().create(new Path(root, object))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Each Parquet file of the hour charts as text, byte by byte, in the order of the periods. */
  private List<String> chartFiles() throws IOException {
    return lakeFiles("charts/granularity=hour/period_start=*/*.parquet");
  }

  private List<String> lakeFiles(String pattern) throws IOException {
    var found = new ArrayList<String>();
    for (var file : files().globStatus(new Path(root, pattern))) {
      try (var in = files().open(file.getPath())) {
        found.add(HexFormat.of().formatHex(in.readAllBytes()));
      }
    }
    return found;
  }

  private void deleteParquet(String folder) throws IOException {
    for (var file : files().globStatus(new Path(folder, "*.parquet"))) {
      files().delete(file.getPath(), false);
    }
  }

  private FileSystem files() throws IOException {
    return new Path(root).getFileSystem(spark.sparkContext().hadoopConfiguration());
  }

  /** Such as {@code 13 CA final 1}: hour, region, status, revision. */
  private List<String> revisions() throws SQLException {
    return query(
        """
        SELECT EXTRACT(hour FROM period_start AT TIME ZONE 'UTC'), region, status, revision
        FROM chart ORDER BY period_start, region""");
  }

  /** Such as {@code 13 over_cap CA 24d4b96f58da halo 11 1 null}. */
  private List<String> flags() throws SQLException {
    return query(
        """
        SELECT EXTRACT(hour FROM hour AT TIME ZONE 'UTC'), kind, region, listener, song_id, plays,
               listeners, minutes
        FROM flag ORDER BY hour, kind""");
  }

  private List<String> stages() throws SQLException {
    return query(
        "SELECT stage, passed_until AT TIME ZONE 'UTC' FROM pipeline_stage ORDER BY stage");
  }

  private static String sha256(String text) throws NoSuchAlgorithmException {
    var digest = MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> query(String sql) throws SQLException {
    var found = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        var values = new ArrayList<String>();
        for (int i = 1; i <= columns; i++) {
          values.add(String.valueOf(rows.getString(i)));
        }
        found.add(String.join(" ", values));
      }
    }
    return found;
  }
}
