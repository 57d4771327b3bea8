package topsongs.simulator;

import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * How long plays took from when they were due to their answer, in milliseconds. What waited for
 * others to be answered first has waited too: to begin with its own request would hide that.
 * Thread-safe.
 */
final class Latency {
  /** Due as soon as it can be sent. */
  static final long WHENEVER = Long.MAX_VALUE;

  private static final int DIGITS = 3;

  private final Recorder recent = new Recorder(DIGITS);
  private final Histogram whole = new Histogram(DIGITS);
  private long since = System.nanoTime();

  /**
   * All three in epoch milliseconds. What is sent before it is due counts from its request.
   *
   * @param due when the play was to be sent, or {@link #WHENEVER}
   * @param begun when its request was sent first
   */
  void record(long due, long begun, long answered) {
    recent.recordValue(Math.max(0, answered - Math.min(due, begun)));
  }

  /** How many a second, and how late, since it was asked last. */
  synchronized String sinceLast() {
    var part = recent.getIntervalHistogram();
    whole.add(part);
    long now = System.nanoTime();
    double perSecond = part.getTotalCount() / Math.max(0.001, (now - since) / 1e9);
    since = now;
    return String.format(Locale.ROOT, "%,.1f plays/s, %s", perSecond, percentiles(part));
  }

  /** Of all plays. */
  @Override
  public synchronized String toString() {
    whole.add(recent.getIntervalHistogram());
    return percentiles(whole);
  }

  private static String percentiles(Histogram latencies) {
    return latencies.getTotalCount() == 0
        ? "nothing answered"
        : String.format(
            Locale.ROOT,
            "p50 %,d ms, p90 %,d ms, p99 %,d ms, p99.9 %,d ms, max %,d ms",
            latencies.getValueAtPercentile(50),
            latencies.getValueAtPercentile(90),
            latencies.getValueAtPercentile(99),
            latencies.getValueAtPercentile(99.9),
            latencies.getMaxValue());
  }
}
