package topsongs.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static topsongs.launcher.DagRuns.BACKFILL;
import static topsongs.launcher.DagRuns.DAILY;
import static topsongs.launcher.DagRuns.HOURLY;
import static topsongs.launcher.DagRuns.MAINTENANCE;

import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The journey, and beside it how the runs of the DAGs go: killed, failed, with nothing to do. */
abstract class PipelineJourney extends Journey {
  private static final int TRIES = 3;
  private static final byte[] NOT_READ = "not read by anyone".getBytes(StandardCharsets.UTF_8);

  PipelineJourney(RunningStack stack) {
    super(stack);
  }

  @Test
  void hourlyAndDailyRuns_closeTheirPeriods_evenWhenKilledInMidTask() throws Exception {
    var day = daysAgo(6);
    var hour = day.plus(20, ChronoUnit.HOURS);
    var truth = folder.resolve("hourly.jsonl");
    assertThat(history(stack, hour, hour.plus(1, ChronoUnit.HOURS), 5_000, truth)).isZero();
    stack.awaitStream();

    var runs = new DagRuns(stack.airflow());
    var hourly = runs.start(HOURLY, hour, hour.plus(1, ChronoUnit.HOURS));
    runs.awaitTask(HOURLY, hourly, "enrich", "running");
    stack.killTask("topsongs.enrichment.EnrichmentJob");
    assertThat(runs.end(HOURLY, hourly)).isEqualTo("success");
    assertThat(runs.task(HOURLY, hourly, "enrich").path("try_number").asInt()).isEqualTo(2);
    var daily = runs.start(DAILY, day, day.plus(1, ChronoUnit.DAYS));
    assertThat(runs.end(DAILY, daily)).isEqualTo("success");

    var chart = api.chartBody("GLOBAL", "hour", hour);
    assertThat(TopSongsApi.json(chart).path("status").asText()).isEqualTo("final");
    assertThat(api.chart("GLOBAL", "day", day).path("status").asText()).isEqualTo("final");
    verify(truth);

    runs.clearAndAwait(HOURLY, hourly);
    assertThat(api.chartBody("GLOBAL", "hour", hour)).isEqualTo(chart);
  }

  /** An hour in which nobody listened has no chart, and nothing is wrong. */
  @Test
  void hourWithoutPlays_startsNoJob() throws Exception {
    var hour = daysAgo(13).plus(3, ChronoUnit.HOURS);
    var runs = new DagRuns(stack.airflow());
    var run = runs.start(HOURLY, hour, hour.plus(1, ChronoUnit.HOURS));
    assertThat(runs.end(HOURLY, run)).isEqualTo("success");
    assertThat(runs.task(HOURLY, run, "enrich").path("state").asText()).isEqualTo("skipped");
  }

