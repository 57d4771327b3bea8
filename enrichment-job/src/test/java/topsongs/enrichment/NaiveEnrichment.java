package topsongs.enrichment;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Plays beside their songs by plain loops that follow docs/data-contract.md word by word and share
 * no code with the job: what {@link Enrichment} must come to.
 */
final class NaiveEnrichment {
  private NaiveEnrichment() {}

  /** Each play as the text of its row, by its event_id and played_at. */
  static Map<String, String> enrich(List<Play> rows, List<CatalogueLine> catalogue) {
    var plays = new TreeMap<String, String>();
    rows.stream()
        .collect(groupingBy(NaiveEnrichment::identity))
        .forEach((identity, its) -> plays.put(identity, text(its, catalogue)));
    return plays;
  }

  static String identity(Play play) {
    return play.eventId() + " " + play.playedAt().toEpochMilli();
  }

  private static String text(List<Play> rows, List<CatalogueLine> catalogue) {
    var first =
        rows.stream()
            .min(
                comparing((Play row) -> row.receivedAt())
                    .thenComparing(Play::kafkaPartition)
                    .thenComparing(Play::kafkaOffset))
            .orElseThrow();
    var deliveries =
        rows.stream().map(p -> List.of(p.kafkaPartition(), p.kafkaOffset())).distinct().count();
    return Stream.concat(facts(first, deliveries), song(first.songId(), catalogue))
        .map(Objects::toString)
        .collect(Collectors.joining("|"));
  }

  private static Stream<Object> facts(Play play, long deliveries) {
    return Stream.of(
        play.userId(),
        play.songId(),
        play.region(),
        play.msPlayed(),
        play.receivedAt().toEpochMilli(),
        deliveries);
  }

  /** Title, artist, genre, length and date of the song's last line where that is a known song's. */
  private static Stream<?> song(String songId, List<CatalogueLine> catalogue) {
    return catalogue.stream()
        .filter(line -> line.songId().equals(songId))
        .reduce((earlier, later) -> later)
        .filter(NaiveEnrichment::isKnown)
        .map(NaiveEnrichment::facts)
        .orElse(Arrays.asList(null, null, null, null, null))
        .stream();
  }

  private static boolean isKnown(CatalogueLine line) {
    return line.title() != null
        && line.artist() != null
        && Stream.of(line.title(), line.artist(), Optional.ofNullable(line.genre()).orElse(""))
            .noneMatch(text -> text.contains("\0"));
  }

  private static List<Object> facts(CatalogueLine line) {
    var length = line.durationMs();
    return Arrays.asList(
        line.title(),
        line.artist(),
        line.genre(),
        length != null && length > 0 ? length : null,
        line.releaseDate());
  }
}
