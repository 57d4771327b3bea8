package topsongs.serving.evidence;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** By when an answer must be there, or is given up. */
final class Deadline {
  private final Duration limit;
  private final long end;

  Deadline(Duration limit) {
    this.limit = limit;
    this.end = System.nanoTime() + limit.toNanos();
  }

  /**
   * @throws LakeUnreadable when none are left
   */
  int secondsLeft() {
    var left = Duration.ofNanos(end - System.nanoTime());
    if (left.isNegative() || left.isZero()) {
      throw passed(null);
    }
    return (int) left.toSeconds() + 1;
  }

  LakeUnreadable passed(@Nullable Throwable cause) {
    return new LakeUnreadable(
        "it took longer than %d s; a shorter period has fewer plays".formatted(limit.toSeconds()),
        cause);
  }
}
