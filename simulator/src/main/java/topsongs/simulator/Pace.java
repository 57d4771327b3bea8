package topsongs.simulator;

import java.util.stream.LongStream;

/** A steady rate by the clock: what a slow moment missed comes with the next. */
final class Pace {
  /** After a longer pause (a laptop's lid) the plays between are left out, not caught up with. */
  private static final long LONGEST_PAUSE = 5_000;

  private static final int HIGHEST_RATE = 1_000_000;

  private final double rate;
  private final long start;
  private long next;
  private long leftOut;

  /**
   * @param rate plays a second
   * @param start epoch milliseconds
   */
  Pace(double rate, long start) {
    this.rate = rate;
    this.start = start;
  }

  /**
   * @throws Failure when nobody can play so many
   */
  static void requireSense(double rate) {
    if (!(rate > 0 && rate <= HIGHEST_RATE)) {
      throw new Failure(
          "Cannot simulate: --rate must be above 0 and at most %d, got %s"
              .formatted(HIGHEST_RATE, rate));
    }
  }

  /** When the play of that number is due, counted from 0, whatever became of those before it. */
  long at(long number) {
    return start + (long) (number * 1000 / rate);
  }

  /** The times, in order, of the plays between the last call and now. */
  LongStream due(long now) {
    long first = Math.max(next, before(now - LONGEST_PAUSE));
    leftOut += first - next;
    next = Math.max(first, before(now));
    return LongStream.range(first, next).map(this::at);
  }

  /** How many were due in pauses that were too long. */
  long leftOut() {
    return leftOut;
  }

  private long before(long time) {
    return (long) Math.ceil((time - start) * rate / 1000);
  }
}
