package topsongs.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Letters that travel together.
 *
 * @param body their plays as NDJSON, in the same order
 */
record Batch(List<Letter> letters, byte[] body) {

  /** Fills batches. Not thread-safe. */
  static final class Sack {
    private static final int SIZE = 500;

    private final PlayWriter writer;
    private final Consumer<Batch> full;
    private final List<Letter> letters = new ArrayList<>(SIZE);

    /**
     * @param full takes each batch once it is full or flushed
     */
    Sack(PlayWriter writer, Consumer<Batch> full) {
      this.writer = writer;
      this.full = full;
    }

    void add(Letter letter) {
      letters.add(letter);
      if (letters.size() == SIZE) {
        flush();
      }
    }

    void flush() {
      if (!letters.isEmpty()) {
        full.accept(new Batch(List.copyOf(letters), writer.ndjson(letters)));
        letters.clear();
      }
    }
  }
}
