package topsongs.launcher;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import topsongs.contract.Granularity;

/**
 * One run of aggregation-job: the charts of a half-open range of whole periods.
 *
 * @param status final or provisional
 */
record ChartRun(Granularity granularity, Instant from, Instant to, String status) {

  /**
   * The runs that chart every hour and every day that has a part in the range: final where the
   * period ends by settledUntil, provisional from there on.
   *
   * @param settledUntil the stream has passed every play that was played before this
   */
  static List<ChartRun> of(Instant from, Instant to, Instant settledUntil) {
    var runs = new ArrayList<ChartRun>();
    for (var granularity : Granularity.values()) {
      var first = granularity.floor(from);
      var end = ceiling(granularity, to);
      var open = earlier(end, later(first, granularity.floor(settledUntil)));
      add(runs, new ChartRun(granularity, first, open, "final"));
      add(runs, new ChartRun(granularity, open, end, "provisional"));
    }
    return runs;
  }

  boolean isFinal() {
    return status.equals("final");
  }

  private static void add(List<ChartRun> runs, ChartRun run) {
    if (run.from.isBefore(run.to)) {
      runs.add(run);
    }
  }

  private static Instant ceiling(Granularity granularity, Instant instant) {
    var floor = granularity.floor(instant);
    return floor.equals(instant) ? floor : floor.plus(granularity.length());
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }
}
