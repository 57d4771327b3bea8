package topsongs.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static topsongs.launcher.DagRuns.AUDIT;
import static topsongs.launcher.DagRuns.BACKFILL;
import static topsongs.launcher.DagRuns.DAILY;
import static topsongs.launcher.DagRuns.HOURLY;
import static topsongs.launcher.DagRuns.MAINTENANCE;
import static topsongs.launcher.DagRuns.RESTATE;
import static topsongs.launcher.TopSongsApi.json;
import static topsongs.launcher.TopSongsApi.play;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * From plays to charts, which every way of running the stack must do, also on the data of a run
 * before. Each test has a day of its own, or its part of the {@link Scene}, so that all can share
 * one stack; what a test posts is new in every run, or the same again and so counted once.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Journey {
  /** Of all runs in this JVM: one that begins before midnight goes on with the same days. */
  private static final Instant TODAY = Instant.now().truncatedTo(ChronoUnit.DAYS);

  @TempDir static Path folder;

  final RunningStack stack;
  final TopSongsApi api;

  /** Ends the names of a run's own listeners. */
  private final String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);

  private @Nullable Scene scene;

  Journey(RunningStack stack) {
    this.stack = stack;
    this.api = new TopSongsApi(stack);
  }

  static Instant daysAgo(int days) {
    return TODAY.minus(days, ChronoUnit.DAYS);
  }

  @Test
  void firstHistory_equalsItsTruth_inEveryRegionHourAndDay() throws Exception {
    var truth = stack.truthOfTheFirstHistory();
    assertThat(truth).isNotEmptyFile();
    verify(truth);
  }

  @Test
  void status_saysOfEveryStageWhatFlowsThroughIt() throws Exception {
    scene();
    Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(this::requireFlowOfEveryStage);
  }

  private void requireFlowOfEveryStage() throws Exception {
    var stages = json(api.get("/v1/status").body()).path("stages");
    assertThat(stages.findValuesAsText("stage"))
        .containsExactly("ingestion", "stream", "hour_charts", "day_charts");
    for (var stage : stages) {
      var plays = new ArrayList<Long>();
      stage.at("/flow/plays").forEach(step -> plays.add(step.asLong()));
      assertThat(plays).as(stage.toString()).anyMatch(step -> step > 0);
    }
  }

  @Test
  void playPostedAt1359_appearsInThe1300Chart() throws Exception {
    var scene = scene();
    assertThat(scene.added("CA", 13, "/totals/plays")).isEqualTo(1);
    assertThat(scene.added("GLOBAL", 13, "/totals/plays")).isEqualTo(1);
    assertThat(api.findChart("CA", "hour", scene.hour(14))).isEmpty();
    var chart = api.chart("CA", "hour", scene.hour(13));
    assertThat(chart.at("/entries/0/song/song_id").asText()).isEqualTo("halo");
    assertThat(chart.path("status").asText()).isEqualTo("final");
  }

  @Test
  void samePlayTwice_countsOnce_andRerunningChangesNothing() throws Exception {
    var scene = scene();
    assertThat(scene.added("NZ", 1, "/balance/received")).isEqualTo(2);
    assertThat(scene.added("NZ", 1, "/balance/counted")).isEqualTo(1);
    assertThat(scene.added("NZ", 1, "/balance/duplicate")).isEqualTo(1);

    var hour = api.chartBody("NZ", "hour", scene.hour(1));
    var day = api.chartBody("GLOBAL", "day", scene.day());
    stack.chart(scene.day(), scene.hour(24));
    assertThat(api.chartBody("NZ", "hour", scene.hour(1))).isEqualTo(hour);
    assertThat(api.chartBody("GLOBAL", "day", scene.day())).isEqualTo(day);
  }

  @Test
  void badInput_getsItsDocumentedAnswer_andTheGoodPlaysAreCharted() throws Exception {
    var scene = scene();
    var good = play("cho", "halo", "KR", scene.day(), 200_000);
    var tomorrow = Instant.now().plus(1, ChronoUnit.DAYS);

    assertThat(api.post("{\"event_id\": ").statusCode()).isEqualTo(400);
    assertThat(field(api.post(good.replace("200000", "\"long\"")))).isEqualTo("ms_played");
    assertThat(field(api.post(good.replace("\"user_id\":\"cho\",", "")))).isEqualTo("user_id");
    assertThat(field(api.post(good.replace("\"halo\"", "\"ha\\u0000lo\"")))).isEqualTo("song_id");
    assertThat(field(api.post(good.replace("\"KR\"", "\"XQ\"")))).isEqualTo("region");
    assertThat(field(api.post(play("cho", "halo", "KR", tomorrow, 1)))).isEqualTo("played_at");
    assertThat(api.postBatch("[".repeat(50_000_000)).statusCode()).isEqualTo(413);

    var answer = scene.answerToGoodAndBad();
    assertThat(answer.statusCode()).isEqualTo(202);
    var result = json(answer.body());
    assertThat(result.path("accepted").asInt()).isEqualTo(2);
    assertThat(result.path("rejections").findValuesAsText("index")).containsExactly("1", "3");
    assertThat(scene.added("KR", 0, "/totals/plays")).isEqualTo(2);
  }

  @Test
  void sameSeed_givesTheSameCharts_inBothModes() throws Exception {
    var seed = scene().seed();
    seed.compare(seed.hashOf(api));
  }

  /** A week by hand, partly posted while the stream died again and again: three job runs. */
  @Test
  void streamKilledUnderLoad_backfillOfAWeek_isThreeJobRuns_andEqualsTheTruth() throws Exception {
    var scene = scene();
    assertThat(new DagRuns(stack.airflow()).jobs(BACKFILL, scene.backfill()))
        .containsExactlyInAnyOrder("enrich", "aggregate", "load");
    verify(scene.truthOfTheKilledStream());
    var flags = "/v1/flags?kind=over_cap&from=%s&to=%s".formatted(daysAgo(4), daysAgo(2));
    assertThat(json(api.get(flags).body()).path("flags")).as("the looping bots").isNotEmpty();
  }

  @Test
  void latePlay_givesItsHourAndDayANewRevision_andNoOtherChart() throws Exception {
    var hour = scene().hourInTwoRegions();
    var day = hour.truncatedTo(ChronoUnit.DAYS);
    var past = daysAgo(1); // Of later hours some may not have been charted yet.
    var before = api.revisions(past);
    assertThat(before).containsKeys("hour FI " + hour, "hour SE " + hour, "day FI " + day);

    var late = play("fay-" + run, "halo", "FI", hour.plusSeconds(120), 200_000);
    assertThat(api.post(late).statusCode()).isEqualTo(202);
    stack.awaitStream();
    new DagRuns(stack.airflow()).restate();

    var expected = new TreeMap<>(before);
    for (var chart :
        List.of("hour FI " + hour, "hour GLOBAL " + hour, "day FI " + day, "day GLOBAL " + day)) {
      expected.merge(chart, 1, Integer::sum);
    }
    assertThat(api.revisions(past)).isEqualTo(expected);
  }

  /** Readers in a real browser have an hour's chart open, whose late play comes after the death. */
  @Test
  void openPages_getOverTheDeathOfTheService_andShowALatePlayWhenItIsCharted() throws Exception {
    var hour = scene().hourInTwoRegions();
    var chart = "/v1/charts/SE/hour?limit=10&at=" + hour;
    var watching = inBackground(() -> Children.watch(stack, chart));
    awaitReaders(watching);
    stack.kill("serving-api");
    awaitReaders(watching);

    var late = play("ivy-" + run, "halo", "SE", hour.plusSeconds(180), 200_000);
    assertThat(api.post(late).statusCode()).isEqualTo(202);
    stack.awaitStream();
    stack.chart(hour, hour.plus(1, ChronoUnit.HOURS));
    assertThat(watching.get(20, TimeUnit.MINUTES)).isZero();
  }

  /** Three of them: a phone, a tablet and a desk. In a few seconds they also see what they read. */
  private void awaitReaders(CompletableFuture<Integer> watching) {
    Awaitility.await("three readers to listen")
        .atMost(Duration.ofMinutes(6))
        .pollInterval(Duration.ofSeconds(1))
        .during(Duration.ofSeconds(5))
        .ignoreExceptionsInstanceOf(IOException.class)
        .failFast("the browser gave up", watching::isDone)
        .until(() -> api.listeners() >= 3);
  }

  /** 71 countries' real weekly charts: rank 1 to 50 get 51 − rank plays, 90,525 in all. */
  @Test
  void publishedCharts_areRebuiltInOrder_andToThePlay() throws Exception {
    var published = scene().publishedCharts();
    assumeThat(published).as("the published charts lie in ../shared/data").isPresent();
    assertThat(scene().publishedPlays()).isEqualTo(90_525);

    var charts = published.get();
    var day = scene().dayOfThePublishedCharts();
    int ranks = 0;
    for (var country : charts.countries()) {
      var entries = api.chart(country, "day", day).path("entries");
      var songs = new ArrayList<String>();
      for (var entry : entries) {
        songs.add(entry.at("/song/song_id").asText());
        assertThat(entry.path("plays").asInt()).isEqualTo(51 - entry.path("rank").asInt());
      }
      assertThat(songs).as("the Top 50 of " + country).isEqualTo(charts.songs(country));
      ranks += songs.size();
    }
    assertThat(charts.countries()).hasSize(71);
    assertThat(ranks).isEqualTo(3_550);
    var unknown = api.chart("UY", "day", day).at("/entries/20/song");
    assertThat(unknown.path("song_id").asText()).isEqualTo("6hv8hai0yo19JF2c6pppj6");
    assertThat(unknown.path("title").isNull()).isTrue();
  }

  @Test
  void airflow_hasItsDags_withoutImportErrors() throws Exception {
    var airflow = stack.airflow();
    assertThat(airflow.get("/dags").findValuesAsText("dag_id"))
        .contains(HOURLY, DAILY, BACKFILL, RESTATE, AUDIT, MAINTENANCE);
    assertThat(airflow.get("/importErrors").path("total_entries").asInt()).isZero();
  }

  /** The days that the tests look at, posted and charted by the first of them. */
  final Scene scene() throws Exception {
    if (scene == null) {
      scene = new Scene(stack, run, folder);
    }
    return scene;
  }

  /** Posts a crowd's plays, the same ones for the same range, and keeps their truth. */
  static int history(
      RunningStack stack, Instant from, Instant to, int plays, Path truth, String... faults)
      throws Exception {
    var arguments =
        Stream.of(
            "history",
            "--from=" + from,
            "--to=" + to,
            "--plays=" + plays,
            "--seed=7",
            "--duplicates=0.02",
            "--late=0.01",
            "--truth=" + truth);
    return stack.simulate(Stream.concat(arguments, Arrays.stream(faults)).toArray(String[]::new));
  }

  /** Every chart is what the plays behind it, counted naively, make it. */
  final void verify(Path truth) throws Exception {
    assertThat(stack.simulate("verify", "--truth=" + truth)).isZero();
  }

  interface Work {
    int run() throws Exception;
  }

  static CompletableFuture<Integer> inBackground(Work work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return work.run();
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        });
  }

  /** The field that a refusal names. */
  private static String field(HttpResponse<String> refusal) throws IOException {
    assertThat(refusal.statusCode()).as(refusal.body()).isEqualTo(400);
    assertThat(refusal.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    return json(refusal.body()).path("field").asText();
  }
}
