package topsongs.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Plays in, charts out: the two HTTP APIs of a running stack, asked as a stranger would. */
final class TopSongsApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private final RunningStack stack;

  TopSongsApi(RunningStack stack) {
    this.stack = stack;
  }

  static String play(String listener, String song, String region, Instant playedAt, int msPlayed) {
    return play(UUID.randomUUID(), listener, song, region, playedAt, msPlayed);
  }

  static String play(
      UUID id, String listener, String song, String region, Instant playedAt, int msPlayed) {
    return """
        {"event_id":"%s","user_id":"%s","song_id":"%s","region":"%s","played_at":"%s","ms_played":%d}"""
        .formatted(id, listener, song, region, playedAt, msPlayed);
  }

  HttpResponse<String> post(String play) throws Exception {
    return post("/v1/plays", play);
  }

  HttpResponse<String> postBatch(String body) throws Exception {
    return post("/v1/plays/batch", body);
  }

  HttpResponse<String> postBatch(List<String> plays) throws Exception {
    return postBatch("{\"plays\":[" + String.join(",", plays) + "]}");
  }

  /** Adds or corrects a song, with the key that may. */
  HttpResponse<String> putSong(String songId, String song) throws Exception {
    return send(
        HttpRequest.newBuilder(stack.ingestion().resolve("/v1/songs/" + songId))
            .header("Authorization", "Bearer " + stack.settings().catalogueKey())
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(song)));
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(stack.ingestion().resolve(path))
            .header("Authorization", "Bearer " + stack.settings().apiKey())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** How many plays ingestion-api has accepted since it started, by its own metrics. */
  long playsAccepted() throws Exception {
    return metric(stack.ingestion(), "topsongs_plays_accepted_total");
  }

  /** How many listen to serving-api for what changes, by its own metrics. */
  long listeners() throws Exception {
    return metric(stack.serving(), "topsongs_live_listeners");
  }

  private static long metric(URI service, String name) throws Exception {
    return get(service.resolve("/actuator/prometheus"))
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  HttpResponse<String> get(String path) throws Exception {
    return get(stack.serving().resolve(path));
  }

  static HttpResponse<String> get(URI url) throws Exception {
    return send(HttpRequest.newBuilder(url));
  }

  /** A chart's whole answer, whose bytes tell whether anything changed. */
  String chartBody(String region, String granularity, Instant at) throws Exception {
    var answer = get(path(region, granularity, at));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  JsonNode chart(String region, String granularity, Instant at) throws Exception {
    return json(chartBody(region, granularity, at));
  }

  /** Empty where there is none. */
  Optional<JsonNode> findChart(String region, String granularity, Instant at) throws Exception {
    var answer = get(path(region, granularity, at));
    return answer.statusCode() == 404 ? Optional.empty() : Optional.of(json(answer.body()));
  }

  List<String> regions() throws Exception {
    return json(get("/v1/regions").body()).findValuesAsText("region");
  }

  /** The revision of every chart that starts before a time, by granularity, region and start. */
  Map<String, Integer> revisions(Instant before) throws Exception {
    var revisions = new TreeMap<String, Integer>();
    for (var region : regions()) {
      for (var granularity : List.of("hour", "day")) {
        var path = "/v1/charts/%s/%s/periods".formatted(region, granularity);
        for (var period : json(get(path).body()).path("periods")) {
          var start = period.path("period_start").asText();
          if (Instant.parse(start).isBefore(before)) {
            var chart = "%s %s %s".formatted(granularity, region, start);
            revisions.put(chart, period.path("revision").asInt());
          }
        }
      }
    }
    return revisions;
  }

  /** The latest run of a pipeline in the status. */
  JsonNode runOf(String pipeline) throws Exception {
    for (var run : json(get("/v1/status").body()).path("runs")) {
      if (run.path("pipeline").asText().equals(pipeline) && run.path("latest").asBoolean()) {
        return run;
      }
    }
    return JSON.missingNode();
  }

  static JsonNode json(String body) throws IOException {
    return JSON.readTree(body);
  }

  private static String path(String region, String granularity, Instant at) {
    return "/v1/charts/%s/%s?limit=100&at=%s".formatted(region, granularity, at);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HTTP.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
  }
}
