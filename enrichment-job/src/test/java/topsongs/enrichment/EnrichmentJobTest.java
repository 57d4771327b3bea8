package topsongs.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static topsongs.enrichment.Play.ANA_PLAYS_HALO_AT_13_59;
import static topsongs.enrichment.Play.ANA_PLAYS_HALO_AT_14_00;
import static topsongs.enrichment.Play.BEN_PLAYS_DUST_AT_13_10;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import topsongs.contract.Lake;
import topsongs.contract.TestServer;

/** The job as it is run, in a process of its own, on a real object store. */
class EnrichmentJobTest {
  private static final String[] HOUR_13 = {
    "--from=2026-11-22T13:00Z", "--to=2026-11-22T14:00:00+00:00"
  };

  private static final String[] HOURS_13_AND_14 = {
    "--from=2026-11-22T13:00Z", "--to=2026-11-22T15:00Z"
  };

  private static TestServer objectStore;
  private static SparkSession spark;
  private static int lakes;

  private String root = "";

  @BeforeAll
  static void start() {
    objectStore = TestServer.objectStore();
    var settings = new SparkConf().setMaster("local[1]").set("spark.ui.enabled", "false");
    Lake.sparkSettings(objectStore.lakeEnvironment()).forEach(settings::set);
    spark = SparkSession.builder().config(settings).getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
    objectStore.close();
  }

  @BeforeEach
  void takeAnEmptyLake() {
    root = "s3a://%s/lake-%d".formatted(Lake.BUCKET, lakes++);
  }

  @Test
  void rangeOfOneHour_readsThePlaysOfThatHourOnly() throws IOException {
    var again = ANA_PLAYS_HALO_AT_13_59.receivedAt(ANA_PLAYS_HALO_AT_13_59.receivedAt(), 0, 8);
    deliver(ANA_PLAYS_HALO_AT_13_59, ANA_PLAYS_HALO_AT_13_59, again);
    put("plays/event_date=2026-11-22/event_hour=14/part-0.parquet", "not Parquet");

    var run = enrich(HOUR_13);

    assertThat(run.output())
        .contains("No catalogue at " + root)
        .containsPattern("Enriched .*: 1 plays from 2 deliveries \\(1 duplicates\\) in ");
    assertThat(run.exitCode()).isZero();
    assertThat(enriched()).containsExactly("ana-1 13 2 null");
  }

  @Test
  void rerun_replacesItsHoursAndNoOther() throws IOException {
    deliver(ANA_PLAYS_HALO_AT_13_59, ANA_PLAYS_HALO_AT_14_00);
    assertThat(enrich(HOURS_13_AND_14).exitCode()).isZero();
    deliver(BEN_PLAYS_DUST_AT_13_10);
    put(Lake.SONGS, "{\"song_id\": \"dust\", \"title\": \"Dust\", \"artist\": \"Ines Varga\"}\n");

    assertThat(enrich(HOUR_13).exitCode()).isZero();

    assertThat(enriched()).containsExactly("ana-1 13 1 null", "ana-2 14 1 null", "ben-1 13 1 Dust");
  }

  @Test
  void eachHour_saysFromWhichFilesItWasMade() throws IOException {
    deliver(ANA_PLAYS_HALO_AT_13_59, ANA_PLAYS_HALO_AT_14_00);
    deliver(BEN_PLAYS_DUST_AT_13_10);

    enrich(HOURS_13_AND_14);

    assertThat(input(13)).hasSize(2).isEqualTo(playFiles(13));
    assertThat(input(14)).hasSize(1).isEqualTo(playFiles(14));
  }

  @Test
  void lateFile_isSaidOnceItsHourIsEnrichedAgain() throws IOException {
    deliver(ANA_PLAYS_HALO_AT_13_59, ANA_PLAYS_HALO_AT_14_00);
    enrich(HOURS_13_AND_14);
    var before = input(14);
    put("plays/event_date=2026-11-22/event_hour=13/_hidden.parquet", "not Parquet");
    deliver(BEN_PLAYS_DUST_AT_13_10, ANA_PLAYS_HALO_AT_14_00);

    enrich(HOUR_13);

    assertThat(input(13)).hasSize(2).isEqualTo(playFiles(13));
    assertThat(input(14)).isEqualTo(before).isNotEqualTo(playFiles(14));
  }

  /** So a run that is cut short after its rows leaves no record that is not theirs. */
  @Test
  void hourThatIsReplaced_takesItsOldRecordWithIt() throws IOException {
    deliver(ANA_PLAYS_HALO_AT_13_59);
    put("enriched/event_date=2026-11-22/event_hour=13/_older", "");

    enrich(HOUR_13);

    var folder = new Path(root, "enriched/event_date=2026-11-22/event_hour=13");
    assertThat(files().exists(new Path(folder, "_older"))).isFalse();
    assertThat(files().exists(new Path(folder, "_input"))).isTrue();
  }

