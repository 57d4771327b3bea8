package topsongs.ingestion;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.stereotype.Component;
import topsongs.contract.Minutes;

/**
 * How much flows in here: {@code GET /actuator/flow}, open as health is. Counted since this process
 * began; serving-api shows it as the first stage of the pipeline.
 */
@Component
@Endpoint(id = "flow")
class Flow {
  private final Instant beganAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private final Minutes accepted = new Minutes();

  /** Plays that Kafka has. */
  void accept(int plays) {
    accepted.add(Instant.now(), plays);
  }

  /**
   * @param accepted plays that were accepted in each of the last 60 minutes and the running one, by
   *     the minute's start
   */
  record Told(
      Instant now, @JsonProperty("began_at") Instant beganAt, Map<Instant, Long> accepted) {}

  @ReadOperation
  Told tell() {
    return new Told(Instant.now().truncatedTo(ChronoUnit.MILLIS), beganAt, accepted.toMap());
  }
}
