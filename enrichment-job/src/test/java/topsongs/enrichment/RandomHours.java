package topsongs.enrichment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import topsongs.enrichment.HourOfPlays.Delivery;

/**
 * Random deliveries of a few plays in the epoch's first hour: retries with the same body and with
 * others, in any order of arrival, and a catalogue that lacks songs or has them twice.
 */
final class RandomHours {
  private static final long LAST_MILLISECOND = 3_599_999;

  private RandomHours() {}

  static Arbitrary<HourOfPlays> duplicates() {
    return hours(arrivals(0, 1, 1_000, 60_000), false);
  }

  /** All arrived in one millisecond: the partition and the offset say which was the first. */
  static Arbitrary<HourOfPlays> arrivedTogether() {
    return hours(arrivals(60_000), false);
  }

  /** Late ones may well have been received before those on time: producers have clocks. */
  static Arbitrary<HourOfPlays> lateArrivals() {
    return hours(arrivals(0, 1, 1_000, 60_000), true);
  }

  private static Arbitrary<HourOfPlays> hours(Arbitrary<Instant> received, boolean someLate) {
    var late = someLate ? Arbitraries.of(false, true) : Arbitraries.just(false);
    var rows = Arbitraries.frequency(Tuple.of(5, 1), Tuple.of(1, 2), Tuple.of(1, 3));
    var deliveries = Combinators.combine(plays(received), rows, late).as(Delivery::new);
    return Combinators.combine(
            catalogueLines().list().ofMaxSize(6), deliveries.list().ofMaxSize(25))
        .as((lines, list) -> new HourOfPlays(lines, withOffsets(list)));
  }

  private static Arbitrary<Play> plays(Arbitrary<Instant> received) {
    return Combinators.combine(
            Arbitraries.of("e-1", "e-2", "e-3"),
            Arbitraries.of("ana", "ben"),
            songs(),
            Arbitraries.of("CA", "FR"),
            Arbitraries.of(0L, 1L, LAST_MILLISECOND).map(Instant::ofEpochMilli),
            Arbitraries.of(30_000, 29_999),
            received,
            Arbitraries.of(0, 1, 2))
        .as(
            (event, listener, song, region, playedAt, ms, receivedAt, partition) ->
                new Play(event, listener, song, region, playedAt, ms, receivedAt, partition, 0));
  }

  /** Offsets run through all partitions, and so no two records share both. */
  private static List<Delivery> withOffsets(List<Delivery> deliveries) {
    var placed = new ArrayList<Delivery>();
    for (var delivery : deliveries) {
      var play = delivery.play();
      var at = play.receivedAt(play.receivedAt(), play.kafkaPartition(), placed.size());
      placed.add(new Delivery(at, delivery.rows(), delivery.late()));
    }
    return placed;
  }

  private static Arbitrary<Instant> arrivals(Integer... milliseconds) {
    return Arbitraries.of(milliseconds).map(Instant::ofEpochMilli);
  }

  private static Arbitrary<CatalogueLine> catalogueLines() {
    return Combinators.combine(
            songs(),
            Arbitraries.of("Halo", "Hallo", "H\0lo").injectNull(0.1),
            Arbitraries.of("Ines Varga").injectNull(0.1),
            Arbitraries.of("pop", "p\0p").injectNull(0.5),
            Arbitraries.of(200_000, 1, 0, -1).injectNull(0.1),
            Arbitraries.of("2024-03-01").injectNull(0.5))
        .as(CatalogueLine::new);
  }

  private static Arbitrary<String> songs() {
    return Arbitraries.of("halo", "dust", "rust");
  }
}
