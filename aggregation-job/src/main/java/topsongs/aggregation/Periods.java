package topsongs.aggregation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import topsongs.contract.Granularity;
import topsongs.contract.Period;

/**
 * Periods of one granularity, in order: those of a half-open range, or what is left of them.
 *
 * @param all without gaps unless some were taken out
 */
record Periods(Granularity granularity, List<Period> all) {

  /**
   * @throws IllegalArgumentException when the range is empty or cuts through a period
   */
  static Periods between(Granularity granularity, Instant from, Instant to) {
    requireAligned(granularity, "--from", from);
    requireAligned(granularity, "--to", to);
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(
          "Cannot take range: --from must be before --to, got %s and %s".formatted(from, to));
    }
    return new Periods(granularity, Period.touching(granularity, from, to).toList());
  }

  Period first() {
    return all.get(0);
  }

  Period last() {
    return all.get(all.size() - 1);
  }

  Periods without(List<Instant> starts) {
    return new Periods(
        granularity, all.stream().filter(period -> !starts.contains(period.start())).toList());
  }

  /** The folders of these periods' hours in a table that is partitioned by hour. */
  Stream<String> hourFolders(String table) {
    return all.stream()
        .flatMap(period -> Period.touching(Granularity.HOUR, period.start(), period.end()))
        .map(hour -> hourFolder(table, hour.start()));
  }

  /** The days that hold these periods. */
  Stream<LocalDate> days() {
    return all.stream()
        .map(period -> LocalDate.ofInstant(period.start(), ZoneOffset.UTC))
        .distinct();
  }

  /** Such as {@code hour 2026-11-22T13 to 2026-11-22T15}, the end not included. */
  @Override
  public String toString() {
    return all.isEmpty()
        ? "no " + granularity.wireName()
        : "%s %s to %s"
            .formatted(granularity.wireName(), first().partition(), last().next().partition());
  }

  private static String hourFolder(String table, Instant hour) {
    var start = hour.atOffset(ZoneOffset.UTC);
    return "%s/event_date=%s/event_hour=%d".formatted(table, start.toLocalDate(), start.getHour());
  }

  private static void requireAligned(Granularity granularity, String option, Instant instant) {
    if (!granularity.floor(instant).equals(instant)) {
      throw new IllegalArgumentException(
          "Cannot take range: %s must be the start of a UTC %s, got %s"
              .formatted(option, granularity.wireName(), instant));
    }
  }
}
