package topsongs.contract;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** How long a chart's period is. Periods are half-open and aligned to UTC. */
public enum Granularity {
  HOUR(ChronoUnit.HOURS, Duration.ofHours(1)),
  DAY(ChronoUnit.DAYS, Duration.ofDays(1));

  private final ChronoUnit unit;
  private final Duration length;

  Granularity(ChronoUnit unit, Duration length) {
    this.unit = unit;
    this.length = length;
  }

  public Duration length() {
    return length;
  }

  /** The start of the period that holds the instant. */
  public Instant floor(Instant instant) {
    return instant.truncatedTo(unit);
  }

  /** The name on the wire, in the lake and in SQL: {@code hour} or {@code day}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException when the name is neither hour nor day
   */
  public static Granularity of(String wireName) {
    for (Granularity granularity : values()) {
      if (granularity.wireName().equals(wireName)) {
        return granularity;
      }
    }
    throw new IllegalArgumentException(
        "Cannot read granularity: must be hour or day, got '%s'".formatted(wireName));
  }
}
