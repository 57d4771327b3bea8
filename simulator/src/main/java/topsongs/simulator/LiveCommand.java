package topsongs.simulator;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "live",
    description = {
      "Posts plays of now at a steady rate, until Ctrl-C, SIGTERM or --for.",
      "Goes on while ingestion-api is away: keeps some plays, skips the rest and says so."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  simulator live                                     # 20 plays a second",
      "  simulator live --rate=500 --for=10m --seed=7",
      "  simulator live --rate=50 --for=2m --duplicates=0.2 --truth=truth.jsonl",
      "  simulator live --out-of-order=0.1 --clock-skew=0.05 --unknown-songs=0.01",
      "",
      "What is still kept back as late or duplicate is sent at the end, before the truth is written."
    })
final class LiveCommand implements Callable<Integer> {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final long TICK = 250;
  private static final int PARALLEL = 4;

  /** Batches kept while ingestion-api is away. */
  private static final int CAPACITY = 400;

  /** How long to wait for ingestion-api at the end, and for all that belongs to the end. */
  private static final Duration FAREWELL = Duration.ofSeconds(10);

  private static final Duration LAST_WORDS = Duration.ofSeconds(60);

  @Option(names = "--rate", paramLabel = "R", description = "Plays a second. Default: 20")
  double rate = 20;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "How long, such as 30s, 10m or 2h. Default: until stopped")
  @Nullable Duration length;

  @Mixin private final CrowdOptions options = new CrowdOptions();

  @Mixin private final Destinations destinations = new Destinations();

  private final Map<String, String> environment;
  private final PrintWriter out;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile long endBy = System.nanoTime() + Duration.ofDays(36_500).toNanos();
  private long handed;
  private long skipped;

  LiveCommand(Map<String, String> environment, PrintWriter out) {
    this.environment = environment;
    this.out = out;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (!(rate > 0)) {
      throw new Failure("Cannot simulate: --rate must be above 0, got " + rate);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait, "stop"));
    try (var progress = new Progress(out, "live", -1)) {
      var stage = options.stage();
      var truth = destinations.truth(stage);
      var tally = new Tally(truth, progress::step);
      var api = destinations.api(environment, (spent, answered) -> !isOver(), progress::note);
      var senders = new Senders(api, tally, PARALLEL, CAPACITY);
      var delivery = new Delivery(stage, senders, batch -> hand(batch, senders, progress));
      int exit = play(options.crowd(stage), delivery, tally);
      destinations.write(truth, out);
      tally.requireRefusals();
      return exit;
    } finally {
      stopped.countDown();
    }
  }

  private int play(Crowd crowd, Delivery delivery, Tally tally) throws InterruptedException {
    int exit = 0;
    try {
      postUntilStopped(crowd, delivery);
      endBy = System.nanoTime() + FAREWELL.toNanos();
      delivery.finish();
    } catch (Failure e) {
      out.println(e.getMessage());
      out.printf(
          Locale.ROOT,
          "%,d plays had no answer: if they arrived all the same, the truth is short of them%n",
          handed - tally.sent());
      exit = 1;
    }
    out.println(delivery.faults() + tally.summary() + skippedToo());
    return exit;
  }

  private void postUntilStopped(Crowd crowd, Delivery delivery) throws InterruptedException {
    long now = CLOCK.millis();
    long end = length == null ? Long.MAX_VALUE : now + length.toMillis();
    var dice = new Dice(Dice.hash(options.seed, now));
    var pace = new Pace(rate, now);
    while (now < end && !stop.await(TICK, TimeUnit.MILLISECONDS)) {
      now = Math.min(end, CLOCK.millis());
      var hour = crowd.hour(now, rate * 3600);
      pace.due(now).forEach(playedAt -> delivery.take(hour.play(dice, playedAt)));
      delivery.sendDue(now);
    }
    stop.countDown();
  }

  /** While plays are being made nothing may hold them up; at the end there is time to wait. */
  private void hand(Batch batch, Senders senders, Progress progress) {
    handed += batch.letters().size();
    if (stop.getCount() == 0) {
      senders.put(batch);
    } else if (!senders.offer(batch)) {
      handed -= batch.letters().size();
      skipped += batch.letters().size();
      progress.note(
          String.format(Locale.ROOT, "Skipped %,d plays: too many are waiting already", skipped));
    }
  }

  private String skippedToo() {
    return skipped == 0 ? "" : String.format(Locale.ROOT, ", %,d skipped", skipped);
  }

  private boolean isOver() {
    return System.nanoTime() - endBy > 0;
  }

  private void stopAndWait() {
    stop.countDown();
    try {
      if (!stopped.await(LAST_WORDS.toSeconds(), TimeUnit.SECONDS)) {
        out.println("Stopped before the truth was written");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
