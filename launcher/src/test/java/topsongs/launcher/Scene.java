package topsongs.launcher;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static topsongs.launcher.TopSongsApi.json;
import static topsongs.launcher.TopSongsApi.play;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A week of which each test looks at its own days, so that all of it is charted by one run. What it
 * adds is told against what was there: the stack may hold the plays of a scene before.
 */
final class Scene {
  /** All that simulator knows to do wrong, each to a share of the plays. */
  private static final String[] EVERY_FAULT = {
    "--retries=0.01",
    "--late-hours=0.02",
    "--late-days=0.01",
    "--out-of-order=0.02",
    "--clock-skew=0.01",
    "--bots=0.02",
    "--unknown-songs=0.01",
    "--malformed=0.005",
    "--future=0.005"
  };

  private final RunningStack stack;
  private final TopSongsApi api;
  private final SameSeed seed;
  private final String run;
  private final Path folder;
  private final Map<String, JsonNode> before = new HashMap<>();
  private final Optional<PublishedCharts> published = PublishedCharts.read();
  private final HttpResponse<String> answerToGoodAndBad;
  private final long publishedPlays;
  private final String backfill;
  private final UUID playOf1359 = UUID.randomUUID();

  /**
   * Posts its plays and has them charted.
   *
   * @param run makes its listeners other ones than those of any run before
   * @param folder for the files that it writes
   */
  Scene(RunningStack stack, String run, Path folder) throws Exception {
    this.stack = stack;
    this.api = new TopSongsApi(stack);
    this.seed = stack.sameSeed();
    this.run = run;
    this.folder = folder;
    remember("KR", 0);
    remember("NZ", 1);
    remember("CA", 13);
    remember("GLOBAL", 13);
    publishTheCatalogue();
    answerToGoodAndBad = postGoodPlaysAmongBadOnes();
    postTheSamePlayTwice();
    postAPlayAt1359();
    postAListenerWithPlaysInTwoRegions();
    postAPlayThatWillBeLost();
    publishedPlays = postThePublishedCharts();
    postTheCrowdOfTheSeed();
    postWhileTheStreamIsKilled();
    stack.awaitStream();
    backfill = chart();
  }

  SameSeed seed() {
    return seed;
  }

  Instant day() {
    return seed.day();
  }

  Instant hour(int hour) {
    return day().plus(hour, ChronoUnit.HOURS);
  }

  /** The play that ana- began a second before 14:00. */
  UUID playOf1359() {
    return playOf1359;
  }

  Instant timeOf1359() {
    return hour(14).minusSeconds(1);
  }

  /** When listener eva- listens in FI and SE. */
  Instant hourInTwoRegions() {
    return Journey.daysAgo(7).plus(6, ChronoUnit.HOURS);
  }

  /** When listener gus- listens in IS, alone. */
  Instant hourToBeLost() {
    return Journey.daysAgo(2).plus(9, ChronoUnit.HOURS);
  }

  Instant dayOfThePublishedCharts() {
    return Journey.daysAgo(5);
  }

  /** Empty where ../shared/data is not. */
  Optional<PublishedCharts> publishedCharts() {
    return published;
  }

  /** How many plays of the published charts were accepted. */
  long publishedPlays() {
    return publishedPlays;
  }

  /** The truth about the two days whose plays were posted while the stream died. */
  Path truthOfTheKilledStream() {
    return folder.resolve("killed-stream.jsonl");
  }

  /** The run of the backfill that charted all of it. */
  String backfill() {
    return backfill;
  }

  /** By how much a number of an hour's chart has grown since the scene began. */
  long added(String region, int hour, String number) throws Exception {
    long now = api.chart(region, "hour", hour(hour)).at(number).asLong();
    return now - requireNonNull(before.get(region), region).at(number).asLong();
  }

  HttpResponse<String> answerToGoodAndBad() {
    return answerToGoodAndBad;
  }

  /** Songs of the crowd and of the published charts. */
  private void publishTheCatalogue() throws Exception {
    var songs = new ArrayList<>(Files.readAllLines(stack.catalogue()));
    published.ifPresent(charts -> songs.addAll(charts.catalogue()));
    var file = Files.write(folder.resolve("songs.jsonl"), songs);
    assertThat(stack.simulate("catalogue", "publish", "--file=" + file)).isZero();
  }

