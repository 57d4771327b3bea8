package topsongs.simulator;

import java.util.Locale;

/** What may go wrong with a play on purpose, at most one of these each. */
public enum Fault {
  RETRIES(
      "sent again as they were, 2 to 5 times",
      "Sent again as they were, 2 to 5 times more within minutes."),
  LATE_HOURS(
      "sent 3 to 24 hours late",
      "Sent 3 to 24 hours after they were played, at the latest at the end."),
  LATE_DAYS(
      "sent 1 to 12 days late",
      "Sent 1 to 12 days after they were played, at the latest at the end."),
  OUT_OF_ORDER(
      "sent up to 5 minutes after their neighbours",
      "Sent up to 5 minutes after those played with them."),
  CLOCK_SKEW(
      "by a clock up to 50 minutes wrong",
      "With a played_at up to 50 minutes too early or too late."),
  BOTS("by bots that loop one song", "By ten bots, each looping one song past the cap."),
  UNKNOWN_SONGS(
      "of songs that the catalogue does not know",
      "Of songs that no catalogue knows: charted under their ids."),
  MALFORMED(
      "that are none, to be refused",
      "Cut short, of no region or of negative length: ingestion-api must refuse them."),
  FUTURE(
      "of next month, to be refused", "Played a month from now: ingestion-api must refuse them.");

  private final String story;
  private final String description;

  Fault(String story, String description) {
    this.story = story;
    this.description = description;
  }

  /** Completes "so many plays …". */
  String story() {
    return story;
  }

  /** What it does to plays, for those who may choose it. */
  String description() {
    return description;
  }

  /** Its name on the command line. */
  String option() {
    return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
