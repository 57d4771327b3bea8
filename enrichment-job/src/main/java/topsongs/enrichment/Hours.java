package topsongs.enrichment;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import topsongs.contract.Granularity;
import topsongs.contract.Period;

/**
 * A half-open range of whole hours of UTC.
 *
 * @param from the first hour's start
 * @param to the last hour's end
 */
record Hours(Instant from, Instant to) {
  /**
   * @throws IllegalArgumentException when the range is empty or does not begin and end at full
   *     hours
   */
  Hours {
    requireFullHour("--from", from);
    requireFullHour("--to", to);
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(
          "Cannot take range: --from must be before --to, got %s and %s".formatted(from, to));
    }
  }

  /** The folders of these hours in a table of the lake, in order. */
  Stream<String> folders(String table) {
    return Period.touching(Granularity.HOUR, from, to).map(hour -> folder(table, hour.start()));
  }

  /** A folder such as {@code plays/event_date=2026-11-22/event_hour=9}. */
  private static String folder(String table, Instant hour) {
    var start = hour.atOffset(ZoneOffset.UTC);
    return "%s/event_date=%s/event_hour=%d".formatted(table, start.toLocalDate(), start.getHour());
  }

  @Override
  public String toString() {
    return from + " to " + to;
  }

  private static void requireFullHour(String option, Instant instant) {
    if (!Granularity.HOUR.floor(instant).equals(instant)) {
      throw new IllegalArgumentException(
          "Cannot take range: %s must be a full hour, got %s".formatted(option, instant));
    }
  }
}
