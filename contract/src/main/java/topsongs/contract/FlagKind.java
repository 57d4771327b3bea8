package topsongs.contract;

import java.util.Locale;

/** Why an hour's listening was flagged: it looks like no person's. */
public enum FlagKind {
  /** A listener played one song more often than counts in an hour. */
  OVER_CAP,
  /** A listener heard more than an hour within the hour. */
  IMPOSSIBLE,
  /** Listeners of one region who each played one song again and again, and hardly anything else. */
  LOOP;

  /** The name on the wire, in the lake and in SQL: {@code over_cap}, {@code impossible}, … */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException when there is no such kind
   */
  public static FlagKind of(String wireName) {
    for (FlagKind kind : values()) {
      if (kind.wireName().equals(wireName)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "Cannot read kind of flag: must be over_cap, impossible or loop, got '%s'"
            .formatted(wireName));
  }
}
