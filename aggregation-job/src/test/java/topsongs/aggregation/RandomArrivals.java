package topsongs.aggregation;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;
import topsongs.contract.Granularity;

/**
 * Random plays of one period, few listeners and songs among them, so that what is rare in a crowd
 * is common here. Their times are offsets from the epoch.
 */
final class RandomArrivals {
  /** Unknown, shorter than 30 s, of 30 s, longer, and of a length that the catalogue lacks. */
  private static final List<Song> SONGS =
      List.of(
          new Song("halo", 200_000, "Halo"),
          new Song("jingle", 12_000, "Jingle"),
          new Song("s-404", null, null),
          new Song("Halo", 30_000, "Halo"),
          new Song("live", null, "Live"),
          new Song("a", 200_000, "A"),
          // In UTF-16 the emoji would come before the private-use character.
          new Song("\uE000", 200_000, "Private"),
          new Song("\uD83C\uDFB5", 200_000, "Note"));

  private static final Arbitrary<Integer> ANY_TIME_HEARD =
      Arbitraries.of(180_000, 30_000, 29_999, 12_000, 11_999, 0, 86_400_000);

  private static final Arbitrary<Integer> LONG_ENOUGH = Arbitraries.just(180_000);

  private final Granularity granularity;

  RandomArrivals(Granularity granularity) {
    this.granularity = granularity;
  }

  private record Song(String id, @Nullable Integer durationMs, @Nullable String title) {}

  /** Plays of which most were delivered more than once. */
  Arbitrary<List<Arrival>> duplicates() {
    return arrivals(Arbitraries.of(SONGS), ANY_TIME_HEARD, deliveries(6)).list().ofMaxSize(30);
  }

  /** Songs of equal plays and equal listeners, in some cases around the hundredth position. */
  Arbitrary<List<Arrival>> ties() {
    var few = arrivals(Arbitraries.of(SONGS), LONG_ENOUGH, once()).list().ofMaxSize(24);
    return Arbitraries.frequencyOf(Tuple.of(9, few), Tuple.of(1, longChart()));
  }

  /**
   * Listeners who hear a song about as often as may count.
   *
   * @param cap how many plays of one song by one listener count
   */
  Arbitrary<List<Arrival>> caps(int cap) {
    return flat(loops(cap, once()).list().ofMinSize(1).ofMaxSize(4));
  }

  /** Plays, looped ones too, of which some or all deliveries came late. */
  Arbitrary<List<Arrival>> lateArrivals(int cap) {
    var single = arrivals(Arbitraries.of(SONGS), ANY_TIME_HEARD, someLate()).map(List::of);
    return flat(
        Arbitraries.frequencyOf(Tuple.of(20, single), Tuple.of(1, loops(cap, someLate())))
            .list()
            .ofMaxSize(20));
  }

  /**
   * Listeners who hear about an hour within the hour, and about as many who loop a song, about as
   * often as is flagged, among other plays.
   */
  Arbitrary<List<Arrival>> abuse() {
    var single = arrivals(Arbitraries.of(SONGS), ANY_TIME_HEARD, deliveries(3)).map(List::of);
    var group = Arbitraries.oneOf(single, endlessListener(), loopers(), loopers());
    return flat(group.list().ofMinSize(2).ofMaxSize(5));
  }

  /** Twenty minutes from the full hour on, a few times, wherever. */
  private Arbitrary<List<Arrival>> endlessListener() {
    var heard = Arbitraries.of(1_200_000, 1_200_000, 1_199_999, 1_200_001);
    return Combinators.combine(
            listeners(),
            hours(),
            arrivals(Arbitraries.of(SONGS), heard, someLate()).list().ofMinSize(2).ofMaxSize(4))
        .as(
            (listener, hour, plays) ->
                plays.stream()
                    .map(
                        arrival ->
                            new Arrival(arrival.play().by(listener).at(hour), arrival.late()))
                    .toList());
  }

  /** Listeners of one region, most of whom play one song again and again and little else. */
  private Arbitrary<List<Arrival>> loopers() {
    var each =
        Combinators.combine(Arbitraries.of(10, 10, 10, 12, 12, 9), Arbitraries.of(0, 0, 2, 3));
    return Combinators.combine(
            arrivals(Arbitraries.of(SONGS), Arbitraries.of(180_000, 60_000, 1), once()),
            hours(),
            each.as((plays, others) -> new Looper(plays, others)).list().ofMinSize(4).ofMaxSize(7))
        .as(
            (first, hour, loopers) ->
                IntStream.range(0, loopers.size())
                    .boxed()
                    .flatMap(
                        i ->
                            loopers
                                .get(i)
                                .of(first.play().by("bot-" + i).at(hour))
                                .map(play -> new Arrival(play, 0)))
                    .toList());
  }

