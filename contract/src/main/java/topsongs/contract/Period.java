package topsongs.contract;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;

/**
 * One hour or one day of UTC, half-open: its start belongs to it, its end to the next.
 *
 * @param start aligned to the granularity
 */
public record Period(Granularity granularity, Instant start) {
  private static final DateTimeFormatter PARTITION =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH").withZone(ZoneOffset.UTC);

  /**
   * @throws IllegalArgumentException when start is not aligned
   */
  public Period {
    if (!granularity.floor(start).equals(start)) {
      throw new IllegalArgumentException(
          "Cannot make a period: start must be aligned to the %s, got %s"
              .formatted(granularity.wireName(), start));
    }
  }

  /** The period that holds the instant. */
  public static Period of(Granularity granularity, Instant instant) {
    return new Period(granularity, granularity.floor(instant));
  }

  /** Every period that has any part in the half-open range, in order. */
  public static Stream<Period> touching(Granularity granularity, Instant from, Instant to) {
    return Stream.iterate(of(granularity, from), p -> p.start().isBefore(to), Period::next);
  }

  public Instant end() {
    return start.plus(granularity.length());
  }

  public Period next() {
    return new Period(granularity, end());
  }

  public Period previous() {
    return new Period(granularity, start.minus(granularity.length()));
  }

  /** The value of {@code period_start=} in the lake's folders, such as {@code 2026-11-22T13}. */
  public String partition() {
    return PARTITION.format(start);
  }
}
