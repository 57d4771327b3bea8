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
      "Each play is due at a fixed time, however slow the answers are: its latency counts from then.",
      "Goes on while ingestion-api is away or slow: keeps 100,000 plays, leaves out the rest, counts it."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  simulator live                                     # 20 plays a second",
      "  simulator live --rate=500 --for=10m --seed=7",
      "  simulator live --rate=20000 --for=1m               # how much does ingestion-api take?",
      "  simulator live --rate=50 --for=2m --duplicates=0.2 --truth=truth.jsonl",
      "  simulator live --out-of-order=0.1 --clock-skew=0.05 --unknown-songs=0.01",
      "",
      "What is still kept back as late or duplicate is sent at the end, before the truth is written."
    })
final class LiveCommand implements Callable<Integer> {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final int PARALLEL = 16;

  /** Batches kept while ingestion-api is away or slow: a hundred thousand plays. */
  private static final int CAPACITY = 200;

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

  LiveCommand(Map<String, String> environment, PrintWriter out) {
    this.environment = environment;
    this.out = out;
  }

  @Override
  public Integer call() throws InterruptedException {
    Pace.requireSense(rate);
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait, "stop"));
    try (var progress = new Progress(out, "live", -1)) {
      var stage = options.stage();
      var crowd = options.crowd(stage);
      var truth = destinations.truth(stage);
      var tally = destinations.tally(truth, progress::step);
      progress.alsoTell(tally.latency()::sinceLast);
      var api = destinations.api(environment, (spent, answered) -> !isOver(), progress::note);
      var senders = new Senders(api, tally, PARALLEL, CAPACITY);
      var backlog = new Backlog(senders, progress::note);
      var delivery = new Delivery(stage, senders, backlog::hand);
      var pace = new Pace(rate, CLOCK.millis());
      boolean sent = post(crowd, pace, delivery, backlog, () -> progress.step(0));
      out.println(delivery.faults() + tally.summary());
      out.println(account(delivery.letters(), tally.sent(), backlog.leftOut(), pace.leftOut()));
      out.println("Latency from when a play was due to its answer: " + tally.latency());
      destinations.write(truth, out);
      tally.requireRefusals();
      return sent ? 0 : 1;
    } finally {
      stopped.countDown();
    }
  }

  /** Returns whether everything that found room was answered. */
  private boolean post(
      Crowd crowd, Pace pace, Delivery delivery, Backlog backlog, Runnable eachTick)
      throws InterruptedException {
    try {
      postUntilStopped(crowd, pace, delivery, eachTick);
      endBy = System.nanoTime() + FAREWELL.toNanos();
      backlog.takeTime();
      delivery.finish();
      return true;
    } catch (Failure e) {
      out.println(e.getMessage());
      out.println("What has no answer may have arrived all the same: the truth is short of it");
      return false;
    }
  }

  private void postUntilStopped(Crowd crowd, Pace pace, Delivery delivery, Runnable eachTick)
      throws InterruptedException {
    long now = pace.at(0);
    long end = length == null ? Long.MAX_VALUE : now + length.toMillis();
    var dice = new Dice(Dice.hash(options.seed, now));
    var hours = new Hours(crowd);
    while (now < end && !stop.await(Delivery.TICK, TimeUnit.MILLISECONDS)) {
      now = Math.min(end, CLOCK.millis());
      pace.due(now).forEach(at -> delivery.takeLive(hours.at(at).play(dice, at)));
      delivery.sendDue(now);
      eachTick.run();
    }
  }

  private static String account(long letters, long answered, long noRoom, long notMade) {
    return String.format(
        Locale.ROOT,
        "%,d due: %,d answered, %,d left out because too many were waiting, %,d left out in pauses of over 5 s, %,d without an answer",
        letters + notMade,
        answered,
        noRoom,
        notMade,
        letters - noRoom - answered);
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

  /** The crowd of the hour that it is: to make one takes longer than many plays do. */
  private final class Hours {
    private final Crowd crowd;
    private long number = Long.MIN_VALUE;
    private Crowd.@Nullable Hour current;

    private Hours(Crowd crowd) {
      this.crowd = crowd;
    }

    private Crowd.Hour at(long time) {
      if (current == null || Math.floorDiv(time, Crowd.HOUR) != number) {
        number = Math.floorDiv(time, Crowd.HOUR);
        current = crowd.hour(time, rate * 3600);
      }
      return current;
    }
  }
}
