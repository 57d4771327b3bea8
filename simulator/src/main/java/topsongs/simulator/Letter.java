package topsongs.simulator;

/** A play on its way, for the first time or again. */
record Letter(Play play, Kind kind) {
  enum Kind {
    PROMPT,
    LATE,
    DUPLICATE,
    MALFORMED,
    FUTURE;

    /** Whether ingestion-api must refuse it. */
    boolean isRefused() {
      return this == MALFORMED || this == FUTURE;
    }
  }
}
