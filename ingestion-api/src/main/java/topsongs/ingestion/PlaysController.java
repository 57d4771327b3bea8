package topsongs.ingestion;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import topsongs.contract.PlayEvent;

/** Takes plays. Hidden from the scan because openapi.yaml describes it, with examples. */
@Hidden
@RestController
@RequestMapping(path = "/v1/plays", produces = MediaType.APPLICATION_JSON_VALUE)
class PlaysController {
  private final PlaysTopic topic;
  private final InFlight inFlight;
  private final MeterRegistry meters;
  private final Counter accepted;
  private final Flow flow;

  PlaysController(PlaysTopic topic, InFlight inFlight, MeterRegistry meters, Flow flow) {
    this.topic = topic;
    this.inFlight = inFlight;
    this.flow = flow;
    this.meters = meters;
    this.accepted = meters.counter("topsongs.plays.accepted");
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  Receipt post(HttpServletRequest request) throws IOException {
    try (var ticket = inFlight.enter()) {
      ticket.holdPlay();
      var play = checked(PlayJson.readOnly(PlayJson.parser(Body.of(request, PlayDraft.MAX_BYTES))));
      topic.append(List.of(PlayJson.record(play)));
      accept(1);
      return new Receipt(play.eventId(), Rfc3339.format(play.receivedAt()));
    }
  }

  record Receipt(UUID eventId, String receivedAt) {}

  @PostMapping(
      path = "/batch",
      consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
  @ResponseStatus(HttpStatus.ACCEPTED)
  BatchReceipt postBatch(HttpServletRequest request) throws IOException {
    try (var ticket = inFlight.enter()) {
      var batch = read(request, ticket);
      topic.append(batch.plays());
      accept(batch.plays().size());
      batch.rejections().forEach(rejection -> countRejected(rejection.problem().field()));
      return new BatchReceipt(batch.plays().size(), batch.rejections().size(), batch.rejections());
    }
  }

  record BatchReceipt(int accepted, int rejected, List<Batch.Rejection> rejections) {}

  private static Batch read(HttpServletRequest request, InFlight.Ticket ticket) throws IOException {
    var body = Body.of(request, BatchBody.MAX_BYTES);
    var type = MediaType.parseMediaType(request.getContentType());
    return type.equalsTypeAndSubtype(MediaType.APPLICATION_NDJSON)
        ? Batch.ofLines(body, Instant.now(), ticket)
        : Batch.ofJson(body, Instant.now(), ticket);
  }

  private PlayEvent checked(PlayDraft draft) {
    try {
      return draft.play(Instant.now());
    } catch (Refusal e) {
      countRejected(e.field());
      throw e;
    }
  }

  private void accept(int plays) {
    accepted.increment(plays);
    flow.accept(plays);
  }

  private void countRejected(@Nullable String field) {
    meters
        .counter("topsongs.plays.rejected", "field", Objects.requireNonNullElse(field, "none"))
        .increment();
  }
}
