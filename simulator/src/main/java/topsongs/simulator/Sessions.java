package topsongs.simulator;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Exactly so many plays of a crowd whose listeners hear several songs in a row, in the order they
 * were played.
 *
 * @param past range, number of plays and crowd
 * @param mean plays in a row, on average, as long as the range does not end
 * @param hours of the crowd that somebody listens in, kept because they are dear to make
 */
record Sessions(Past past, double mean, Map<Long, Crowd.Hour> hours) {
  private static final int LONGEST = 60;
  private static final int LONGEST_PAUSE = 4_000;

  Sessions(Past past, double mean) {
    this(past, mean, new HashMap<>());
  }

  void forEach(Consumer<Play> consumer) {
    var begun =
        new PriorityQueue<>(
            Comparator.comparingLong((Numbered n) -> n.play.playedAt())
                .thenComparingInt(Numbered::number));
    past.forEachSlot(
        (slot, count) -> {
          begin(slot, count, begun);
          handOut(begun, slot.to(), consumer);
          hours.keySet().removeIf(hour -> hour * Crowd.HOUR < slot.from() - Crowd.HOUR);
        });
    handOut(begun, Long.MAX_VALUE, consumer);
  }

  private static void handOut(PriorityQueue<Numbered> begun, long until, Consumer<Play> consumer) {
    for (var next = begun.peek();
        next != null && next.play.playedAt() < until;
        next = begun.peek()) {
      begun.remove();
      consumer.accept(next.play);
    }
  }

  /** Sessions that begin within the slot and go on after it, so many plays in all. */
  private void begin(Past.Slot slot, int count, PriorityQueue<Numbered> begun) {
    var dice = new Dice(Dice.hash(past.seed(), slot.from(), 'S'));
    int made = 0;
    while (made < count) {
      long at = slot.from() + dice.below(slot.to() - slot.from());
      if (dice.chance(fans())) {
        begun.add(new Numbered(made++, hour(at, count).playOfFan(dice, at)));
      } else {
        made = listen(dice, at, made, count, begun);
      }
    }
  }

  private int listen(Dice dice, long start, int before, int count, PriorityQueue<Numbered> begun) {
    int made = before;
    long at = start;
    var visit = hour(at, count).visit(dice);
    do {
      var play = hour(at, count).next(dice, visit, at);
      begun.add(new Numbered(made++, play));
      at += play.msPlayed() + 1 + dice.below(LONGEST_PAUSE);
    } while (at < past.to() && made < count && made - before < LONGEST && !dice.chance(1 / mean));
    return made;
  }

  private Crowd.Hour hour(long at, int plays) {
    return hours.computeIfAbsent(
        Math.floorDiv(at, Crowd.HOUR), hour -> past.crowd().hour(at, plays));
  }

  /** Fans come once for each play: among sessions they are more than among plays. */
  private double fans() {
    return Crowd.FANS_SHARE * mean / (Crowd.FANS_SHARE * mean + 1 - Crowd.FANS_SHARE);
  }

  private record Numbered(int number, Play play) {}
}
