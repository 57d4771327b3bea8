package topsongs.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assumptions.assumeThat;
import static topsongs.launcher.DagRuns.BACKFILL;
import static topsongs.launcher.DagRuns.DAILY;
import static topsongs.launcher.DagRuns.HOURLY;
import static topsongs.launcher.DagRuns.MAINTENANCE;
import static topsongs.launcher.DagRuns.RESTATE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topsongs.contract.Lake;

/**
 * What every way of running the stack must do, told by URLs and commands alone. Each test has a day
 * of its own, so that they can share one stack.
 */
abstract class Journey {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  @TempDir static Path folder;

  /** Where plays go in, charts come out, and a person looks. */
  abstract URI ingestion();

  abstract URI serving();

  abstract URI dashboard();

  abstract String apiKey();

  /** Airflow, whose DAGs chart. Their schedule is off: a test runs what it needs. */
  abstract AirflowApi airflow();

  /** The truth file of the history that the stack made for itself when it started. */
  abstract Path truthOfTheFirstHistory();

  /** Waits until all plays accepted so far are in the lake. */
  abstract void awaitStream() throws Exception;

  /** Runs the jobs over the range, as its schedule would. */
  abstract void chart(Instant from, Instant to) throws Exception;

  /** Runs the simulator to its end and returns its exit code. */
  abstract int simulate(String... arguments) throws Exception;

  /**
   * Ends a running part of the stack without a warning, and waits until the stack has started it
   * again.
   */
  abstract void kill(String part) throws Exception;

  /** The object store, as its owner sees it. */
  abstract MinioClient lake() throws Exception;

  /** Ends without a warning the task that runs a Spark job, when the job is well under way. */
  abstract void killTask(String mainClass) throws Exception;

  @Test
  void firstHistory_equalsItsTruth_inEveryRegionHourAndDay() throws Exception {
    assertThat(truthOfTheFirstHistory()).isNotEmptyFile();
    assertThat(simulate("verify", "--truth=" + truthOfTheFirstHistory())).isZero();
  }

  @Test
  void streamKilledInMidLoad_chartsStillEqualTheTruth() throws Exception {
    assertThat(simulate("catalogue", "publish")).isZero();
    var from = daysAgo(10);
    var to = from.plus(1, ChronoUnit.DAYS);
    var truth = folder.resolve("killed-stream.jsonl");
    long before = playsAccepted();
    var load = CompletableFuture.supplyAsync(() -> postHistory(from, to, truth));
    for (int kills = 0; kills < 3; kills++) {
      long enough = before + 20_000;
      Awaitility.await("the load")
          .atMost(Duration.ofMinutes(2))
          .until(() -> playsAccepted() > enough);
      assertThat(kills > 0 || !load.isDone()).as("killed in mid-load").isTrue();
      kill("streaming-job");
    }
    assertThat(load.get(5, TimeUnit.MINUTES)).isZero();
    awaitStream();
    chart(from, to);
    assertThat(simulate("verify", "--truth=" + truth)).isZero();
  }

  @Test
  void playPostedAt1359_appearsInThe1300Chart() throws Exception {
    var day = daysAgo(7);
    var anaPlaysHaloAt1359 =
        play("ana", "halo", "CA", day.plusSeconds(13 * 3600 + 59 * 60 + 59), 200_000);
    assertThat(post(anaPlaysHaloAt1359).statusCode()).isEqualTo(202);

    awaitStream();
    chart(day.plus(12, ChronoUnit.HOURS), day.plus(15, ChronoUnit.HOURS));

    assertThat(getChart("CA", "day", day).path("status").asText()).isEqualTo("final");
    var chart = getChart("CA", "hour", day.plus(13, ChronoUnit.HOURS));
    assertThat(chart.path("entries").path(0).path("song").path("song_id").asText())
        .isEqualTo("halo");
    assertThat(chart.path("entries").path(0).path("plays").asLong()).isEqualTo(1);
    assertThat(get("/v1/charts/CA/hour?at=" + day.plus(14, ChronoUnit.HOURS)).statusCode())
        .isEqualTo(404);
    assertThat(
            getChart("GLOBAL", "hour", day.plus(13, ChronoUnit.HOURS))
                .path("totals")
                .path("plays")
                .asLong())
        .isEqualTo(1);
  }

