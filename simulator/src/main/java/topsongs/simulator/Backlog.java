package topsongs.simulator;

import java.util.Locale;
import java.util.function.Consumer;

/**
 * Stands between plays that go on being due and senders that may be slow. It never makes a play
 * wait for room: what finds none is left out, and counted.
 */
final class Backlog {
  private final Senders senders;
  private final Consumer<String> notes;
  private long leftOut;
  private boolean atLeisure;

  /**
   * @param notes told what is left out
   */
  Backlog(Senders senders, Consumer<String> notes) {
    this.senders = senders;
    this.notes = notes;
  }

  /**
   * @throws Failure when a batch before it could not be sent
   */
  void hand(Batch batch) {
    if (atLeisure) {
      senders.put(batch);
    } else if (!senders.offer(batch)) {
      leftOut += batch.letters().size();
      notes.accept(
          String.format(
              Locale.ROOT, "Behind: %,d plays left out, too many are waiting already", leftOut));
    }
  }

  /** From now on there is time to wait for room: nothing more becomes due. */
  void takeTime() {
    atLeisure = true;
  }

  long leftOut() {
    return leftOut;
  }
}
