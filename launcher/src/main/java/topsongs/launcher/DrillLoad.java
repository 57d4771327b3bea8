package topsongs.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import topsongs.contract.Granularity;

/**
 * The plays of a drill, posted at a steady rate by the simulator, a day of the past in each round:
 * the planned ones, and then more until it is told that it is enough. Each batch is sent until it
 * is acknowledged, and every acknowledged play is in an account.
 */
final class DrillLoad {
  /** A play may be 14 days old when it arrives. */
  private static final int MAX_ROUNDS = 12;

  /** The length of a line of an account. */
  private static final int LINE = 87;

  /** Share of its plays that must be refused: half malformed, half of the future. */
  private static final double REFUSED = 0.002;

  private static final Duration ENDS_WITHIN = Duration.ofMinutes(30);

  /** What else the crowd does, and what its plays suffer on their way. */
  private static final List<String> CROWD =
      List.of(
          "--duplicates=0.03",
          "--late=0.02",
          "--retries=0.01",
          "--out-of-order=0.01",
          "--bots=0.01",
          "--unknown-songs=0.002",
          "--malformed=" + REFUSED / 2,
          "--future=" + REFUSED / 2,
          "--patience=15m");

  private final Jobs jobs;
  private final Settings settings;
  private final Path folder;
  private final Instant lastDay;
  private final int rate;
  private final long seed;
  private final List<Long> planned;
  private volatile int begun;
  private volatile boolean enough;
  private CompletableFuture<Void> end = CompletableFuture.completedFuture(null);

  /**
   * @param folder for truths and accounts
   * @param lastDay the day of the first round; each other is the day before
   * @param plays distinct ones that are accepted, all rounds together
   * @param rate plays a second
   */
  DrillLoad(
      Jobs jobs, Settings settings, Path folder, Instant lastDay, int plays, int rate, long seed) {
    this.jobs = jobs;
    this.settings = settings;
    this.folder = folder;
    this.lastDay = lastDay;
    this.rate = rate;
    this.seed = seed;
    this.planned = rounds(plays);
  }

  /**
   * Rounds of half a million plays at most, with room for twice as many refused ones as expected.
   */
  static List<Long> rounds(int accepted) {
    long plays = (long) Math.ceil(accepted / (1 - 2 * REFUSED));
    int count = (int) Math.min(MAX_ROUNDS - 4, 1 + (plays - 1) / 500_000);
    var rounds = new ArrayList<Long>();
    for (int n = 0; n < count; n++) {
      rounds.add(plays * (n + 1) / count - plays * n / count);
    }
    return rounds;
  }

  /** Begins; goes on by itself. */
  void start() {
    end =
        CompletableFuture.runAsync(
            () -> {
              try {
                while (begun < planned.size() || !enough) {
                  playRound();
                }
              } catch (IOException e) {
                throw new IllegalStateException("Cannot keep up the load: " + e.getMessage(), e);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            work -> {
              var thread = new Thread(work, "drill-load");
              thread.setDaemon(true);
              thread.start();
            });
  }

  /**
   * Waits until the planned rounds, and the one that is under way, are over.
   *
   * @throws IllegalStateException when the simulator could not go on, or does not end
   */
  void finish() throws InterruptedException {
    enough = true;
    try {
      end.get(ENDS_WITHIN.toMinutes(), TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      throw new IllegalStateException("The load ended: " + e.getMessage(), e);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "The load has not ended after %d minutes".formatted(ENDS_WITHIN.toMinutes()), e);
    }
  }

  /**
   * @throws IllegalStateException when the simulator could not go on
   */
  void requireRunning() {
    if (end.isDone()) {
      var why = end.handle((done, failure) -> String.valueOf(failure)).join();
      throw new IllegalStateException("The load ended: " + why);
    }
  }

  /** Deliveries that were acknowledged until now. */
  long acknowledged() throws IOException {
    long bytes = 0;
    for (var account : accounts()) {
      bytes += Files.exists(account) ? Files.size(account) : 0;
    }
    return bytes / LINE;
  }

  /**
   * The day whose plays are being sent: the first that has any, for each round is the day before.
   */
  Instant day() {
    return day(Math.max(0, begun - 1));
  }

  List<Path> accounts() {
    return files("account-%d.csv");
  }

  List<Path> truths() {
    return files("truth-%d.jsonl");
  }

  private void playRound() throws IOException, InterruptedException {
    int round = begun;
    if (round == MAX_ROUNDS) {
      throw new IllegalStateException(
          "Cannot keep up the load: all %d days that plays may be of are used; more --plays make a day last longer"
              .formatted(MAX_ROUNDS));
    }
    begun++;
    long plays = round < planned.size() ? planned.get(round) : more(round - planned.size());
    var arguments =
        new ArrayList<>(
            List.of(
                "history",
                "--from=" + day(round),
                "--to=" + day(round).plus(Granularity.DAY.length()),
                "--plays=" + plays,
                "--rate=" + rate,
                "--seed=" + (seed + round),
                "--truth=" + truths().get(round),
                "--account=" + accounts().get(round)));
    arguments.addAll(CROWD);
    jobs.run(
        "load",
        jobs.simulator(List.of("-Xmx768m", "-XX:+UseSerialGC"), arguments.toArray(String[]::new)),
        settings.environment());
  }

  /** A minute's plays, so that it soon ends when it is enough; where it never is, up to eight. */
  private long more(int rounds) {
    return 60L * rate << rounds / 2;
  }

  private Instant day(int round) {
    return lastDay.minus(Duration.ofDays(round));
  }

  private List<Path> files(String name) {
    var files = new ArrayList<Path>();
    for (int round = 0; round < begun; round++) {
      files.add(folder.resolve(name.formatted(round)));
    }
    return files;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d plays in %d rounds, %,d a second",
        planned.stream().mapToLong(n -> n).sum(),
        planned.size(),
        rate);
  }
}
