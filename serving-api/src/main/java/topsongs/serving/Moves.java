package topsongs.serving;

import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import topsongs.serving.Revisions.Placed;

/**
 * Which songs of a chart changed places from one revision to the next: the fewest that explain it.
 * A song that comes in moves all below it by one, and of those nothing is said.
 */
final class Moves {
  private static final int TOLD = 4;
  private static final int TITLE = 40;

  private final List<Placed> arrived;
  private final List<Placed> gone;

  /** Those on both charts, in the order that they had, and in the order that they have. */
  private final List<Placed> had;

  private final List<Placed> have;

  Moves(List<Placed> stood, List<Placed> stand) {
    arrived = without(stand, stood);
    gone = without(stood, stand);
    had = without(stood, gone);
    have = without(stand, arrived);
  }

  private static List<Placed> without(List<Placed> songs, List<Placed> others) {
    var ids = others.stream().map(Placed::songId).collect(toSet());
    return songs.stream().filter(song -> !ids.contains(song.songId())).toList();
  }

  /**
   * @param position the best one that it is about
   */
  private record Move(int position, String words) {}

  /** Those nearest to the top, and how many more there are; empty where there is none. */
  String words() {
    var moves =
        Stream.of(arrivals(), departures(), exchanges())
            .flatMap(found -> found)
            .sorted(comparingInt(Move::position))
            .map(Move::words)
            .toList();
    var more = moves.size() - TOLD;
    return Stream.concat(
            moves.stream().limit(TOLD), more > 0 ? Stream.of("and " + more + " more") : Stream.of())
        .collect(joining("; "));
  }

  private Stream<Move> arrivals() {
    return arrived.stream()
        .map(song -> move(song.position(), "new at #%d: %s", song.position(), title(song)));
  }

  private Stream<Move> departures() {
    return gone.stream()
        .map(song -> move(song.position(), "gone from #%d: %s", song.position(), title(song)));
  }

  private Stream<Move> exchanges() {
    var order = order();
    var swaps =
        IntStream.range(0, order.length)
            .filter(i -> order[i] > i && order[order[i]] == i)
            .boxed()
            .toList();
    var told = swaps.stream().map(i -> swap(have.get(i), have.get(order[i]))).toList();
    for (int i : swaps) {
      order[order[i]] = order[i];
      order[i] = i;
    }
    return Stream.concat(told.stream(), passings(order));
  }

  /** Where each song of today's order was in the other. */
  private int[] order() {
    var ids = had.stream().map(Placed::songId).toList();
    return have.stream().mapToInt(song -> ids.indexOf(song.songId())).toArray();
  }

  private static Move swap(Placed one, Placed other) {
    return move(one.position(), "#%d and #%d swapped", one.position(), other.position());
  }

  /** Those that no longer stand in the order that most of them kept. */
  private Stream<Move> passings(int[] order) {
    var kept = kept(order);
    return IntStream.range(0, order.length)
        .filter(i -> !kept.get(i))
        .filter(i -> had.get(order[i]).position() != have.get(i).position())
        .mapToObj(i -> passing(had.get(order[i]), have.get(i)));
  }

  private static Move passing(Placed was, Placed is) {
    return move(
        Math.min(was.position(), is.position()),
        "%s from #%d to #%d: %s",
        is.position() < was.position() ? "up" : "down",
        was.position(),
        is.position(),
        title(is));
  }

  /** The longest part of the order that rises: the indices that are of it. */
  private static BitSet kept(int[] order) {
    var best = new BitSet();
    var endingAt = new BitSet[order.length];
    for (int i = 0; i < order.length; i++) {
      endingAt[i] = longest(order, i, endingAt);
      endingAt[i].set(i);
      best = endingAt[i].cardinality() > best.cardinality() ? endingAt[i] : best;
    }
    return best;
  }

  private static BitSet longest(int[] order, int end, BitSet[] endingAt) {
    return IntStream.range(0, end)
        .filter(i -> order[i] < order[end])
        .mapToObj(i -> endingAt[i])
        .max(comparingInt(BitSet::cardinality))
        .map(longest -> (BitSet) longest.clone())
        .orElseGet(BitSet::new);
  }

  private static Move move(int position, String words, Object... of) {
    return new Move(position, words.formatted(of));
  }

  private static String title(Placed song) {
    var title = song.title() == null ? song.songId() : song.title().replaceAll("\\s+", " ");
    return title.codePointCount(0, title.length()) <= TITLE
        ? title
        : title.substring(0, title.offsetByCodePoints(0, TITLE - 1)) + "…";
  }
}
