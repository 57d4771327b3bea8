package topsongs.simulator;

import java.util.Locale;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts what was answered, and tells the truth of every play that was taken. Thread-safe. */
final class Tally {
  private static final int SHOWN_REASONS = 5;

  private final @Nullable Truth truth;
  private final @Nullable AccountFile account;
  private final LongConsumer progress;
  private final Latency latency = new Latency();
  private final TreeMap<String, Integer> reasons = new TreeMap<>();
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;
  private long sent;
  private long accepted;
  private long duplicates;
  private long late;
  private long rejected;
  private long mustBeRefused;
  private long wronglyTaken;

  /**
   * @param truth told of every accepted play, if anybody wants to know
   * @param account likewise, of every single one and when
   * @param progress told how many plays were just answered
   */
  Tally(@Nullable Truth truth, @Nullable AccountFile account, LongConsumer progress) {
    this.truth = truth;
    this.account = account;
    this.progress = progress;
  }

  /**
   * @param begun when the batch was sent first, in epoch milliseconds
   * @param answered when the answer came, likewise
   */
  synchronized void settle(Batch batch, IngestionApi.Answer answer, long begun, long answered) {
    for (int i = 0; i < batch.letters().size(); i++) {
      count(batch.letters().get(i), answer.rejections().get(i), answered);
      latency.record(batch.due()[i], begun, answered);
    }
    if (account != null) {
      account.flush();
    }
    first = Math.min(first, begun);
    last = Math.max(last, answered);
    progress.accept(batch.letters().size());
  }

  private void count(Letter letter, @Nullable String rejection, long answered) {
    sent++;
    duplicates += letter.kind() == Letter.Kind.DUPLICATE ? 1 : 0;
    late += letter.kind() == Letter.Kind.LATE ? 1 : 0;
    mustBeRefused += letter.kind().isRefused() ? 1 : 0;
    wronglyTaken += letter.kind().isRefused() && rejection == null ? 1 : 0;
    if (rejection != null) {
      rejected++;
      reasons.merge(rejection, 1, Integer::sum);
      return;
    }
    accepted++;
    if (truth != null && !letter.kind().isRefused()) {
      truth.received(letter.play());
    }
    if (account != null) {
      account.acknowledged(letter.play(), answered);
    }
  }

  Latency latency() {
    return latency;
  }

  synchronized long sent() {
    return sent;
  }

  /**
   * Does nothing where nothing had to be refused.
   *
   * @throws Failure when other plays were refused than those that had to be
   */
  synchronized void requireRefusals() {
    if (mustBeRefused > 0 && (wronglyTaken > 0 || rejected != mustBeRefused)) {
      throw new Failure(
          String.format(
              Locale.ROOT,
              "Cannot trust ingestion-api: it must refuse %,d malformed and future plays and no other, but it took %,d of them and refused %,d others",
              mustBeRefused,
              wronglyTaken,
              rejected - (mustBeRefused - wronglyTaken)));
    }
  }

  /**
   * Why plays were rejected, if any were, and one line of numbers; the rate is that from the first
   * request to the last answer.
   */
  synchronized String summary() {
    return rejections()
        + String.format(
            Locale.ROOT,
            "%,d sent, %,d accepted (%,d duplicates, %,d late), %,d rejected, %,.1f plays/s",
            sent,
            accepted,
            duplicates,
            late,
            rejected,
            sent == 0 ? 0 : sent * 1000.0 / Math.max(1, last - first));
  }

  private String rejections() {
    return reasons.entrySet().stream()
        .limit(SHOWN_REASONS)
        .map(e -> String.format(Locale.ROOT, "rejected %,d: %s%n", e.getValue(), e.getKey()))
        .collect(Collectors.joining());
  }
}
