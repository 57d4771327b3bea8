package topsongs.aggregation;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A play and how many of its deliveries came late: after its charts had first been made.
 *
 * @param late 0 to {@code play.deliveries()}; when all of them did, the first charts miss the play
 */
record Arrival(EnrichedPlay play, int late) {
  static List<EnrichedPlay> all(List<Arrival> arrivals) {
    return arrivals.stream().map(Arrival::play).toList();
  }

  /** What the first charts were made from. */
  static List<EnrichedPlay> onTime(List<Arrival> arrivals) {
    return arrivals.stream().flatMap(Arrival::onTime).toList();
  }

  Arrival later(Duration time) {
    return new Arrival(play.at(play.playedAt().plus(time)), late);
  }

  private Stream<EnrichedPlay> onTime() {
    var deliveries = play.deliveries() - late;
    return deliveries > 0 ? Stream.of(play.delivered(deliveries)) : Stream.empty();
  }
}
