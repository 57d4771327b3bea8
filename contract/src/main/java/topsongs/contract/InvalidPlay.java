package topsongs.contract;

/** A play that breaks the contract: which field, what it held, and the rule it broke. */
public final class InvalidPlay extends IllegalArgumentException {
  private static final int SHOWN = 64;

  private final String field;
  private final String rule;

  public InvalidPlay(String field, Object value, String rule) {
    super("Cannot take play: %s %s, got '%s'".formatted(field, rule, shorten(value.toString())));
    this.field = field;
    this.rule = rule;
  }

  /** The field's name as the client spells it, such as {@code played_at}. */
  public String field() {
    return field;
  }

  /** The rule alone, such as "must be at most 14 days old". */
  public String rule() {
    return rule;
  }

  private static String shorten(String value) {
    return value.codePointCount(0, value.length()) <= SHOWN
        ? value
        : value.substring(0, value.offsetByCodePoints(0, SHOWN)) + "…";
  }
}
