package topsongs.serving.evidence;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One question at a time, a few in line: what counts a day's plays must not be asked of in crowds.
 */
final class Turns {
  private static final int IN_LINE = 4;

  private final Semaphore line = new Semaphore(1 + IN_LINE);
  private final Semaphore turn = new Semaphore(1, true);
  private final Duration patience;

  Turns(Duration patience) {
    this.patience = patience;
  }

  interface Work<T> {
    T run();
  }

  /**
   * @throws LakeUnreadable when the line is full, or does not move
   */
  <T> T take(Work<T> work) {
    if (!line.tryAcquire()) {
      throw busy();
    }
    try {
      if (!turn.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw busy();
      }
      try {
        return work.run();
      } finally {
        turn.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    } finally {
      line.release();
    }
  }

  private static LakeUnreadable busy() {
    return new LakeUnreadable("others are asking it; one question is answered at a time");
  }
}
