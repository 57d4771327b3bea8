package topsongs.simulator;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import topsongs.contract.CountingRules;

/**
 * What plays are of, and what goes wrong with them on their way.
 *
 * @param songs those that the catalogue knows
 * @param faults shares of plays, together at most 1
 * @param duplicates share of plays sent twice, 0 to 1
 * @param late share of plays sent out of order, 0 to 1
 */
record Stage(
    List<Song> songs,
    List<Region> regions,
    long seed,
    Map<Fault, Double> faults,
    double duplicates,
    double late) {

  PlayWriter writer() {
    return new PlayWriter(Faults.withUnknown(songs), regions, seed);
  }

  Truth truth() {
    return new Truth(Faults.withUnknown(songs), regions, CountingRules.load(CountingRules.CURRENT));
  }

  /** When plays are sent. */
  Post post(Consumer<Letter> box) {
    return new Post(duplicates, late, seed, box);
  }

  /** What goes wrong on the way to the post. */
  Faults faults(Post post) {
    return new Faults(faults, songs.size(), regions.size(), seed, post);
  }

  /** How many letters so many plays make, more or less. */
  long letters(long plays) {
    return Math.round(plays * (Faults.lettersEach(faults) + duplicates));
  }
}
