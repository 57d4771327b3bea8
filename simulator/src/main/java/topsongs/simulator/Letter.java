package topsongs.simulator;

/** A play on its way, for the first time or again. */
record Letter(Play play, Kind kind) {
  enum Kind {
    PROMPT,
    LATE,
    DUPLICATE
  }
}
