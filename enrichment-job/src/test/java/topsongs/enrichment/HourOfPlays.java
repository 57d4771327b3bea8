package topsongs.enrichment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What reached Kafka of one hour's plays, and the songs that were known then.
 *
 * @param deliveries each of another partition or offset
 */
record HourOfPlays(List<CatalogueLine> catalogue, List<Delivery> deliveries) {

  /**
   * One record of Kafka.
   *
   * @param rows how many rows the stream wrote of it: 1, or more after a crash
   * @param late came after the hour had first been enriched
   */
  record Delivery(Play play, int rows, boolean late) {
    Stream<Play> written() {
      return Stream.generate(() -> play).limit(rows);
    }
  }

  List<Play> onTime() {
    return deliveries.stream().filter(d -> !d.late()).flatMap(Delivery::written).toList();
  }

  List<Play> all() {
    return deliveries.stream().flatMap(Delivery::written).toList();
  }

  /** The same in another hour than the epoch's, with songs of its own. */
  HourOfPlays in(Instant start, String songs) {
    var later = Duration.between(Instant.EPOCH, start);
    return new HourOfPlays(
        catalogue.stream().map(line -> line.of(songs + line.songId())).toList(),
        deliveries.stream()
            .map(d -> new Delivery(moved(d.play(), later, songs), d.rows(), d.late()))
            .toList());
  }

  private static Play moved(Play play, Duration later, String songs) {
    return new Play(
        play.eventId(),
        play.userId(),
        songs + play.songId(),
        play.region(),
        play.playedAt().plus(later),
        play.msPlayed(),
        play.receivedAt().plus(later),
        play.kafkaPartition(),
        play.kafkaOffset());
  }
}
