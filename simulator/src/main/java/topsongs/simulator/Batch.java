package topsongs.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Letters that travel together.
 *
 * @param due when each was to be sent, in epoch milliseconds, or {@link Latency#WHENEVER}
 * @param body their plays as NDJSON, in the same order
 */
record Batch(List<Letter> letters, long[] due, byte[] body) {

  /** Fills batches. Not thread-safe. */
  static final class Sack {
    private static final int SIZE = 500;

    private final PlayWriter writer;
    private final Consumer<Batch> full;
    private final List<Letter> letters = new ArrayList<>(SIZE);
    private final long[] due = new long[SIZE];

    /**
     * @param full takes each batch once it is full or flushed
     */
    Sack(PlayWriter writer, Consumer<Batch> full) {
      this.writer = writer;
      this.full = full;
    }

    /**
     * @param dueAt epoch milliseconds
     */
    void add(Letter letter, long dueAt) {
      due[letters.size()] = dueAt;
      letters.add(letter);
      if (letters.size() == SIZE) {
        flush();
      }
    }

    void flush() {
      if (!letters.isEmpty()) {
        full.accept(
            new Batch(
                List.copyOf(letters), Arrays.copyOf(due, letters.size()), writer.ndjson(letters)));
        letters.clear();
      }
    }
  }
}
