package topsongs.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Posts batches to ingestion-api until each is answered. A batch that it cannot take now, or whose
 * answer got lost, is sent again as it was: each play counts once. Thread-safe.
 */
final class IngestionApi {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String url;
  private final String key;
  private final Patience patience;
  private final Consumer<String> notes;
  private volatile boolean answered;

  /**
   * @param patience whether to try a batch again that has failed for so long
   * @param notes told why a batch has to wait
   */
  IngestionApi(String url, String key, Patience patience, Consumer<String> notes) {
    this.url = url;
    this.key = key;
    this.patience = patience;
    this.notes = notes;
  }

  /**
   * @param body plays as NDJSON
   * @throws Failure when ingestion-api refuses the batch, or patience has run out
   */
  Answer send(byte[] body) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(url + "/v1/plays/batch"))
            .timeout(ANSWER)
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    long start = System.nanoTime();
    for (int attempt = 0; ; attempt++) {
      Duration pause = backoff(attempt);
      String problem;
      try {
        var response = http.send(request, BodyHandlers.ofByteArray());
        answered = true;
        if (response.statusCode() == 202) {
          return Answer.read(response.body());
        }
        if (!isPassing(response.statusCode())) {
          throw refused(response);
        }
        problem = "it answers " + response.statusCode();
        pause = retryAfter(response, pause);
      } catch (IOException e) {
        problem = reason(e);
      }
      var spent = Duration.ofNanos(System.nanoTime() - start);
      if (!patience.lasts(spent, answered)) {
        throw unreachable(problem);
      }
      notes.accept("Waiting for ingestion-api at %s: %s".formatted(url, problem));
      Thread.sleep(pause.toMillis());
    }
  }

  private static boolean isPassing(int status) {
    return status == 429 || status >= 500;
  }

  private static Duration backoff(int attempt) {
    var wait = FIRST_WAIT.multipliedBy(1L << Math.min(attempt, 10));
    return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }

  /** Seconds, as ingestion-api writes it; a date or nonsense is as good as nothing. */
  private static Duration retryAfter(HttpResponse<?> response, Duration otherwise) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("\\d{1,4}"))
        .map(value -> Duration.ofSeconds(Math.min(Long.parseLong(value), LONGEST_WAIT.toSeconds())))
        .orElse(otherwise);
  }

  private Failure refused(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    return new Failure(
        status == 401
            ? "Cannot send plays: ingestion-api at %s does not know the key (401); set TOP_SONGS_API_KEY"
                .formatted(url)
            : "Cannot send plays: ingestion-api at %s answers %d: %s"
                .formatted(url, status, detail(response.body())));
  }

  private Failure unreachable(String problem) {
    return new Failure(
        "Cannot reach ingestion-api at %s: %s; is the stack up? ./top-songs up"
            .formatted(url, problem));
  }

  private static String detail(byte[] body) {
    try {
      return JSON.readTree(body).path("detail").asText("no detail");
    } catch (IOException e) {
      return "not a problem document";
    }
  }

  /** {@code ConnectException} comes without a message. */
  static String reason(IOException e) {
    return e.getMessage() == null
        ? "no connection (" + e.getClass().getSimpleName() + ")"
        : e.getMessage();
  }

  /** Whether to try a batch again. */
  interface Patience {
    /**
     * @param spent on this batch so far
     * @param answered whether ingestion-api ever answered anything
     */
    boolean lasts(Duration spent, boolean answered);
  }

  /**
   * What became of a batch.
   *
   * @param accepted number of plays taken
   * @param rejections index within the batch, and why it was refused
   */
  record Answer(int accepted, Map<Integer, String> rejections) {
    static Answer read(byte[] body) throws IOException {
      JsonNode answer = JSON.readTree(body);
      var rejections = new LinkedHashMap<Integer, String>();
      for (JsonNode rejection : answer.path("rejections")) {
        rejections.put(rejection.path("index").asInt(), rejection.at("/problem/detail").asText());
      }
      return new Answer(answer.path("accepted").asInt(), rejections);
    }
  }
}