  @Test
  void samePlayTwice_countsOnce_andRerunningChangesNothing() throws Exception {
    var day = daysAgo(6);
    var play = play("ben", "halo", "NZ", day.plusSeconds(3600), 200_000);
    assertThat(post(play).statusCode()).isEqualTo(202);
    assertThat(post(play).statusCode()).isEqualTo(202);

    awaitStream();
    chart(day, day.plus(1, ChronoUnit.DAYS));

    var first = get("/v1/charts/NZ/day?at=" + day).body();
    var balance = JSON.readTree(first).path("balance");
    assertThat(balance.path("received").asLong()).isEqualTo(2);
    assertThat(balance.path("counted").asLong()).isEqualTo(1);
    assertThat(balance.path("duplicate").asLong()).isEqualTo(1);

    chart(day, day.plus(1, ChronoUnit.DAYS));
    assertThat(get("/v1/charts/NZ/day?at=" + day).body()).isEqualTo(first);
  }

  /** Two days by hand: three job runs, whatever the range. */
  @Test
  void backfillOf48Hours_isThreeJobRuns_andEqualsTheTruth() throws Exception {
    var from = daysAgo(4);
    var to = from.plus(2, ChronoUnit.DAYS);
    var truth = folder.resolve("backfill.jsonl");
    assertThat(simulate("catalogue", "publish")).isZero();
    assertThat(history(from, to, 20_000, truth)).isZero();
    awaitStream();

    var runs = new DagRuns(airflow());
    var run = runs.start(BACKFILL, Map.of("from", from.toString(), "to", to.toString()));
    assertThat(runs.end(BACKFILL, run)).isEqualTo("success");
    assertThat(runs.jobs(BACKFILL, run)).containsExactlyInAnyOrder("enrich", "aggregate", "load");
    assertThat(simulate("verify", "--truth=" + truth)).isZero();

    var before = get("/v1/charts/GLOBAL/day?at=" + from).body();
    runs.clearAndAwait(BACKFILL, run);
    assertThat(get("/v1/charts/GLOBAL/day?at=" + from).body()).isEqualTo(before);
    assertThat(simulate("verify", "--truth=" + truth)).isZero();
  }

  @Test
  void hourlyAndDailyRuns_closeTheirPeriods_evenWhenKilledInMidTask() throws Exception {
    var day = daysAgo(9);
    var hour = day.plus(20, ChronoUnit.HOURS);
    var truth = folder.resolve("hourly.jsonl");
    assertThat(simulate("catalogue", "publish")).isZero();
    assertThat(history(hour, hour.plus(1, ChronoUnit.HOURS), 5_000, truth)).isZero();
    awaitStream();

    var runs = new DagRuns(airflow());
    var hourly = runs.start(HOURLY, hour, hour.plus(1, ChronoUnit.HOURS));
    runs.awaitTask(HOURLY, hourly, "enrich", "running");
    killTask("topsongs.enrichment.EnrichmentJob");
    assertThat(runs.end(HOURLY, hourly)).isEqualTo("success");
    assertThat(runs.task(HOURLY, hourly, "enrich").path("try_number").asInt()).isEqualTo(2);
    assertThat(getChart("GLOBAL", "hour", hour).path("status").asText()).isEqualTo("final");
    assertThat(get("/v1/charts/GLOBAL/day?at=" + day).statusCode()).isEqualTo(404);

    var daily = runs.start(DAILY, day, day.plus(1, ChronoUnit.DAYS));
    assertThat(runs.end(DAILY, daily)).isEqualTo("success");
    assertThat(getChart("GLOBAL", "day", day).path("status").asText()).isEqualTo("final");
    assertThat(simulate("verify", "--truth=" + truth)).isZero();

    var before = get("/v1/charts/GLOBAL/hour?limit=100&at=" + hour).body();
    runs.clearAndAwait(HOURLY, hourly);
    assertThat(get("/v1/charts/GLOBAL/hour?limit=100&at=" + hour).body()).isEqualTo(before);
  }

  /** An hour in which nobody listened has no chart, and nothing is wrong. */
  @Test
  void hourWithoutPlays_startsNoJob() throws Exception {
    var hour = daysAgo(13).plus(3, ChronoUnit.HOURS);
    var runs = new DagRuns(airflow());
    var run = runs.start(HOURLY, hour, hour.plus(1, ChronoUnit.HOURS));
    assertThat(runs.end(HOURLY, run)).isEqualTo("success");
    assertThat(runs.task(HOURLY, run, "enrich").path("state").asText()).isEqualTo("skipped");
  }

