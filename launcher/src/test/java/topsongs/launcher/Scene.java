package topsongs.launcher;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static topsongs.launcher.TopSongsApi.play;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A day of which several tests look at a part, so that it is charted only once. What it adds is
 * told against what was there: the stack may hold the plays of a scene before.
 */
final class Scene {
  private static final int PLAYS = 20_000;

  private final RunningStack stack;
  private final TopSongsApi api;
  private final SameSeed seed;
  private final String run;
  private final Map<String, JsonNode> before = new HashMap<>();
  private final HttpResponse<String> answerToGoodAndBad;

  /**
   * Posts its plays and has them charted.
   *
   * @param run makes its listeners other ones than those of any run before
   */
  Scene(RunningStack stack, SameSeed seed, String run) throws Exception {
    this.stack = stack;
    this.api = new TopSongsApi(stack);
    this.seed = seed;
    this.run = run;
    remember("KR", 0);
    remember("NZ", 1);
    remember("CA", 13);
    remember("GLOBAL", 13);
    answerToGoodAndBad = postGoodPlaysAmongBadOnes();
    postTheSamePlayTwice();
    postAPlayAt1359();
    postTheCrowdOfTheSeed();
    stack.awaitStream();
    chart();
  }

  Instant day() {
    return seed.day();
  }

  Instant hour(int hour) {
    return day().plus(hour, ChronoUnit.HOURS);
  }

  /** By how much a number of an hour's chart has grown since the scene began. */
  long added(String region, int hour, String number) throws Exception {
    long now = api.chart(region, "hour", hour(hour)).at(number).asLong();
    return now - requireNonNull(before.get(region), region).at(number).asLong();
  }

  HttpResponse<String> answerToGoodAndBad() {
    return answerToGoodAndBad;
  }

  /** Charts the whole day, again when asked again. */
  void chart() throws Exception {
    stack.chart(day(), day().plus(1, ChronoUnit.DAYS));
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
    var play = play("ana-" + run, "halo", "CA", hour(14).minusSeconds(1), 200_000);
    assertThat(api.post(play).statusCode()).isEqualTo(202);
  }

  private void postTheCrowdOfTheSeed() throws Exception {
    assertThat(stack.simulate("catalogue", "publish")).isZero();
    var posted =
        stack.simulate(
            "history",
            "--from=" + seed.from(),
            "--to=" + seed.to(),
            "--plays=" + PLAYS,
            "--seed=42",
            "--duplicates=0.05",
            "--late=0.02");
    assertThat(posted).isZero();
  }

  private void remember(String region, int hour) throws Exception {
    before.put(region, api.findChart(region, "hour", hour(hour)).orElse(MissingNode.getInstance()));
  }
}
