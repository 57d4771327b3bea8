package topsongs.contract;

/** A play that breaks the contract: which field, what it held, and the rule it broke. */
public final class InvalidPlay extends IllegalArgumentException {
  private static final int SHOWN = 64;

  private final String field;
  private final String rule;
  private final String detail;

  public InvalidPlay(String field, Object value, String rule) {
    this(field, rule, "%s %s, got '%s'".formatted(field, rule, shorten(value.toString())));
  }

  private InvalidPlay(String field, String rule, String detail) {
    super("Cannot take play: " + detail);
    this.field = field;
    this.rule = rule;
    this.detail = detail;
  }

  /** The field's name as the client spells it, such as {@code played_at}. */
  public String field() {
    return field;
  }

  /** The rule alone, such as "must be from 0 to 86400000". */
  public String rule() {
    return rule;
  }

  /** What is wrong, such as "ms_played must be from 0 to 86400000, got '-1'". */
  public String detail() {
    return detail;
  }

  private static String shorten(String value) {
    return value.codePointCount(0, value.length()) <= SHOWN
        ? value
        : value.substring(0, value.offsetByCodePoints(0, SHOWN)) + "…";
  }
}
