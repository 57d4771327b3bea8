package topsongs.simulator;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How plays of the past are sent, all of them, and what is told of it. */
final class DeliveryOptions {
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(15);

  /** Long enough for a broker to come back. */
  private static final Duration RECOVERY = Duration.ofMinutes(2);

  /** A stream that was restarted first does what it had begun. */
  private static final Duration IN_LAKE_WITHIN = Duration.ofMinutes(10);

  @Option(
      names = "--rate",
      paramLabel = "R",
      description =
          "Plays a second, none left out; duplicates come on top. Default: as fast as ingestion-api takes them")
  @Nullable Double rate;

  @Option(names = "--parallel", paramLabel = "N", description = "Batches in flight. Default: 8")
  int parallel = 8;

  @Option(
      names = "--patience",
      paramLabel = "DURATION",
      description =
          "How long a batch is sent again and again, such as 10m. Default: 2m, or 15s before the first answer")
  @Nullable Duration patience;

  @Option(
      names = "--await-lake",
      description =
          "End only when the stream has moved the plays into the lake, which takes seconds.")
  boolean awaitLake;

  @Mixin private final Destinations destinations = new Destinations();

  /**
   * Sends every play, tells what became of them, and writes the truth about them.
   *
   * @param task names the command in its progress
   * @param plays how many there will be
   * @param everyPlay hands out the plays in the order of time
   * @throws Failure when they cannot be sent, or ingestion-api took what it must refuse
   */
  void deliver(
      String task,
      Stage stage,
      long plays,
      Consumer<Consumer<Play>> everyPlay,
      Map<String, String> environment,
      PrintWriter out)
      throws Exception {
    requireSense();
    var truth = destinations.truth(stage);
    Tally tally;
    try (var progress = new Progress(out, task, stage.letters(plays))) {
      tally = destinations.tally(truth, progress::step);
      progress.alsoTell(tally.latency()::sinceLast);
      var api = destinations.api(environment, this::isPatient, progress::note);
      var senders = new Senders(api, tally, parallel, 2 * parallel);
      var delivery = new Delivery(stage, senders, senders::put);
      everyPlay.accept(rate == null ? delivery::take : delivery.atRate(rate));
      delivery.finish();
      out.print(delivery.faults());
    }
    out.println(tally.summary());
    out.printf(
        "Latency from %s to its answer: %s%n",
        rate == null ? "a play's request" : "when a play was due", tally.latency());
    destinations.write(truth, out);
    tally.requireRefusals();
    if (awaitLake) {
      awaitLake(environment, out);
    }
  }

  /**
   * @throws Failure naming the option that makes none
   */
  void requireSense() {
    if (rate != null) {
      Pace.requireSense(rate);
    }
    if (parallel < 1) {
      throw new Failure("Cannot send plays: --parallel must be at least 1, got " + parallel);
    }
  }

  private static void awaitLake(Map<String, String> environment, PrintWriter out) throws Exception {
    try (var lake = LakeBucket.of(environment)) {
      out.println("Waiting until the stream has moved them into the lake");
      lake.awaitStream(Clock.systemUTC().instant(), IN_LAKE_WITHIN);
    }
  }

  private boolean isPatient(Duration spent, boolean answered) {
    var usual = answered ? RECOVERY : FIRST_ANSWER;
    return spent.compareTo(patience == null ? usual : patience) < 0;
  }
}
