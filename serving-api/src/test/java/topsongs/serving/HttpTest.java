package topsongs.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static topsongs.serving.ChartTables.charted;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topsongs.serving.ChartTables.Charted;

/** What holds of every answer, whatever it is about. */
class HttpTest {
  private static RunningApi api;

  @BeforeAll
  static void start() {
    api = RunningApi.withTables("--top-songs.dashboard-url=https://charts.example.org/");
    var hundred =
        IntStream.rangeClosed(1, 100).mapToObj(n -> charted("song-" + n, 1000 - n)).toList();
    for (var region : new String[] {"GLOBAL", "CA"}) {
      for (int hour = 10; hour < 20; hour++) {
        var start = "2026-11-22T%d:00:00Z".formatted(hour);
        api.tables().finalHour(region, start, hundred.toArray(Charted[]::new));
      }
    }
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/regions",
        "/v1/charts/CA/hour",
        "/v1/charts/CA/hour/periods",
        "/v1/charts/CA/hour/race",
        "/v1/charts/CA/hour/revisions",
        "/v1/world/hour",
        "/v1/songs/song-1",
        "/v1/songs/song-1/history",
        "/v1/balance",
        "/v1/flags",
        "/v1/rules",
        "/v1/feed.json"
      })
  void everyAnswer_isKeptAndComparedAndRefusedAlike(String path) {
    var answer = api.get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).startsWith("max-age=");
    var etag = answer.headers().firstValue("ETag").orElseThrow();

    var again = api.get(path, "If-None-Match", etag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.headers().firstValue("Cache-Control"))
        .isEqualTo(answer.headers().firstValue("Cache-Control"));
    assertThat(api.get(path, "If-None-Match", "\"another\"").statusCode()).isEqualTo(200);

    assertProblem(api.post(path), 405);
    assertThat(api.post(path).headers().firstValue("Allow").orElseThrow()).contains("GET");
    assertProblem(api.get(path, "Accept", "image/png"), 406);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/v1/charts/CA/hour?limit=100", "/v1/charts/CA/hour/race", "/v1/feed.json"})
  void longAnswer_isCompressedForWhoAsks(String path) {
    assertThat(api.get(path, "Accept-Encoding", "gzip").headers().firstValue("Content-Encoding"))
        .hasValue("gzip");
    assertThat(api.get(path).headers().firstValue("Content-Encoding")).isEmpty();
  }

  @Test
  void urlThatIsTooLong_isAProblem() {
    assertProblem(api.get("/v1/regions?x=" + "x".repeat(20_000)), 400);
  }

  /** What jsonfeed.org says a reader may rely on. */
  @Test
  void feed_isAJsonFeed() {
    var feed = api.getJson("/v1/feed.json");
    assertThat(feed.at("/version").asString()).isEqualTo("https://jsonfeed.org/version/1.1");
    assertThat(feed.at("/title").asString()).isNotBlank();
    assertThat(URI.create(feed.at("/home_page_url").asString()).isAbsolute()).isTrue();
    var ids = new HashSet<String>();
    assertThat(feed.at("/items")).hasSize(10);
    for (var item : feed.at("/items")) {
      assertThat(item.at("/id").isString()).isTrue();
      assertThat(ids.add(item.at("/id").asString())).isTrue();
      assertThat(URI.create(item.at("/url").asString()).isAbsolute()).isTrue();
      assertThat(item.at("/content_text").asString()).isNotBlank();
      assertThat(Instant.parse(item.at("/date_published").asString())).isNotNull();
    }
  }

  /** As the contract says of lists that are longer than one answer. */
  @Test
  void restOfAList_isWhatToBrings() {
    var path = "/v1/charts/CA/hour/periods?to=";
    var older = api.getJson(path + "2026-11-22T12:00:00Z").at("/periods");
    assertThat(older).hasSize(2);
    assertThat(older.at("/0/period_start").asString()).isEqualTo("2026-11-22T11:00:00Z");
  }

  private static void assertProblem(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(RunningApi.json(answer.body()).at("/status").asInt()).isEqualTo(status);
  }
}
