package topsongs.simulator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

/**
 * Exactly so many plays of a crowd within a range of time, in the order they were played.
 *
 * @param from epoch milliseconds, included
 * @param to epoch milliseconds, excluded
 */
record Past(Crowd crowd, long from, long to, int plays, long seed) {
  void forEach(Consumer<Play> consumer) {
    forEachSlot((slot, count) -> playsOf(slot, count).forEach(consumer));
  }

  /** Hands out the hours, and how many of the plays fall into each. */
  void forEachSlot(ObjIntConsumer<Slot> consumer) {
    var slots = slots();
    double total = slots.stream().mapToDouble(Slot::weight).sum();
    double passed = 0;
    for (Slot slot : slots) {
      long done = Math.round(plays * (passed / total));
      passed += slot.weight;
      int count = (int) (Math.round(plays * (passed / total)) - done);
      consumer.accept(slot, count);
    }
  }

  private List<Play> playsOf(Slot slot, int count) {
    var dice = new Dice(Dice.hash(seed, slot.from));
    var hour = crowd.hour(slot.from, count);
    var made = new ArrayList<Play>(count);
    for (int i = 0; i < count; i++) {
      made.add(hour.play(dice, slot.from + dice.below(slot.to - slot.from)));
    }
    made.sort(Comparator.comparingLong(Play::playedAt));
    return made;
  }

  private List<Slot> slots() {
    var slots = new ArrayList<Slot>();
    for (long start = from;
        start < to;
        start = Math.floorDiv(start, Crowd.HOUR) * Crowd.HOUR + Crowd.HOUR) {
      long end = Math.min(to, Math.floorDiv(start, Crowd.HOUR) * Crowd.HOUR + Crowd.HOUR);
      slots.add(new Slot(start, end, (end - start) * crowd.activity((start + end) / 2)));
    }
    return slots;
  }

  /** The part of one hour that lies within the range. */
  record Slot(long from, long to, double weight) {}
}
