package topsongs.ingestion;

import static java.time.temporal.ChronoField.DAY_OF_MONTH;
import static java.time.temporal.ChronoField.HOUR_OF_DAY;
import static java.time.temporal.ChronoField.MINUTE_OF_HOUR;
import static java.time.temporal.ChronoField.MONTH_OF_YEAR;
import static java.time.temporal.ChronoField.NANO_OF_SECOND;
import static java.time.temporal.ChronoField.SECOND_OF_MINUTE;
import static java.time.temporal.ChronoField.YEAR;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.regex.Pattern;
import topsongs.contract.InvalidPlay;

/** Instants as they cross the boundary. Java's own parser takes more, and less, than RFC 3339. */
final class Rfc3339 {
  private static final DateTimeFormatter LENIENT_IN_NOTHING =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendValue(YEAR, 4)
          .appendLiteral('-')
          .appendValue(MONTH_OF_YEAR, 2)
          .appendLiteral('-')
          .appendValue(DAY_OF_MONTH, 2)
          .appendLiteral('T')
          .appendValue(HOUR_OF_DAY, 2)
          .appendLiteral(':')
          .appendValue(MINUTE_OF_HOUR, 2)
          .appendLiteral(':')
          .appendValue(SECOND_OF_MINUTE, 2)
          .optionalStart()
          .appendFraction(NANO_OF_SECOND, 1, 9, true)
          .optionalEnd()
          .appendOffset("+HH:MM", "Z")
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT);

  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private static final String DATE_AND_MINUTE = "\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d";
  private static final Pattern WITHOUT_SECONDS =
      Pattern.compile(DATE_AND_MINUTE + "([Zz]|[+-]\\d\\d:\\d\\d)");
  private static final Pattern WITHOUT_OFFSET =
      Pattern.compile(DATE_AND_MINUTE + ":\\d\\d(\\.\\d+)?");

  private Rfc3339() {}

  /**
   * @throws InvalidPlay when the text is not an RFC 3339 instant, saying what it lacks
   */
  static Instant parse(String field, String text) {
    try {
      return LENIENT_IN_NOTHING.parse(text, Instant::from);
    } catch (DateTimeParseException e) {
      throw new InvalidPlay(field, text, rule(text));
    }
  }

  /** Always milliseconds and Z, as in {@code 2026-11-22T13:59:00.000Z}. */
  static String format(Instant instant) {
    return MILLISECONDS.format(instant);
  }

  private static String rule(String text) {
    if (WITHOUT_SECONDS.matcher(text).matches()) {
      return "must have seconds, as in 2026-11-22T13:59:00Z";
    }
    if (WITHOUT_OFFSET.matcher(text).matches()) {
      return "must end in Z or an offset, as in 2026-11-22T13:59:00Z or 2026-11-22T14:59:00+01:00";
    }
    return "must be an RFC 3339 instant such as 2026-11-22T13:59:00.000Z";
  }
}