  @Test
  void latePlay_givesItsHourAndDayANewRevision_andNoOtherChart() throws Exception {
    var day = daysAgo(11);
    var hour = day.plus(6, ChronoUnit.HOURS);
    var plays = new ArrayList<String>();
    for (int n = 0; n < 8; n++) { // Below the cap in each region, over it in the world.
      plays.add(play("eva", "halo", "FI", hour.plusSeconds(60 + n), 200_000));
      plays.add(play("eva", "halo", "SE", hour.plusSeconds(60 + n), 200_000));
    }
    plays.add(play("eva", "halo", "FI", hour.plusSeconds(4_000), 200_000));
    assertThat(postBatch("{\"plays\":[" + String.join(",", plays) + "]}").statusCode())
        .isEqualTo(202);
    awaitStream();
    chart(day, day.plus(1, ChronoUnit.DAYS));
    var runs = new DagRuns(airflow());
    runs.restate();
    var before = revisions();

    assertThat(post(play("fay", "halo", "FI", hour.plusSeconds(120), 200_000)).statusCode())
        .isEqualTo(202);
    awaitStream();
    runs.restate();

    var after = revisions();
    var changed = new TreeMap<>(after);
    changed.entrySet().removeAll(before.entrySet());
    assertThat(changed)
        .containsOnly(
            entry("hour FI " + hour, 2),
            entry("hour GLOBAL " + hour, 2),
            entry("day FI " + day, 2),
            entry("day GLOBAL " + day, 2));
    assertThat(after.keySet()).isEqualTo(before.keySet());
  }

