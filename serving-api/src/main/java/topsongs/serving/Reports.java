package topsongs.serving;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import topsongs.serving.evidence.Evidence;
import topsongs.serving.evidence.LakeUnreadable;

/**
 * What stages tell of themselves: ingestion-api over HTTP, the stream in the lake. They are asked
 * every few seconds, whoever wants to know: an answer waits for neither, and one that fell silent
 * is noticed also while nobody looks. The database hears of the stream only when charts are loaded.
 */
@Component
class Reports {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final JsonMapper json;
  private final Evidence lake;
  private final @Nullable URI flow;

  /** Ingestion-api is taken to have answered when this service began. */
  private volatile Ingestion ingestion = new Ingestion(now(), null);

  private volatile Optional<Stream> stream = Optional.empty();

  /**
   * @param ingestionUrl empty: no such stage is shown
   * @throws IllegalArgumentException when it is no address of a service
   */
  Reports(
      JsonMapper json, Evidence lake, @Value("${top-songs.ingestion-url}") String ingestionUrl) {
    this.json = json;
    this.lake = lake;
    this.flow = ingestionUrl.isEmpty() ? null : flow(ingestionUrl);
  }

  private static URI flow(String service) {
    if (!service.matches("https?://[^/\\s]+/*")) {
      throw new IllegalArgumentException(
          "Cannot start: TOP_SONGS_INGESTION_URL must be a URL such as http://127.0.0.1:8081, got '%s'"
              .formatted(service));
    }
    return URI.create(service.replaceAll("/+$", "") + "/actuator/flow");
  }

  /**
   * @param waiting null, as are minutes, of a stream that is older than these
   */
  record Stream(
      Instant completeUntil,
      Instant updatedAt,
      Instant beganAt,
      @Nullable Long waiting,
      @Nullable Map<Instant, Long> minutes) {
    /**
     * @param late nobody knows what has come to Kafka since
     */
    @Nullable Flow flow(Instant now, boolean late) {
      return minutes == null ? null : Flow.ofMinutes(minutes, beganAt, now, late ? null : waiting);
    }
  }

  /**
   * @param answer null when it does not answer
   */
  record Ingestion(Instant answeredAt, @Nullable Answer answer) {
    record Answer(Instant beganAt, Map<Instant, Long> accepted) {}

    @Nullable Flow flow(Instant now) {
      return answer == null ? null : Flow.ofMinutes(answer.accepted(), answer.beganAt(), now, null);
    }
  }

  /**
   * @param ingestion empty when nobody said where it is
   * @param stream empty when the lake cannot be read, or the stream never caught up yet
   */
  record Told(Optional<Ingestion> ingestion, Optional<Stream> stream) {
    static final Told NOTHING = new Told(Optional.empty(), Optional.empty());
  }

  Told told() {
    return new Told(flow == null ? Optional.empty() : Optional.of(ingestion), stream);
  }

  @Scheduled(fixedDelay = 3, timeUnit = TimeUnit.SECONDS)
  void ask() {
    stream = readStream();
    if (flow != null) {
      ingestion =
          ask(flow)
              .map(answer -> new Ingestion(now(), answer))
              .orElse(new Ingestion(ingestion.answeredAt(), null));
    }
  }

  private Optional<Stream> readStream() {
    try {
      return lake.streamProgress().map(text -> json.readValue(text, Stream.class));
    } catch (LakeUnreadable | JacksonException e) {
      LOG.debug("No word of the stream: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Ingestion.Answer> ask(URI flow) {
    try {
      var request = HttpRequest.newBuilder(flow).timeout(PATIENCE).build();
      var answer = http.send(request, BodyHandlers.ofString());
      return answer.statusCode() == 200
          ? Optional.of(json.readValue(answer.body(), Ingestion.Answer.class))
          : Optional.empty();
    } catch (IOException | JacksonException e) {
      LOG.debug("No word of ingestion-api: {}", e.toString());
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
