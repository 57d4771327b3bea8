package topsongs.simulator;

import java.util.function.Consumer;

/** The way of plays to ingestion-api: through faults and the post, in batches. Not thread-safe. */
final class Delivery {
  private final Post post;
  private final Faults faults;
  private final Batch.Sack sack;
  private final Senders senders;

  /**
   * @param road takes each batch to the senders
   */
  Delivery(Stage stage, Senders senders, Consumer<Batch> road) {
    this.senders = senders;
    sack = new Batch.Sack(stage.writer(), road);
    post = stage.post(sack::add);
    faults = stage.faults(post);
  }

  /** Takes a play that has just started. */
  void take(Play play) {
    faults.take(play);
  }

  /**
   * Sends what was kept back until now.
   *
   * @param now epoch milliseconds
   */
  void sendDue(long now) {
    post.sendDue(now);
    sack.flush();
  }

  /**
   * Sends all that is kept back, and waits for every answer.
   *
   * @throws Failure when a batch could not be sent
   */
  void finish() throws InterruptedException {
    post.sendAll();
    sack.flush();
    senders.finish();
  }

  /** A line for each fault that was asked for. */
  String faults() {
    return faults.summary();
  }
}
