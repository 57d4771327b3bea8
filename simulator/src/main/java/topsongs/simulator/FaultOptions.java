package topsongs.simulator;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** The faults that history and live make only when asked to, each a share of the plays. */
final class FaultOptions {
  private final Map<Fault, Double> shares = new EnumMap<>(Fault.class);

  // Numbered, because a JVM may give methods in any order.
  @Option(
      names = "--retries",
      order = 1,
      paramLabel = "SHARE",
      description = "Sent again as they were, 2 to 5 times more within minutes.")
  void retries(double share) {
    shares.put(Fault.RETRIES, share);
  }

  @Option(
      names = "--late-hours",
      order = 2,
      paramLabel = "SHARE",
      description = "Sent 3 to 24 hours after they were played, at the latest at the end.")
  void lateHours(double share) {
    shares.put(Fault.LATE_HOURS, share);
  }

  @Option(
      names = "--late-days",
      order = 3,
      paramLabel = "SHARE",
      description = "Sent 1 to 12 days after they were played, at the latest at the end.")
  void lateDays(double share) {
    shares.put(Fault.LATE_DAYS, share);
  }

  @Option(
      names = "--out-of-order",
      order = 4,
      paramLabel = "SHARE",
      description = "Sent up to 5 minutes after those played with them.")
  void outOfOrder(double share) {
    shares.put(Fault.OUT_OF_ORDER, share);
  }

  @Option(
      names = "--clock-skew",
      order = 5,
      paramLabel = "SHARE",
      description = "With a played_at up to 50 minutes too early or too late.")
  void clockSkew(double share) {
    shares.put(Fault.CLOCK_SKEW, share);
  }

  @Option(
      names = "--bots",
      order = 6,
      paramLabel = "SHARE",
      description = "By ten bots, each looping one song past the cap.")
  void bots(double share) {
    shares.put(Fault.BOTS, share);
  }

  @Option(
      names = "--unknown-songs",
      order = 7,
      paramLabel = "SHARE",
      description = "Of songs that no catalogue knows: charted under their ids.")
  void unknownSongs(double share) {
    shares.put(Fault.UNKNOWN_SONGS, share);
  }

  @Option(
      names = "--malformed",
      order = 8,
      paramLabel = "SHARE",
      description =
          "Cut short, of no region or of negative length: ingestion-api must refuse them.")
  void malformed(double share) {
    shares.put(Fault.MALFORMED, share);
  }

  @Option(
      names = "--future",
      order = 9,
      paramLabel = "SHARE",
      description = "Played a month from now: ingestion-api must refuse them.")
  void future(double share) {
    shares.put(Fault.FUTURE, share);
  }

  /**
   * @throws Failure when a share is none, or all are more than the whole
   */
  Map<Fault, Double> shares() {
    shares.forEach((fault, share) -> CrowdOptions.requireShare(option(fault), share));
    double sum = shares.values().stream().mapToDouble(share -> share).sum();
    if (sum > 1) {
      throw new Failure(
          "Cannot simulate: a play has one fault at most, so their shares must add up to at most 1, got "
              + sum);
    }
    return shares;
  }

  private static String option(Fault fault) {
    return "--" + fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