  @Test
  void failedRun_saysWhyInTheStatus_untilItIsMended() throws Exception {
    var hour = daysAgo(12).plus(5, ChronoUnit.HOURS);
    var runs = new DagRuns(airflow());
    var to = hour.plusSeconds(3600).toString();
    var run = runs.start(BACKFILL, Map.of("from", hour.plusSeconds(7).toString(), "to", to));
    assertThat(runs.end(BACKFILL, run)).isEqualTo("failed");

    Awaitility.await("the status to say it")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              var failed = runOf(BACKFILL);
              assertThat(failed.path("run_id").asText()).isEqualTo(run);
              assertThat(failed.path("status").asText()).isEqualTo("failed");
              assertThat(failed.path("message").asText())
                  .startsWith("Cannot backfill: from must be a full UTC hour");
            });
    var mended = runs.start(BACKFILL, Map.of("from", hour.toString(), "to", to));
    assertThat(runs.end(BACKFILL, mended)).isEqualTo("success");
    Awaitility.await("the status to forget it")
        .atMost(Duration.ofMinutes(1))
        .until(() -> runOf(BACKFILL).path("status").asText().equals("success"));
  }

  @Test
  void lakeMaintenance_removesExpiredPlays_butNotInADryRun() throws Exception {
    var runs = new DagRuns(airflow());
    runs.turnOn(MAINTENANCE, Map.of("dry_run", true));
    var expired = "plays/event_date=2020-02-29/event_hour=3/part-0.parquet";
    var inUse = "plays/_temporary/0/task_0/part-0.parquet";
    put(expired);
    put(inUse);
    var before = objects();

    var dry = runs.start(MAINTENANCE, Map.of("dry_run", true));
    assertThat(runs.end(MAINTENANCE, dry)).isEqualTo("success");
    assertThat(objects()).isEqualTo(before);

    var run = runs.start(MAINTENANCE, Map.of());
    assertThat(runs.end(MAINTENANCE, run)).isEqualTo("success");
    before.remove(expired);
    assertThat(objects()).isEqualTo(before).contains(inUse);
  }

  /**
   * What a job itself said is where a person looks: its log's end, the status; and no chart is
   * lost.
   */
  @Test
  void hourWhosePlaysAreGone_failsInItsOwnWords_andKeepsItsChart() throws Exception {
    var hour = daysAgo(2).plus(5, ChronoUnit.HOURS);
    var play = play("gus", "halo", "IS", hour.plusSeconds(60), 200_000);
    assertThat(post(play).statusCode()).isEqualTo(202);
    awaitStream();
    chart(hour, hour.plusSeconds(3600));
    var chart = get("/v1/charts/IS/hour?at=" + hour).body();
    for (var name : objects()) {
      if (name.startsWith(
          "plays/event_date=%s/event_hour=5/".formatted(hour.toString().substring(0, 10)))) {
        lake().removeObject(RemoveObjectArgs.builder().bucket(Lake.BUCKET).object(name).build());
      }
    }

    var runs = new DagRuns(airflow());
    var form =
        Map.<String, Object>of("from", hour.toString(), "to", hour.plusSeconds(3600).toString());
    var run = runs.start(BACKFILL, form);
    assertThat(runs.end(BACKFILL, run)).isEqualTo("failed");

    var said = "again: plays that it was made from have left the lake";
    assertThat(runs.endOfLog(BACKFILL, run, "enrich", 3)).contains("Cannot enrich").contains(said);
    Awaitility.await("the status to say it")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(runOf(BACKFILL).path("message").asText()).contains(said));
    assertThat(get("/v1/charts/IS/hour?at=" + hour).body()).isEqualTo(chart);
  }

  @Test
  void airflow_hasTheFiveDags_withoutImportErrors() throws Exception {
    assertThat(airflow().get("/dags").findValuesAsText("dag_id"))
        .contains(HOURLY, DAILY, BACKFILL, RESTATE, MAINTENANCE);
    assertThat(airflow().get("/importErrors").path("total_entries").asInt()).isZero();
  }

  @Test
  void badInput_getsItsDocumentedAnswer_andTheGoodPlaysAreCharted() throws Exception {
    var day = daysAgo(8);
    var good = play("cho", "halo", "KR", day.plusSeconds(60), 200_000);

    assertThat(post("{\"event_id\": ").statusCode()).isEqualTo(400);
    assertThat(field(post(good.replace("200000", "\"long\"")))).isEqualTo("ms_played");
    assertThat(field(post(good.replace("\"user_id\":\"cho\",", "")))).isEqualTo("user_id");
    assertThat(field(post(good.replace("\"halo\"", "\"ha\\u0000lo\"")))).isEqualTo("song_id");
    assertThat(field(post(good.replace("\"KR\"", "\"XQ\"")))).isEqualTo("region");
    assertThat(field(post(play("cho", "halo", "KR", Instant.now().plus(1, ChronoUnit.DAYS), 1))))
        .isEqualTo("played_at");
    assertThat(postBatch("[".repeat(50_000_000)).statusCode()).isEqualTo(413);

    var longTitle = good.replace("{", "{\"title\":\"" + "x".repeat(100_000) + "\",");
    var another = play("dan", "halo", "KR", day.plusSeconds(120), 200_000);
    var answer = postBatch("{\"plays\":[%s,%s,%s,7]}".formatted(good, longTitle, another));
    assertThat(answer.statusCode()).isEqualTo(202);
    var result = JSON.readTree(answer.body());
    assertThat(result.path("accepted").asInt()).isEqualTo(2);
    assertThat(result.path("rejections").findValuesAsText("index")).containsExactly("1", "3");

    awaitStream();
    chart(day, day.plus(1, ChronoUnit.HOURS));
    assertThat(getChart("KR", "hour", day).path("entries").path(0).path("plays").asLong())
        .isEqualTo(2);
  }

  /** 71 countries' real weekly charts: rank 1 to 50 get 51 − rank plays, 90,525 in all. */
  @Test
  void publishedCharts_areRebuiltInOrder_andToThePlay() throws Exception {
    var published = PublishedCharts.read();
    assumeThat(published).as("the published charts lie in ../shared/data").isPresent();
    var charts = published.get();
    var day = daysAgo(5);
    var catalogue = folder.resolve("published-songs.jsonl");
    Files.write(catalogue, charts.catalogue());
    assertThat(simulate("catalogue", "publish", "--file=" + catalogue)).isZero();

    long accepted = 0;
    for (var batch : charts.batches(day)) {
      var answer = postBatch("{\"plays\":[" + String.join(",", batch) + "]}");
      assertThat(answer.statusCode()).isEqualTo(202);
      accepted += JSON.readTree(answer.body()).path("accepted").asLong();
    }
    assertThat(accepted).isEqualTo(90_525);
    awaitStream();
    chart(day, day.plus(1, ChronoUnit.DAYS));

    assertThat(simulate("catalogue", "publish")).isZero();

    int ranks = 0;
    for (var country : charts.countries()) {
      var entries = getChart(country, "day", day).path("entries");
      var songs = new ArrayList<String>();
      for (var entry : entries) {
        songs.add(entry.path("song").path("song_id").asText());
        assertThat(entry.path("plays").asInt()).isEqualTo(51 - entry.path("rank").asInt());
      }
      assertThat(songs).as("the Top 50 of " + country).isEqualTo(charts.songs(country));
      ranks += songs.size();
    }
    assertThat(charts.countries()).hasSize(71);
    assertThat(ranks).isEqualTo(3_550);
    var unknown = getChart("UY", "day", day).path("entries").path(20).path("song");
    assertThat(unknown.path("song_id").asText()).isEqualTo("6hv8hai0yo19JF2c6pppj6");
    assertThat(unknown.path("title").isNull()).isTrue();
  }

  private void put(String object) throws Exception {
    var content = "not read by anyone".getBytes(StandardCharsets.UTF_8);
    var stream = new ByteArrayInputStream(content);
    lake()
        .putObject(
            PutObjectArgs.builder().bucket(Lake.BUCKET).object(object).stream(
                    stream, (long) content.length, -1L)
                .build());
  }

  private Set<String> objects() throws Exception {
    var objects = new TreeSet<String>();
    var all =
        ListObjectsArgs.builder().bucket(Lake.BUCKET).prefix("plays/").recursive(true).build();
    for (var object : lake().listObjects(all)) {
      objects.add(object.get().objectName());
    }
    return objects;
  }

  private int postHistory(Instant from, Instant to, Path truth) {
    try {
      return history(from, to, 200_000, truth);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private int history(Instant from, Instant to, int plays, Path truth) throws Exception {
    return simulate(
        "history",
        "--from=" + from,
        "--to=" + to,
        "--plays=" + plays,
        "--seed=7",
        "--duplicates=0.02",
        "--late=0.01",
        "--truth=" + truth);
  }

  /** The latest run of a pipeline in the status. */
  private JsonNode runOf(String pipeline) throws Exception {
    for (var run : JSON.readTree(get("/v1/status").body()).path("runs")) {
      if (run.path("pipeline").asText().equals(pipeline) && run.path("latest").asBoolean()) {
        return run;
      }
    }
    return JSON.missingNode();
  }

  /** The revision of every chart there is, by granularity, region and start. */
  private Map<String, Integer> revisions() throws Exception {
    var revisions = new TreeMap<String, Integer>();
    for (var region : JSON.readTree(get("/v1/regions").body()).path("regions")) {
      var code = region.path("region").asText();
      for (var granularity : List.of("hour", "day")) {
        var path = "/v1/charts/%s/%s/periods".formatted(code, granularity);
        for (var period : JSON.readTree(get(path).body()).path("periods")) {
          var chart = "%s %s %s".formatted(granularity, code, period.path("period_start").asText());
          revisions.put(chart, period.path("revision").asInt());
        }
      }
    }
    return revisions;
  }

  /** How many plays ingestion-api has accepted since it started, by its own metrics. */
  private long playsAccepted() throws Exception {
    var metrics = send(HttpRequest.newBuilder(ingestion().resolve("/actuator/prometheus"))).body();
    return metrics
        .lines()
        .filter(line -> line.startsWith("topsongs_plays_accepted_total"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  final JsonNode getChart(String region, String granularity, Instant at) throws Exception {
    var answer = get("/v1/charts/%s/%s?limit=100&at=%s".formatted(region, granularity, at));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  final HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(serving().resolve(path)));
  }

  private HttpResponse<String> post(String play) throws Exception {
    return post("/v1/plays", BodyPublishers.ofString(play));
  }

  private HttpResponse<String> postBatch(String body) throws Exception {
    return post("/v1/plays/batch", BodyPublishers.ofString(body));
  }

  private HttpResponse<String> post(String path, BodyPublisher body) throws Exception {
    return send(
        HttpRequest.newBuilder(ingestion().resolve(path))
            .header("Authorization", "Bearer " + apiKey())
            .header("Content-Type", "application/json")
            .POST(body));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HTTP.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
  }

  /** The field that a refusal names. */
  private static String field(HttpResponse<String> refusal) throws IOException {
    assertThat(refusal.statusCode()).as(refusal.body()).isEqualTo(400);
    assertThat(refusal.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    return JSON.readTree(refusal.body()).path("field").asText();
  }

  static String play(String listener, String song, String region, Instant playedAt, int msPlayed) {
    return """
        {"event_id":"%s","user_id":"%s","song_id":"%s","region":"%s","played_at":"%s","ms_played":%d}"""
        .formatted(UUID.randomUUID(), listener, song, region, playedAt, msPlayed);
  }

  private static Instant daysAgo(int days) {
    return Instant.now().truncatedTo(ChronoUnit.DAYS).minus(days, ChronoUnit.DAYS);
  }
}
