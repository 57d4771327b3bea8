package topsongs.aggregation;

import java.util.Locale;

/** How far a chart can be relied on. */
enum Status {
  /** Its period still receives plays. */
  PROVISIONAL,
  /** Its period is complete. A late play makes a new revision. */
  FINAL,
  /** Its balance does not add up. */
  HELD;

  /**
   * @param wireName what a period is asked for: final or provisional; held is never asked for
   */
  static Status of(String wireName) {
    return switch (wireName) {
      case "final" -> FINAL;
      case "provisional" -> PROVISIONAL;
      default ->
          throw new IllegalArgumentException(
              "Cannot take status: must be final or provisional, got '%s'".formatted(wireName));
    };
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
