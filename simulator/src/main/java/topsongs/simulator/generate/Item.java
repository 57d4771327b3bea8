package topsongs.simulator.generate;

import com.fasterxml.jackson.databind.JsonNode;
import java.text.Normalizer;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Locale;

/**
 * An item of an answer. Each method gives a field that keeps its rule, or throws an {@code
 * IllegalArgumentException} that names field, rule and value. What is harmless is mended: white
 * space, composed characters, upper case in names of ours. A field that nobody asks for stays
 * behind here.
 */
record Item(JsonNode json) {
  private static final int LONGEST_QUOTE = 60;

  int number() {
    return json.path("number").asInt(0);
  }

  /** One to so many characters, none of them a control character. */
  String text(String field, int longest) {
    var text =
        Normalizer.normalize(json.path(field).asText(""), Normalizer.Form.NFC)
            .strip()
            .replaceAll("[\\s\\u00a0]+", " ");
    int length = text.codePointCount(0, text.length());
    boolean holds =
        json.path(field).isTextual()
            && length >= 1
            && length <= longest
            && text.codePoints().noneMatch(Item::isInvisible);
    return require(holds, text, field, "must be a text of 1 to %d characters".formatted(longest));
  }

  String oneOf(Collection<String> known, String field) {
    var name = json.path(field).asText("").strip();
    var found = known.stream().filter(name::equalsIgnoreCase).findFirst().orElse("");
    return require(!found.isEmpty(), found, field, "must be one of those given");
  }

  int integer(String field, int least, int most) {
    var value = json.path(field);
    boolean holds =
        value.isNumber()
            && value.asDouble() == Math.rint(value.asDouble())
            && value.asDouble() >= least
            && value.asDouble() <= most;
    return require(
        holds, value.asInt(), field, "must be a whole number from %d to %d".formatted(least, most));
  }

  /** Rounded to hundredths. */
  double factor(String field, double least, double most) {
    var value = json.path(field);
    boolean holds = value.isNumber() && value.asDouble() >= least && value.asDouble() <= most;
    var rule = String.format(Locale.ROOT, "must be a number from %s to %s", least, most);
    return require(holds, Math.round(value.asDouble() * 100) / 100.0, field, rule);
  }

  String date(String field, LocalDate first, LocalDate last) {
    var text = json.path(field).asText("");
    var rule = "must be a day YYYY-MM-DD from %s to %s".formatted(first, last);
    try {
      var date = LocalDate.parse(text);
      return require(!date.isBefore(first) && !date.isAfter(last), text, field, rule);
    } catch (DateTimeParseException e) {
      return require(false, text, field, rule);
    }
  }

  String timeOfWeek(String field) {
    var text = json.path(field).asText("").strip().toUpperCase(Locale.ROOT);
    boolean holds = Trend.TIME_OF_WEEK.matcher(text).matches();
    return require(holds, text, field, "must be a time of the week such as FRI 18:00");
  }

  private <T> T require(boolean holds, T value, String field, String rule) {
    if (!holds) {
      var got = json.path(field).toString();
      throw new IllegalArgumentException(
          "%s %s, got %s".formatted(field, rule, got.isEmpty() ? "nothing" : shortened(got)));
    }
    return value;
  }

  private static String shortened(String quote) {
    int end =
        quote.offsetByCodePoints(
            0, Math.min(LONGEST_QUOTE, quote.codePointCount(0, quote.length())));
    return quote.substring(0, end);
  }

  private static boolean isInvisible(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.CONTROL
        || type == Character.SURROGATE
        || type == Character.UNASSIGNED
        || type == Character.PRIVATE_USE
        || codePoint == 0xFFFD;
  }
}
