package topsongs.simulator;

import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Several batches in flight at once, and a bounded number waiting behind them. */
final class Senders {
  private static final Clock CLOCK = Clock.systemUTC();

  private final IngestionApi api;
  private final Tally tally;
  private final ExecutorService threads;
  private final Semaphore room;
  private final int waiting;
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

  /**
   * @param parallel batches in flight
   * @param capacity batches in flight or waiting
   */
  Senders(IngestionApi api, Tally tally, int parallel, int capacity) {
    this.api = api;
    this.tally = tally;
    threads = Executors.newFixedThreadPool(parallel, Senders::daemon);
    room = new Semaphore(capacity);
    waiting = capacity - parallel;
  }

  /** Whether a batch would be sent at once, rather than wait. */
  boolean areFree() {
    return room.availablePermits() > waiting;
  }

  /**
   * Waits for room.
   *
   * @throws Failure when a batch before it could not be sent
   */
  void put(Batch batch) {
    try {
      room.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("Cannot send plays: interrupted");
    }
    rethrow();
    threads.execute(() -> send(batch));
  }

  /**
   * Returns whether there was room.
   *
   * @throws Failure when a batch before it could not be sent
   */
  boolean offer(Batch batch) {
    rethrow();
    if (!room.tryAcquire()) {
      return false;
    }
    threads.execute(() -> send(batch));
    return true;
  }

  /**
   * Waits for every batch: as long as the patience of the API lasts.
   *
   * @throws Failure when a batch could not be sent
   */
  void finish() throws InterruptedException {
    threads.shutdown();
    while (!threads.awaitTermination(1, TimeUnit.SECONDS)) {
      rethrow();
    }
    rethrow();
  }

  private void send(Batch batch) {
    try {
      if (failure.get() == null) {
        api.requirePatience();
        long begun = CLOCK.millis();
        var answer = api.send(batch.body());
        tally.settle(batch, answer, begun, CLOCK.millis());
      }
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      room.release();
    }
  }

  private void rethrow() {
    var first = failure.get();
    if (first != null) {
      throw first;
    }
  }

  private static Thread daemon(Runnable work) {
    var thread = new Thread(work, "sender");
    thread.setDaemon(true);
    return thread;
  }
}
