package topsongs.simulator;

/** What may go wrong with a play on purpose, at most one of these each. */
public enum Fault {
  RETRIES("sent again as they were, 2 to 5 times"),
  LATE_HOURS("sent 3 to 24 hours late"),
  LATE_DAYS("sent 1 to 12 days late"),
  OUT_OF_ORDER("sent up to 5 minutes after their neighbours"),
  CLOCK_SKEW("by a clock up to 50 minutes wrong"),
  BOTS("by bots that loop one song"),
  UNKNOWN_SONGS("of songs that the catalogue does not know"),
  MALFORMED("that are none, to be refused"),
  FUTURE("of next month, to be refused");

  private final String story;

  Fault(String story) {
    this.story = story;
  }

  /** Completes "so many plays …". */
  String story() {
    return story;
  }
}
