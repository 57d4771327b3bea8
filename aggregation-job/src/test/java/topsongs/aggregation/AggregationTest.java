package topsongs.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static topsongs.aggregation.EnrichedPlay.ANA_PLAYS_HALO_AT_13_59;
import static topsongs.aggregation.EnrichedPlay.ANA_PLAYS_HALO_AT_14_00;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topsongs.contract.CountingRules;
import topsongs.contract.Granularity;
import topsongs.contract.Lake;

/** What charts/ of the lake says that it was made from, on a lake in a folder. */
class AggregationTest {
  private static final String HOUR_9 = "event_date=2026-11-22/event_hour=9";
  private static final String HOUR_13 = "event_date=2026-11-22/event_hour=13";
  private static final EnrichedPlay ANA_PLAYS_HALO_AT_9 =
      ANA_PLAYS_HALO_AT_13_59.at(Instant.parse("2026-11-22T09:00:00Z"));

  private static SparkSession spark;

  @TempDir Path lake;

  @BeforeAll
  static void start() {
    spark = LocalSpark.start(Map.of());
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void hour_isMadeFromItsFiles() throws Exception {
    enrich(ANA_PLAYS_HALO_AT_13_59);
    writeInput(HOUR_13, "a.parquet", "b.parquet");

    aggregate(Granularity.HOUR);

    assertThat(input("granularity=hour/period_start=2026-11-22T13"))
        .isEqualTo(sha256(HOUR_13 + "/a.parquet\n" + HOUR_13 + "/b.parquet\n") + " final\n");
  }

  @Test
  void day_isMadeFromTheFilesOfItsHoursInOrderOfTheirPaths() throws Exception {
    enrich(ANA_PLAYS_HALO_AT_9, ANA_PLAYS_HALO_AT_13_59);
    writeInput(HOUR_9, "a.parquet");
    writeInput(HOUR_13, "b.parquet");

    aggregate(Granularity.DAY);

    assertThat(input("granularity=day/period_start=2026-11-22T00"))
        .isEqualTo(sha256(HOUR_13 + "/b.parquet\n" + HOUR_9 + "/a.parquet\n") + " provisional\n");
  }

  @Test
  void lateFile_isAnotherInputOfItsHourAndDay() throws Exception {
    enrich(ANA_PLAYS_HALO_AT_13_59);
    writeInput(HOUR_13, "a.parquet");
    aggregate(Granularity.HOUR);
    aggregate(Granularity.DAY);
    var hour = input("granularity=hour/period_start=2026-11-22T13");
    var day = input("granularity=day/period_start=2026-11-22T00");

    writeInput(HOUR_13, "a.parquet", "late.parquet");
    aggregate(Granularity.HOUR);
    aggregate(Granularity.DAY);

    assertThat(input("granularity=hour/period_start=2026-11-22T13")).isNotEqualTo(hour);
    assertThat(input("granularity=day/period_start=2026-11-22T00")).isNotEqualTo(day);
  }

  @Test
  void hourThatDoesNotSay_isMadeFromWhatNoListingGives() throws Exception {
    enrich(ANA_PLAYS_HALO_AT_9, ANA_PLAYS_HALO_AT_13_59);
    writeInput(HOUR_9, "a.parquet");

    aggregate(Granularity.DAY);

    assertThat(input("granularity=day/period_start=2026-11-22T00"))
        .startsWith(sha256(HOUR_9 + "/a.parquet\n" + "unknown " + HOUR_13 + "\n"));
  }

  @Test
  void hourWithoutPlays_hasNoCharts() throws Exception {
    enrich(ANA_PLAYS_HALO_AT_13_59, ANA_PLAYS_HALO_AT_14_00);
    aggregate(Granularity.HOUR);
    deleteFolder(lake.resolve("enriched/event_date=2026-11-22/event_hour=14"));

    aggregate(Granularity.HOUR);

    assertThat(lake.resolve("charts/granularity=hour"))
        .isDirectoryContaining("glob:**T13")
        .isDirectoryNotContaining("glob:**T14");
  }

  /** So a run that is cut short after its rows leaves no record that is not theirs. */
  @Test
  void chartsThatAreReplaced_takeTheirOldRecordWithThem() throws Exception {
    enrich(ANA_PLAYS_HALO_AT_13_59);
    aggregate(Granularity.HOUR);
    var folder = lake.resolve("charts/granularity=hour/period_start=2026-11-22T13");
    Files.writeString(folder.resolve("_older"), "");

    aggregate(Granularity.HOUR);

    assertThat(folder).isDirectoryContaining("glob:**/_input");
    assertThat(folder).isDirectoryNotContaining("glob:**/_older");
  }

  /** Until 15:00, of which everything before 14:00 is settled. */
  private void aggregate(Granularity granularity) throws IOException {
    var periods =
        Periods.touching(
            granularity,
            Instant.parse("2026-11-22T13:00:00Z"),
            Instant.parse("2026-11-22T15:00:00Z"),
            Instant.parse("2026-11-22T14:00:00Z"));
    new Aggregation(
            new ChartLake(spark, lake.toUri().toString()), JobDescription.of(spark, Map.of()))
        .aggregate(periods, CountingRules.load("1"));
  }

  private void enrich(EnrichedPlay... plays) {
    EnrichedPlay.rows(spark, List.of(plays))
        .write()
        .mode(SaveMode.Overwrite)
        .partitionBy("event_date", "event_hour")
        .parquet(lake.resolve(Lake.ENRICHED).toString());
  }

  private void writeInput(String hour, String... files) throws IOException {
    var lines = List.of(files).stream().map(file -> hour + "/" + file + "\n").toList();
    Files.writeString(
        lake.resolve(Lake.ENRICHED).resolve(hour).resolve("_input"), String.join("", lines));
  }

  private String input(String charts) throws IOException {
    return Files.readString(lake.resolve(Lake.CHARTS).resolve(charts).resolve("_input"));
  }

  private static void deleteFolder(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private static String sha256(String text) throws NoSuchAlgorithmException {
    var digest = MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
