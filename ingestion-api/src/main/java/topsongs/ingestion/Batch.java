package topsongs.ingestion;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Many plays in one body, each good or refused by itself. */
final class Batch {
  static final int MAX_BYTES = 11 * 1024 * 1024;
  static final int MAX_ITEMS = 1_000;
  private static final byte[] PLAYS = "plays\"".getBytes(StandardCharsets.US_ASCII);

  private final List<ProducerRecord<byte[], byte[]>> plays = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();
  private final Instant receivedAt;
  private final InFlight.Ticket ticket;

  /** An item that was not taken, by its place in the body, which starts at 0. */
  record Rejection(int index, @Nullable String eventId, Problem problem) {}

  record Problem(@Nullable String title, @Nullable String detail, @Nullable String field) {}

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
    var items = new Items(body, PlayDraft.MAX_BYTES);
    if (items.isAtEnd()) {
      throw Refusal.malformed("The body is empty");
    }
    batch.readObject(items);
    if (!items.isAtEnd()) {
      throw Refusal.malformed("The JSON goes on after its end");
    }
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
    var lines = new Items(body, PlayDraft.MAX_BYTES);
    while (lines.nextLine()) {
      batch.add(draft(lines));
    }
    if (batch.size() == 0) {
      throw Refusal.malformed("The body is empty");
    }
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

  private void readObject(Items items) throws IOException {
    if (!items.skip('{')) {
      throw Refusal.malformed("The body must be an object that holds the array plays");
    }
    boolean read = false;
    if (!items.skip('}')) {
      do {
        read |= readField(items, read);
      } while (items.skip(','));
      items.require('}');
    }
    if (!read) {
      throw Refusal.invalidBatch("is missing");
    }
  }

  /** Whether this field was the plays. */
  private boolean readField(Items items, boolean alreadyRead) throws IOException {
    items.nextName();
    boolean isPlays = items.isNow(PLAYS);
    if (!isPlays) {
      items.nextValue();
    } else if (alreadyRead) {
      throw Refusal.invalidBatch("is given twice");
    } else {
      readItems(items);
    }
    return isPlays;
  }

  private void readItems(Items items) throws IOException {
    if (!items.skip('[')) {
      throw Refusal.invalidBatch("must be an array");
    }
    if (items.skip(']')) {
      return;
    }
    do {
      items.nextValue();
      add(draft(items));
    } while (items.skip(','));
    items.require(']');
  }

  private void add(PlayDraft draft) {
    int index = size();
    if (index == MAX_ITEMS) {
      throw Refusal.tooLarge("A batch must be at most 1,000 plays");
    }
    ticket.holdPlay();
    try {
      plays.add(PlayJson.record(draft.play(receivedAt)));
    } catch (Refusal e) {
      rejections.add(new Rejection(index, draft.eventId(), problem(e)));
    }
  }

  private int size() {
    return plays.size() + rejections.size();
  }

  private static Problem problem(Refusal refusal) {
    var body = refusal.getBody();
    return new Problem(body.getTitle(), body.getDetail(), refusal.field());
  }
}
