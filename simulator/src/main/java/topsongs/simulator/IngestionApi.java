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
import org.jspecify.annotations.Nullable;

/**
 * Posts batches to ingestion-api until each is answered. A batch that it cannot take now, or whose
 * answer got lost, is sent again as it was: each play counts once. Thread-safe.
 */
final class IngestionApi {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofSeconds(30);

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
   * @param patience decides whether a batch that failed is tried again
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
      var outcome = post(request, backoff(attempt));
      if (outcome.answer != null) {
        return outcome.answer;
      }
      waitToRetry(outcome, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private Outcome post(HttpRequest request, Duration backoff) throws InterruptedException {
    try {
      var response = http.send(request, BodyHandlers.ofByteArray());
      answered = true;
      if (response.statusCode() == 202) {
        return new Outcome(Answer.read(response.body()), "", Duration.ZERO);
      }
      if (!isPassing(response.statusCode())) {
        throw refused(response);
      }
      return new Outcome(
          null, "it answers " + response.statusCode(), retryAfter(response, backoff));
    } catch (IOException e) {
      return new Outcome(null, reason(e), backoff);
    }
  }

  /**
   * A server that answers slowly, each time, is waited for no longer than one that does not.
   *
   * @throws Failure when there is no time left to send anything
   */
  void requirePatience() {
    if (!patience.lasts(Duration.ZERO, answered)) {
      throw new Failure(
          "Cannot send what is left: ingestion-api at %s is too slow for it".formatted(url));
    }
  }

  private void waitToRetry(Outcome outcome, Duration spent) throws InterruptedException {
    if (!patience.lasts(spent.plus(outcome.pause), answered)) {
      throw new Failure(
          "Cannot reach ingestion-api at %s: %s; is the stack up? ./top-songs up"
              .formatted(url, outcome.problem));
    }
    notes.accept("Waiting for ingestion-api at %s: %s".formatted(url, outcome.problem));
    Thread.sleep(outcome.pause.toMillis());
  }

  private static boolean isPassing(int status) {
    return status == 429 || status >= 500;
  }

  private static Duration backoff(int attempt) {
    var wait = FIRST_WAIT.multipliedBy(1L << Math.min(attempt, 10));
    return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }

  private static Duration retryAfter(HttpResponse<?> response, Duration otherwise) {
    var wait = RetryAfter.of(response).orElse(otherwise);
    if (wait.compareTo(otherwise) < 0) {
      return otherwise; // Its clock may be another: nobody is asked again and again without a
      // pause.
    }
    return wait.compareTo(LONGEST_RETRY_AFTER) < 0 ? wait : LONGEST_RETRY_AFTER;
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

  /** What one attempt came to: an answer, or a problem and how long to pause before the next. */
  private record Outcome(@Nullable Answer answer, String problem, Duration pause) {}

  /** Whether to try a batch again. */
  interface Patience {
    /**
     * @param spent on this batch by the time it would be tried again
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
