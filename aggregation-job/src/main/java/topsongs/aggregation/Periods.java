package topsongs.aggregation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import topsongs.contract.Granularity;
import topsongs.contract.Period;

/**
 * Periods of one granularity, in order: those of a half-open range, or what is left of them.
 *
 * @param all without gaps unless some were taken out
 * @param settledUntil what ends by then is final, the rest provisional
 */
record Periods(Granularity granularity, List<Period> all, Instant settledUntil) {

  /**
   * Every period that has a part in a range of hours.
   *
   * @throws IllegalArgumentException when the range is empty or cuts through an hour
   */
  static Periods touching(Granularity granularity, Instant from, Instant to, Instant settledUntil) {
    requireFullHour("--from", from);
    requireFullHour("--to", to);
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(
          "Cannot take range: --from must be before --to, got %s and %s".formatted(from, to));
    }
    return new Periods(granularity, Period.touching(granularity, from, to).toList(), settledUntil);
  }

  Period first() {
    return all.get(0);
  }

  Period last() {
    return all.get(all.size() - 1);
  }

  Status status(Period period) {
    return period.end().isAfter(settledUntil) ? Status.PROVISIONAL : Status.FINAL;
  }

  Periods provisional() {
    return where(Status.PROVISIONAL);
  }

  /** The end of the last final period. */
  Optional<Instant> passedUntil() {
    var settled = where(Status.FINAL);
    return settled.all.isEmpty() ? Optional.empty() : Optional.of(settled.last().end());
  }

  Periods without(List<Period> some) {
    return only(all.stream().filter(period -> !some.contains(period)).toList());
  }

  Periods only(List<Period> some) {
    return new Periods(granularity, some, settledUntil);
  }

  /** The folders of these periods' hours in a table that is partitioned by hour. */
  Stream<String> hourFolders(String table) {
    return all.stream().flatMap(Periods::hours).map(hour -> table + "/" + hour);
  }

  /** The period's hours as such tables name them, such as event_date=2026-11-22/event_hour=9. */
  static Stream<String> hours(Period period) {
    return Period.touching(Granularity.HOUR, period.start(), period.end())
        .map(hour -> hour.start().atOffset(ZoneOffset.UTC))
        .map(hour -> "event_date=%s/event_hour=%d".formatted(hour.toLocalDate(), hour.getHour()));
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

  private Periods where(Status status) {
    return only(all.stream().filter(period -> status(period) == status).toList());
  }

  private static void requireFullHour(String option, Instant instant) {
    if (!Granularity.HOUR.floor(instant).equals(instant)) {
      throw new IllegalArgumentException(
          "Cannot take range: %s must be a full UTC hour, got %s".formatted(option, instant));
    }
  }
}