  private HttpResponse<String> postGoodPlaysAmongBadOnes() throws Exception {
    var good = play("cho-" + run, "halo", "KR", hour(0).plusSeconds(60), 200_000);
    var tooLong = good.replace("{", "{\"title\":\"" + "x".repeat(100_000) + "\",");
    var another = play("dan-" + run, "halo", "KR", hour(0).plusSeconds(120), 200_000);
    return api.postBatch(List.of(good, tooLong, another, "7"));
  }

  private void postTheSamePlayTwice() throws Exception {
    var play = play("ben-" + run, "halo", "NZ", hour(1).plusSeconds(30), 200_000);
    assertThat(api.post(play).statusCode()).isEqualTo(202);
    assertThat(api.post(play).statusCode()).isEqualTo(202);
  }

  private void postAPlayAt1359() throws Exception {
    var play = play(playOf1359, "ana-" + run, "halo", "CA", timeOf1359(), 200_000);
    assertThat(api.post(play).statusCode()).isEqualTo(202);
  }

  /** Below the cap of an hour in each region, over it in the world. */
  private void postAListenerWithPlaysInTwoRegions() throws Exception {
    var hour = hourInTwoRegions();
    var plays = new ArrayList<String>();
    for (int n = 0; n < 8; n++) {
      plays.add(play("eva-" + run, "halo", "FI", hour.plusSeconds(60 + n), 200_000));
      plays.add(play("eva-" + run, "halo", "SE", hour.plusSeconds(60 + n), 200_000));
    }
    plays.add(play("eva-" + run, "halo", "FI", hour.plusSeconds(4_000), 200_000));
    assertThat(api.postBatch(plays).statusCode()).isEqualTo(202);
  }

  private void postAPlayThatWillBeLost() throws Exception {
    var play = play("gus-" + run, "halo", "IS", hourToBeLost().plusSeconds(60), 200_000);
    assertThat(api.post(play).statusCode()).isEqualTo(202);
  }

  private long postThePublishedCharts() throws Exception {
    long accepted = 0;
    if (published.isPresent()) {
      for (var batch : published.get().batches(dayOfThePublishedCharts())) {
        var answer = api.postBatch(batch);
        assertThat(answer.statusCode()).isEqualTo(202);
        accepted += json(answer.body()).path("accepted").asLong();
      }
    }
    return accepted;
  }

  private void postTheCrowdOfTheSeed() throws Exception {
    var posted =
        stack.simulate(
            "history",
            "--from=" + seed.from(),
            "--to=" + seed.to(),
            "--plays=20000",
            "--seed=42",
            "--duplicates=0.05",
            "--late=0.02");
    assertThat(posted).isZero();
  }

  /** With an hour to spare at both ends, for clocks that go wrong. */
  private void postWhileTheStreamIsKilled() throws Exception {
    var from = Journey.daysAgo(4).plus(1, ChronoUnit.HOURS);
    var to = Journey.daysAgo(2).minus(1, ChronoUnit.HOURS);
    long enough = api.playsAccepted() + 20_000;
    var load =
        Journey.inBackground(
            () -> Journey.history(stack, from, to, 200_000, truthOfTheKilledStream(), EVERY_FAULT));
    Awaitility.await("the load")
        .atMost(Duration.ofMinutes(2))
        .until(() -> api.playsAccepted() > enough);
    assertThat(load.isDone()).as("killed in mid-load").isFalse();
    for (int kills = 0; kills < 3; kills++) {
      stack.kill("streaming-job");
    }
    assertThat(load.get(5, TimeUnit.MINUTES)).isZero();
  }

  private String chart() throws Exception {
    var runs = new DagRuns(stack.airflow());
    var range = Map.<String, Object>of("from", day().toString(), "to", yesterday().toString());
    var started = runs.start(DagRuns.BACKFILL, range);
    assertThat(runs.end(DagRuns.BACKFILL, started)).isEqualTo("success");
    return started;
  }

  private static Instant yesterday() {
    return Journey.daysAgo(1);
  }

  private void remember(String region, int hour) throws Exception {
    before.put(region, api.findChart(region, "hour", hour(hour)).orElse(MissingNode.getInstance()));
  }
}
