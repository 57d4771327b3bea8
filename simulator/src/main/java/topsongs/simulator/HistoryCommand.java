package topsongs.simulator;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import topsongs.contract.Granularity;

@Command(
    name = "history",
    description = {
      "Posts the plays of past hours to ingestion-api, as fast as it takes them.",
      "The same seed, range and number of plays are the same plays, byte for byte, on any machine."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  simulator history                                  # the last 24 hours, 200,000 plays",
      "  simulator history --from=2026-11-20T00:00Z --to=2026-11-22T00:00Z --plays=1000000 --seed=7",
      "  simulator history --plays=10000 --duplicates=0.2 --late=0.1 --truth=truth.jsonl",
      "  simulator history --retries=0.01 --bots=0.02 --malformed=0.001 --future=0.001",
      "",
      "Exit code: 0 all sent, 1 ingestion-api away for too long or refused, 2 wrong usage."
    })
final class HistoryCommand implements Callable<Integer> {
  @Option(
      names = "--from",
      paramLabel = "INSTANT",
      description = "First instant, such as 2026-11-22T13:00Z. Default: 24 hours before --to")
  @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "INSTANT",
      description = "End of the range, not included. Default: start of the current hour")
  @Nullable Instant to;

  @Option(
      names = "--plays",
      paramLabel = "N",
      description = "Distinct plays; duplicates come on top. Default: 200000")
  int plays = 200_000;

  @Mixin private final CrowdOptions options = new CrowdOptions();

  @Mixin private final DeliveryOptions delivery = new DeliveryOptions();

  private final Map<String, String> environment;
  private final PrintWriter out;

  HistoryCommand(Map<String, String> environment, PrintWriter out) {
    this.environment = environment;
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    var end = to == null ? Granularity.HOUR.floor(Clock.systemUTC().instant()) : to;
    var start = from == null ? end.minus(Granularity.DAY.length()) : from;
    requireSense(start, end);
    var stage = options.stage();
    out.printf(Locale.ROOT, "%,d plays from %s to %s, seed %d%n", plays, start, end, options.seed);
    var crowd = options.crowd(stage);
    var past =
        new Past(crowd, start.toEpochMilli(), end.toEpochMilli(), plays, options.seedOfPlays());
    delivery.deliver("history", stage, plays, past::forEach, environment, out);
    return 0;
  }

  private void requireSense(Instant start, Instant end) {
    if (!start.isBefore(end)) {
      throw new Failure(
          "Cannot make history: --from must be before --to, got %s and %s".formatted(start, end));
    }
    if (plays < 1) {
      throw new Failure("Cannot make history: --plays must be at least 1, got " + plays);
    }
  }
}
