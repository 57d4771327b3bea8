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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import topsongs.serving.evidence.Evidence;
import topsongs.serving.evidence.LakeUnreadable;

/**
 * What stages tell of themselves, as of now: ingestion-api over HTTP, the stream in the lake. The
 * database hears of the stream only when charts are loaded.
 */
@Component
class Reports {
  /** However many have the pipeline's page open. */
  private static final Duration MAX_AGE = Duration.ofSeconds(2);

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final JsonMapper json;
  private final Evidence lake;
  private final Recent<Optional<Stream>> stream = new Recent<>(MAX_AGE, this::readStream);
  private final @Nullable Recent<Ingestion> ingestion;

  /** Ingestion-api is taken to have answered when this service began. */
  private volatile Ingestion answered = new Ingestion(now(), null);

  /**
   * @param ingestionUrl empty: no such stage is shown
   */
  Reports(
      JsonMapper json, Evidence lake, @Value("${top-songs.ingestion-url}") String ingestionUrl) {
    this.json = json;
    this.lake = lake;
    this.ingestion =
        ingestionUrl.isEmpty()
            ? null
            : new Recent<>(MAX_AGE, () -> ask(URI.create(ingestionUrl + "/actuator/flow")));
  }

  /**
   * @param minutes of a stream that is older than they are: null
   */
  record Stream(
      Instant completeUntil,
      Instant updatedAt,
      Instant beganAt,
      long waiting,
      @Nullable Map<Instant, Long> minutes) {
    @Nullable Flow flow(Instant now) {
      return minutes == null ? null : Flow.ofMinutes(minutes, beganAt, now, waiting);
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
    var known = stream.get();
    return new Told(
        Optional.ofNullable(ingestion).map(Recent::get), known == null ? Optional.empty() : known);
  }

  private Optional<Stream> readStream() {
    try {
      return lake.streamProgress().map(text -> json.readValue(text, Stream.class));
    } catch (LakeUnreadable | JacksonException e) {
      LOG.debug("No word of the stream: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private Ingestion ask(URI flow) {
    try {
      var request = HttpRequest.newBuilder(flow).timeout(PATIENCE).build();
      var answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() == 200) {
        answered = new Ingestion(now(), json.readValue(answer.body(), Ingestion.Answer.class));
        return answered;
      }
    } catch (IOException | JacksonException e) {
      LOG.debug("No word of ingestion-api: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Ingestion(answered.answeredAt(), null);
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