  @Test
  void fileWithAnUnusualName_isSaidAsItIsCalled() throws IOException {
    deliver(ANA_PLAYS_HALO_AT_13_59);
    var folder = new Path(root, "plays/event_date=2026-11-22/event_hour=13");
    files().rename(new Path(root, "plays/" + playFiles(13).get(0)), new Path(folder, "a b%20ü"));

    enrich(HOUR_13);

    assertThat(input(13)).containsExactly("event_date=2026-11-22/event_hour=13/a b%20ü");
  }

  @Test
  void hourWithoutPlays_endsUpEmpty() throws IOException {
    deliver(ANA_PLAYS_HALO_AT_14_00);
    put("enriched/event_date=2026-11-22/event_hour=13/part-of-a-run-cut-short", "");

    var run = enrich(HOUR_13);

    assertThat(run.output()).contains("0 plays from 0 deliveries");
    var folder = new Path(root, "enriched/event_date=2026-11-22/event_hour=13");
    assertThat(files().exists(folder)).isFalse();
  }

  /** Its retention is over: what was counted while they were there is the better answer. */
  @Test
  void hourSomeOfWhosePlaysHaveLeftTheLake_isRefusedAndStaysAsItIs() throws IOException {
    deliver(ANA_PLAYS_HALO_AT_13_59, ANA_PLAYS_HALO_AT_14_00);
    deliver(BEN_PLAYS_DUST_AT_13_10);
    assertThat(enrich(HOURS_13_AND_14).exitCode()).isZero();
    var before = enriched();
    files().delete(new Path(root, "plays/" + playFiles(13).get(0)), false);

    var run = enrich(HOURS_13_AND_14);

    assertThat(run.exitCode()).isOne();
    assertThat(run.lastLine())
        .startsWith("Cannot enrich event_date=2026-11-22/event_hour=13 again: plays that it was");
    assertThat(enriched()).isEqualTo(before);
  }

  @Test
  void brokenCatalogue_isAClearErrorAndChangesNothing() throws IOException {
    deliver(ANA_PLAYS_HALO_AT_13_59);
    put(Lake.SONGS, "{\"song_id\": \n");

    var run = enrich(HOUR_13);

    assertThat(run.exitCode()).isOne();
    assertThat(run.lastLine()).startsWith("Cannot enrich plays: ");
    assertThat(files().exists(new Path(root, Lake.ENRICHED))).isFalse();
  }

  @Test
  void halfHour_isAUsageError() throws IOException {
    var run = enrich("--from=2026-11-22T13:30:00Z", "--to=2026-11-22T14:00:00Z");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.lastLine())
        .isEqualTo("Cannot take range: --from must be a full hour, got 2026-11-22T13:30:00Z");
  }

  private void deliver(Play... plays) {
    Play.rows(spark, plays)
        .write()
        .mode(SaveMode.Append)
        .partitionBy("event_date", "event_hour")
        .parquet(root + "/" + Lake.PLAYS);
  }

  private void put(String object, String text) throws IOException {
    try (var out = files().create(new Path(root, object))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The lines of what the hour says that it was made from. */
  private List<String> input(int hour) throws IOException {
    var object = "enriched/event_date=2026-11-22/event_hour=%d/_input".formatted(hour);
    try (var in = files().open(new Path(root, object))) {
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(text).endsWith("\n");
      return text.lines().toList();
    }
  }

  /** The hour's files of plays/ as a listing of that folder gives them, in order. */
  private List<String> playFiles(int hour) throws IOException {
    var folder = "event_date=2026-11-22/event_hour=%d/".formatted(hour);
    return Stream.of(files().listStatus(new Path(root, "plays/" + folder)))
        .map(file -> file.getPath().getName())
        .filter(name -> !name.startsWith("_"))
        .map(name -> folder + name)
        .sorted()
        .toList();
  }

  private FileSystem files() throws IOException {
    return new Path(root).getFileSystem(spark.sparkContext().hadoopConfiguration());
  }

  private List<String> enriched() {
    return spark
        .read()
        .schema(Lake.ENRICHED_SCHEMA)
        .parquet(root + "/" + Lake.ENRICHED)
        .orderBy("event_id")
        .selectExpr("concat_ws(' ', event_id, event_hour, deliveries, coalesce(title, 'null'))")
        .as(Encoders.STRING())
        .collectAsList();
  }

  private record Run(int exitCode, String output) {
    String lastLine() {
      return output.lines().reduce((earlier, later) -> later).orElse("");
    }
  }

  private Run enrich(String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(java.nio.file.Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-Dspark.master=local[2]", "-Dspark.ui.enabled=false"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(EnrichmentJob.class.getName());
    command.addAll(List.of(arguments));
    var job = new ProcessBuilder(command).redirectErrorStream(true);
    job.environment().putAll(objectStore.lakeEnvironment());
    job.environment().put("TOP_SONGS_LAKE", root);
    var process = job.start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.onExit().join().exitValue(), output);
  }
}