  @Test
  void failedRun_saysWhyInTheStatus_untilItIsMended() throws Exception {
    var hour = daysAgo(12).plus(5, ChronoUnit.HOURS);
    var runs = new DagRuns(stack.airflow());
    var to = hour.plusSeconds(3600).toString();
    var run = runs.start(BACKFILL, Map.of("from", hour.plusSeconds(7).toString(), "to", to));
    assertThat(runs.end(BACKFILL, run)).isEqualTo("failed");

    Awaitility.await("the status to say it")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              var failed = api.runOf(BACKFILL);
              assertThat(failed.path("run_id").asText()).isEqualTo(run);
              assertThat(failed.path("status").asText()).isEqualTo("failed");
              assertThat(failed.path("message").asText())
                  .startsWith("Cannot backfill: from must be a full UTC hour");
            });
    var mended = runs.start(BACKFILL, Map.of("from", hour.toString(), "to", to));
    assertThat(runs.end(BACKFILL, mended)).isEqualTo("success");
    Awaitility.await("the status to forget it")
        .atMost(Duration.ofMinutes(1))
        .until(() -> api.runOf(BACKFILL).path("status").asText().equals("success"));
  }

  @Test
  void lakeMaintenance_removesExpiredPlays_butNotInADryRun() throws Exception {
    var runs = new DagRuns(stack.airflow());
    runs.turnOn(MAINTENANCE, Map.of("dry_run", true));
    var expired = "plays/event_date=2020-02-29/event_hour=3/part-0.parquet";
    var inUse = "plays/_temporary/0/task_0/part-0.parquet";
    var lake = new LakeObjects(stack.lake());
    lake.put(Map.of(expired, NOT_READ, inUse, NOT_READ));
    var before = lake.plays();

    var dry = runs.start(MAINTENANCE, Map.of("dry_run", true));
    assertThat(runs.end(MAINTENANCE, dry)).isEqualTo("success");
    assertThat(lake.plays()).isEqualTo(before);

    var run = runs.start(MAINTENANCE, Map.of());
    assertThat(runs.end(MAINTENANCE, run)).isEqualTo("success");
    before.remove(expired);
    assertThat(lake.plays()).isEqualTo(before).contains(inUse);
  }

  @Test
  void unknownSong_isChartedUnderItsId_andHasItsTitleOnceItIsPut_withoutBeingCounted()
      throws Exception {
    var hour = daysAgo(9).plus(11, ChronoUnit.HOURS);
    var song = "unreleased-" + System.currentTimeMillis();
    var play = TopSongsApi.play("hal-" + song, song, "NO", hour.plusSeconds(60), 200_000);
    assertThat(api.post(play).statusCode()).isEqualTo(202);
    stack.awaitStream();
    stack.chart(hour, hour.plus(1, ChronoUnit.HOURS));
    assertThat(titles(song, hour)).containsOnly("none");
    var past = daysAgo(1);
    var revisions = api.revisions(past);

    var put = api.putSong(song, "{\"title\": \"Out at Last\", \"artist\": \"Hal\"}");
    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    new DagRuns(stack.airflow()).restate();

    assertThat(titles(song, hour)).containsOnly("Out at Last");
    assertThat(api.revisions(past)).isEqualTo(revisions);
  }

  /** Of the song in the charts of the hour and its day, in its region and the world. */
  private List<String> titles(String songId, Instant hour) throws Exception {
    var titles = new ArrayList<String>();
    for (var region : List.of("NO", "GLOBAL")) {
      for (var granularity : List.of("hour", "day")) {
        for (var entry : api.chart(region, granularity, hour).path("entries")) {
          if (entry.at("/song/song_id").asText().equals(songId)) {
            titles.add(entry.at("/song/title").asText("none"));
          }
        }
      }
    }
    assertThat(titles).hasSize(4);
    return titles;
  }

  /** What the lake and the database say of each other, in SQL that no job shares. */
  @Test
  void recountOfTheLake_agreesWithEveryChart_andFindsATamperedRowAndALostFile() throws Exception {
    var hour = scene().hourInTwoRegions();
    stack.awaitStream();
    new DagRuns(stack.airflow()).restate();
    var honest = stack.recount();
    assertThat(honest.exitCode()).as(honest.said()).isZero();
    assertThat(honest.said()).contains(": 0 charts differ");

    var lake = new LakeObjects(stack.lake());
    addToTheNumberOne("SE", hour, 1);
    var lost = lake.removePlays(scene().hourToBeLost());
    try {
      var tampered = stack.recount();
      assertThat(tampered.exitCode()).isEqualTo(1);
      assertThat(tampered.said())
          .contains("SE hour " + hour, "IS hour " + scene().hourToBeLost())
          .contains("position 1 plays: expected ", "chart: expected none, got 1 plays");
    } finally {
      lake.put(lost);
      addToTheNumberOne("SE", hour, -1);
    }
  }

  /** By its own rules a chart is what serving-api counts in the lake; by others it may not be. */
  @Test
  void whatTheLakeSays_isTheChart_andWhyItsNumberOneIs() throws Exception {
    var evidence = new LakeEvidence(stack);
    evidence.assertIsTheChart("CA", "hour", scene().hour(13));
    evidence.assertIsTheChart("GLOBAL", "hour", scene().hour(19));
    evidence.assertIsTheChart("GLOBAL", "day", scene().day());
  }

  @Test
  void playPostedAt1359_isFollowedFromKafka_overItsFile_intoItsCharts() throws Exception {
    var scene = scene();
    var evidence = new LakeEvidence(stack);
    var id = scene.playOf1359().toString();
    var play = evidence.deliveredOnce(id, scene.timeOf1359());
    var delivery = play.at("/deliveries/0");
    assertThat(evidence.record(delivery)).contains(id);
    assertThat(new LakeObjects(stack.lake()).plays()).contains(delivery.path("file").asText());
    assertThat(delivery.path("file").asText()).contains("/event_hour=13/");
    assertThat(play.toString()).doesNotContain("ana-");
    assertThat(play.path("charts")).hasSize(4);
    for (var charted : play.path("charts")) {
      var region = charted.path("region").asText();
      var chart = api.chart(region, charted.path("granularity").asText(), scene.timeOf1359());
      assertThat(charted.path("outcome").asText()).isEqualTo("counted");
      assertThat(charted.path("revision")).isEqualTo(chart.path("revision"));
      assertThat(charted.path("status").asText()).isEqualTo("final");
    }
  }

  private void addToTheNumberOne(String region, Instant hour, int plays) throws Exception {
    var update =
        """
        UPDATE chart_entry SET plays = plays + ?
        WHERE granularity = 'hour' AND region = ? AND period_start = ? AND position = 1""";
    try (var database = stack.database();
        var row = database.prepareStatement(update)) {
      row.setInt(1, plays);
      row.setString(2, region);
      row.setTimestamp(3, Timestamp.from(hour));
      assertThat(row.executeUpdate()).isEqualTo(1);
    }
  }

  /**
   * What a job itself said is where a person looks: its log's end, the status; and no chart is
   * lost.
   */
  @Test
  void hourWhosePlaysAreGone_failsInItsOwnWords_andKeepsItsChart() throws Exception {
    var hour = scene().hourToBeLost();
    var chart = api.chartBody("IS", "hour", hour);
    var lake = new LakeObjects(stack.lake());
    var lost = lake.removePlays(hour);
    try {
      var runs = new DagRuns(stack.airflow());
      var form =
          Map.<String, Object>of("from", hour.toString(), "to", hour.plusSeconds(3600).toString());
      var run = runs.start(BACKFILL, form);
      assertThat(runs.end(BACKFILL, run)).isEqualTo("failed");

      var said = "again: plays that it was made from have left the lake";
      assertThat(runs.endOfLog(BACKFILL, run, "enrich", TRIES))
          .contains("Cannot enrich")
          .contains(said);
      Awaitility.await("the status to say it")
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () -> assertThat(api.runOf(BACKFILL).path("message").asText()).contains(said));
      assertThat(api.chartBody("IS", "hour", hour)).isEqualTo(chart);
    } finally {
      lake.put(lost); // The journey goes over this hour again.
    }
  }
}
