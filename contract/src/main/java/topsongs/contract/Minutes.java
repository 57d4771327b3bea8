package topsongs.contract;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many passed in the running minute and in each of the {@link #KEPT} before it. What tells how
 * much flows through a stage: ingestion-api of itself, the stream in {@code progress/stream.json}.
 * Any number of threads may add.
 */
public final class Minutes {
  /** Whole minutes that are remembered beside the running one. */
  public static final int KEPT = 60;

  private final ConcurrentSkipListMap<Instant, LongAdder> sums = new ConcurrentSkipListMap<>();

  /** Goes on from what {@link #toMap} said. */
  public static Minutes of(Map<Instant, Long> earlier) {
    var minutes = new Minutes();
    earlier.forEach(minutes::add);
    return minutes;
  }

  public void add(Instant at, long number) {
    var minute = at.truncatedTo(ChronoUnit.MINUTES);
    var sum = sums.get(minute);
    if (sum == null) {
      sum = sums.computeIfAbsent(minute, m -> new LongAdder());
      sums.headMap(minute.minus(KEPT, ChronoUnit.MINUTES)).clear();
    }
    sum.add(number);
  }

  /** From the start of a minute to how many passed in it; without those in which nothing did. */
  public SortedMap<Instant, Long> toMap() {
    var map = new TreeMap<Instant, Long>();
    sums.forEach(
        (minute, sum) -> {
          if (sum.sum() > 0) {
            map.put(minute, sum.sum());
          }
        });
    return map;
  }
}
