package topsongs.simulator;

import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The way of plays to ingestion-api: through faults and the post, in batches, each when it is due.
 * Not thread-safe.
 */
final class Delivery {
  /** How long a batch that could be sent waits for more plays, at most, in milliseconds. */
  static final long TICK = 20;

  private static final Clock CLOCK = Clock.systemUTC();

  private final Post post;
  private final Faults faults;
  private final Batch.Sack sack;
  private final Senders senders;
  private long due = Latency.WHENEVER;
  private long letters;

  /**
   * @param road takes each batch to the senders
   */
  Delivery(Stage stage, Senders senders, Consumer<Batch> road) {
    this.senders = senders;
    sack = new Batch.Sack(stage.writer(), road);
    post = stage.post(this::send);
    faults = stage.faults(post);
  }

  /** Takes a play that is sent as soon as there is room. */
  void take(Play play) {
    faults.take(play);
  }

  /** Takes a play of now, which is due when it was played. */
  void takeLive(Play play) {
    due = play.playedAt();
    faults.take(play);
  }

  /**
   * Takes plays at that rate from now on, each once it is due: when answers are slow, late but not
   * less.
   *
   * @param rate plays a second
   */
  Consumer<Play> atRate(double rate) {
    var pace = new Pace(rate, CLOCK.millis());
    var number = new AtomicLong();
    return play -> {
      due = pace.at(number.getAndIncrement());
      awaitDue();
      faults.take(play);
    };
  }

  private void send(Letter letter) {
    letters++;
    sack.add(letter, due);
  }

  private void awaitDue() {
    while (CLOCK.millis() < due) {
      flush();
      try {
        TimeUnit.MILLISECONDS.sleep(TICK);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Failure("Cannot send plays: interrupted");
      }
    }
  }

  /**
   * Sends what is due by now.
   *
   * @param now epoch milliseconds
   */
  void sendDue(long now) {
    due = now;
    post.sendDue(now);
    flush();
  }

  /** What nobody could send at once waits for more plays: fewer, fuller batches catch up. */
  private void flush() {
    if (senders.areFree()) {
      sack.flush();
    }
  }

  /**
   * Sends all that is kept back, and waits for every answer.
   *
   * @throws Failure when a batch could not be sent
   */
  void finish() throws InterruptedException {
    due = Latency.WHENEVER;
    post.sendAll();
    sack.flush();
    senders.finish();
  }

  /** How many were to be sent until now, with copies and without what is kept back. */
  long letters() {
    return letters;
  }

  /** A line for each fault that was asked for. */
  String faults() {
    return faults.summary();
  }
}
