package topsongs.simulator;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** When a busy server wants to be asked again. */
public final class RetryAfter {
  private static final String SECONDS = "\\d{1,9}";

  private RetryAfter() {}

  /** What the answer's {@code Retry-After} says; empty where it says nothing that can be read. */
  public static Optional<Duration> of(HttpResponse<?> response) {
    var now = Clock.systemUTC().instant();
    return response.headers().firstValue("Retry-After").flatMap(value -> wait(value.strip(), now));
  }

  /** Seconds, or an HTTP-date; one that has passed is no time to wait. */
  static Optional<Duration> wait(String value, Instant now) {
    if (value.matches(SECONDS)) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
    }
    try {
      var date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(date.isAfter(now) ? Duration.between(now, date) : Duration.ZERO);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