  private record Looper(int plays, int others) {
    private Stream<EnrichedPlay> of(EnrichedPlay play) {
      return Stream.concat(
          play.times(plays).stream(),
          IntStream.range(0, others).mapToObj(i -> play.of("b-" + i).ofUnknownSong()));
    }
  }

  /** The start of one of the period's hours; few of them, so that some meet in one. */
  private Arbitrary<Instant> hours() {
    var last = granularity.length().toHours() - 1;
    return Arbitraries.of(0L, last).map(hour -> Instant.EPOCH.plus(Duration.ofHours(hour)));
  }

  private record Deliveries(int all, int late) {}

  private static Arbitrary<Deliveries> once() {
    return Arbitraries.just(new Deliveries(1, 0));
  }

  private static Arbitrary<Deliveries> deliveries(int most) {
    return Arbitraries.integers().between(1, most).map(all -> new Deliveries(all, 0));
  }

  private static Arbitrary<Deliveries> someLate() {
    return Arbitraries.of(
        new Deliveries(1, 0), new Deliveries(1, 1), new Deliveries(3, 1), new Deliveries(2, 2));
  }

  private Arbitrary<Arrival> arrivals(
      Arbitrary<Song> songs, Arbitrary<Integer> msPlayed, Arbitrary<Deliveries> deliveries) {
    return Combinators.combine(listeners(), songs, regions(), times(), msPlayed, deliveries)
        .as(
            (listener, song, region, time, ms, delivered) ->
                new Arrival(
                    new EnrichedPlay(
                        listener,
                        song.id(),
                        region,
                        time,
                        ms,
                        delivered.all(),
                        song.durationMs(),
                        song.title()),
                    delivered.late()));
  }

  private static Arbitrary<String> listeners() {
    return Arbitraries.of("ana", "ben", "eve");
  }

  private static Arbitrary<String> regions() {
    return Arbitraries.of("CA", "FR");
  }

  /** The first and the last millisecond of the period more often than others. */
  private Arbitrary<Instant> times() {
    var end = granularity.length().toMillis();
    return Arbitraries.longs().between(0, end - 1).map(Instant::ofEpochMilli);
  }

  /** One listener, one song, again and again, a millisecond apart. */
  private Arbitrary<List<Arrival>> loops(int cap, Arbitrary<Deliveries> deliveries) {
    var songs = Arbitraries.of(SONGS.subList(0, 3));
    var heard = Arbitraries.frequencyOf(Tuple.of(5, LONG_ENOUGH), Tuple.of(1, ANY_TIME_HEARD));
    var times =
        Arbitraries.oneOf(
            Arbitraries.integers().between(cap - 2, cap + 2),
            Arbitraries.integers().between(1, cap));
    return Combinators.combine(arrivals(songs, heard, deliveries), times)
        .as((first, count) -> IntStream.range(0, count).mapToObj(i -> inPeriod(first, i)).toList());
  }

  private Arrival inPeriod(Arrival first, int index) {
    var last = granularity.length().minusMillis(1);
    var later = first.later(Duration.ofMillis(index));
    return later.play().playedAt().toEpochMilli() > last.toMillis() ? first : later;
  }

  /** Each song once or twice, so that a tie lies across the hundredth position. */
  private Arbitrary<List<Arrival>> longChart() {
    return flat(
        Arbitraries.integers()
            .between(99, 106)
            .flatMap(
                songs ->
                    Combinators.combine(
                            IntStream.range(0, songs).mapToObj(this::onceOrTwice).toList())
                        .as(lists -> lists)));
  }

  private Arbitrary<List<Arrival>> onceOrTwice(int index) {
    var song = Arbitraries.just(new Song("s-%03d".formatted(index), 200_000, "Song " + index));
    return arrivals(song, LONG_ENOUGH, once()).list().ofMinSize(1).ofMaxSize(2);
  }

  private static Arbitrary<List<Arrival>> flat(Arbitrary<List<List<Arrival>>> lists) {
    return lists.map(list -> list.stream().flatMap(Collection::stream).toList());
  }
}
