package topsongs.simulator;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Decides when a play is sent: most at once, some only after the plays of later hours, some twice.
 * What is sent twice is byte-identical.
 */
final class Post {
  /** A copy follows within ten minutes, a late play after one to three hours. */
  private static final long MAX_COPY_DELAY = 600_000;

  private static final long MIN_LATENESS = Crowd.HOUR;
  private static final long MAX_LATENESS = 3 * Crowd.HOUR;

  private final double duplicates;
  private final double late;
  private final Dice dice;
  private final Consumer<Letter> box;
  private final PriorityQueue<Kept> kept =
      new PriorityQueue<>(Comparator.comparingLong(Kept::sendAt).thenComparingLong(Kept::number));
  private long number;

  /**
   * @param duplicates share of plays sent twice, 0 to 1
   * @param late share of plays sent out of order, 0 to 1
   * @param box where letters go, in the order of sending
   */
  Post(double duplicates, double late, long seed, Consumer<Letter> box) {
    this.duplicates = duplicates;
    this.late = late;
    this.dice = new Dice(Dice.hash(seed, 'P'));
    this.box = box;
  }

  /** Takes a play that has just started; what was due before it goes out first. */
  void take(Play play) {
    take(play, play.playedAt());
  }

  /**
   * Takes a play that says another time than that at which it started.
   *
   * @param now epoch milliseconds
   */
  void take(Play play, long now) {
    sendDue(now);
    long sendAt = now;
    if (dice.chance(late)) {
      sendAt += MIN_LATENESS + dice.below(MAX_LATENESS - MIN_LATENESS);
      keep(sendAt, new Letter(play, Letter.Kind.LATE));
    } else {
      box.accept(new Letter(play, Letter.Kind.PROMPT));
    }
    if (dice.chance(duplicates)) {
      keep(sendAt + 1 + dice.below(MAX_COPY_DELAY), new Letter(play, Letter.Kind.DUPLICATE));
    }
  }

  /** Takes a play that will be late in any case. */
  void takeLate(Play play, long sendAt) {
    sendDue(play.playedAt());
    keep(sendAt, new Letter(play, Letter.Kind.LATE));
  }

  /** Takes a further copy of a play. */
  void takeAgain(Play play, long sendAt) {
    keep(sendAt, new Letter(play, Letter.Kind.DUPLICATE));
  }

  /** Takes what ingestion-api must refuse: never late, never twice. */
  void takeRefused(Play play, long now, Letter.Kind kind) {
    sendDue(now);
    box.accept(new Letter(play, kind));
  }

  /**
   * @param now epoch milliseconds
   */
  void sendDue(long now) {
    for (var first = kept.peek(); first != null && first.sendAt <= now; first = kept.peek()) {
      kept.remove();
      box.accept(first.letter);
    }
  }

  void sendAll() {
    sendDue(Long.MAX_VALUE);
  }

  private void keep(long sendAt, Letter letter) {
    kept.add(new Kept(sendAt, number++, letter));
  }

  private record Kept(long sendAt, long number, Letter letter) {}
}
