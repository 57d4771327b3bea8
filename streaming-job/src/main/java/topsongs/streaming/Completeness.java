package topsongs.streaming;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;

/**
 * Tells from offsets alone up to which time all that reached Kafka is in the lake: what Kafka held
 * when it was last looked at is there as soon as the stream has committed those offsets.
 */
final class Completeness {
  /** In a long backlog the looks pile up; forgetting some only makes the answer coarser. */
  private static final int MAX_LOOKS = 1_000;

  private final ArrayDeque<Look> looks = new ArrayDeque<>();

  private record Look(Instant at, Map<Integer, Long> latest) {
    boolean isCoveredBy(Map<Integer, Long> committed) {
      return latest.entrySet().stream()
          .allMatch(l -> l.getValue() <= committed.getOrDefault(l.getKey(), -1L));
    }
  }

  /**
   * Kafka was looked at: nothing that it held at that time lies at or beyond these offsets.
   *
   * @param at taken before the offsets were fetched
   * @param latest each partition's next offset to be written
   */
  void looked(Instant at, Map<Integer, Long> latest) {
    if (looks.size() < MAX_LOOKS) {
      looks.add(new Look(at, latest));
    }
  }

  /**
   * The time of the newest look that the committed offsets cover; empty when they cover no new one.
   *
   * @param committed each partition's next offset to be read
   */
  Optional<Instant> committed(Map<Integer, Long> committed) {
    Optional<Instant> covered = Optional.empty();
    while (!looks.isEmpty() && looks.element().isCoveredBy(committed)) {
      covered = Optional.of(looks.remove().at());
    }
    return covered;
  }
}
