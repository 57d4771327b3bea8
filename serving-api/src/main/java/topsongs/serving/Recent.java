package topsongs.serving;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An answer from somewhere else, asked for again once it is old. One asks, and meanwhile everyone
 * else has the last answer: however many want it, and however slow it is, it is asked for once.
 */
final class Recent<T> {
  private final Supplier<T> source;
  private final long maxAge;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile @Nullable Answer<T> last;

  private record Answer<T>(T value, long at) {}

  Recent(Duration maxAge, Supplier<T> source) {
    this.source = source;
    this.maxAge = maxAge.toNanos();
  }

  /** Null while the first is on its way to somebody else. */
  @Nullable T get() {
    var known = last;
    if ((known == null || System.nanoTime() - known.at() > maxAge) && asking.tryLock()) {
      try {
        known = new Answer<>(source.get(), System.nanoTime());
        last = known;
      } finally {
        asking.unlock();
      }
    }
    return known == null ? null : known.value();
  }
}
