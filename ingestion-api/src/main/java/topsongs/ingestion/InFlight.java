package topsongs.ingestion;

import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/**
 * How much is being taken at this moment. While Kafka is slow or away requests pile up; beyond
 * these limits they are refused at once, so that memory stays bounded.
 */
@Component
final class InFlight {
  /**
   * On Java 17 below Tomcat's 200 threads, so that one is left to refuse. From 21 on every request
   * has a virtual thread of its own, and this bounds the buffers they hold: some 20 KiB each.
   */
  static final int MAX_REQUESTS = 128;

  /** A play in memory, and so is a rejection, is at most about 1 KiB: 64 MiB together. */
  static final int MAX_PLAYS = 64 * 1024;

  private final Semaphore requests = new Semaphore(MAX_REQUESTS);
  private final Semaphore plays = new Semaphore(MAX_PLAYS);

  /**
   * @throws Refusal when too many requests are here already
   */
  Ticket enter() {
    if (!requests.tryAcquire()) {
      throw full();
    }
    return new Ticket();
  }

  private static Refusal full() {
    return Refusal.unavailable("Too much is in flight; send it again later");
  }

  /** One request's share, given back when it is closed. */
  final class Ticket implements AutoCloseable {
    private int held;

    /**
     * @throws Refusal when too many plays are here already
     */
    void holdPlay() {
      if (!plays.tryAcquire()) {
        throw full();
      }
      held++;
    }

    @Override
    public void close() {
      plays.release(held);
      requests.release();
    }
  }
}
