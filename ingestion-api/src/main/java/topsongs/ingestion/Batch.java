package topsongs.ingestion;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Many plays in one body, each good or refused by itself. */
final class Batch {
  private static final String PLAYS = "plays";

  private final List<ProducerRecord<byte[], byte[]>> plays = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();
  private final Instant receivedAt;
  private final InFlight.Ticket ticket;

  /** An item that was not taken, by its place in the body, which starts at 0. */
  record Rejection(int index, @Nullable String eventId, Problem problem) {}

  record Problem(@Nullable String title, @Nullable String detail, @Nullable String field) {
    static Problem of(Refusal refusal) {
      var body = refusal.getBody();
      return new Problem(body.getTitle(), body.getDetail(), refusal.field());
    }
  }

  private Batch(Instant receivedAt, InFlight.Ticket ticket) {
    this.receivedAt = receivedAt;
    this.ticket = ticket;
  }

  /**
   * Reads {@code {"plays": […]}}.
   *
   * @throws Refusal when the body as a whole is not that
   */
  static Batch ofJson(InputStream body, Instant receivedAt, InFlight.Ticket ticket)
      throws IOException {
    var batch = new Batch(receivedAt, ticket);
    BatchBody.readJson(body, PlayDraft.MAX_BYTES, PLAYS, batch::add);
    return batch;
  }

  /**
   * Reads one play per line; blank lines are not counted.
   *
   * @throws Refusal when there is no line at all, or more than 1,000
   */
  static Batch ofLines(InputStream body, Instant receivedAt, InFlight.Ticket ticket)
      throws IOException {
    var batch = new Batch(receivedAt, ticket);
    BatchBody.readLines(body, PlayDraft.MAX_BYTES, PLAYS, batch::add);
    return batch;
  }

  List<ProducerRecord<byte[], byte[]>> plays() {
    return plays;
  }

  List<Rejection> rejections() {
    return rejections;
  }

  private static PlayDraft draft(Items items) {
    if (items.isTooLong()) {
      return PlayDraft.tooLarge();
    }
    try {
      return PlayJson.readOnly(PlayJson.parser(items.bytes(), items.length()));
    } catch (JacksonException e) {
      return PlayDraft.refused(Refusal.of(e));
    } catch (Refusal e) {
      return PlayDraft.refused(e);
    }
  }

  private void add(int index, Items item) {
    var draft = draft(item);
    ticket.holdPlay();
    try {
      plays.add(PlayJson.record(draft.play(receivedAt)));
    } catch (Refusal e) {
      rejections.add(new Rejection(index, draft.eventId(), Problem.of(e)));
    }
  }
}
