package topsongs.simulator;

import java.util.stream.LongStream;

/** A steady rate by the clock: what a slow moment missed comes with the next. */
final class Pace {
  /** After a longer pause (a laptop's lid) the plays between are left out, not caught up with. */
  private static final long LONGEST_PAUSE = 5_000;

  private final double rate;
  private long last;
  private double owed;

  /**
   * @param rate plays a second
   * @param start epoch milliseconds
   */
  Pace(double rate, long start) {
    this.rate = rate;
    last = start;
  }

  /** The times, in order, of the plays between the last call and now. */
  LongStream due(long now) {
    long since = Math.max(last, now - LONGEST_PAUSE);
    owed += rate * Math.max(0, now - since) / 1000;
    long count = (long) owed;
    owed -= count;
    last = Math.max(last, now);
    return LongStream.range(0, count).map(i -> since + i * (now - since) / count);
  }
}
