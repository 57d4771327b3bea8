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
import java.util.concurrent.CompletionException;
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

  /** What else the crowd does, and what its plays suffer on their way. */
  private static final List<String> CROWD =
      List.of(
          "--duplicates=0.03",
          "--late=0.02",
          "--retries=0.01",
          "--out-of-order=0.01",
          "--bots=0.01",
          "--unknown-songs=0.002",
          "--malformed=0.001",
          "--future=0.001",
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
   * @param plays distinct ones, all rounds together
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

  /** Rounds of half a million plays at most. */
  static List<Long> rounds(int plays) {
    int count = Math.min(MAX_ROUNDS - 4, 1 + (plays - 1) / 500_000);
    var rounds = new ArrayList<Long>();
    for (int n = 0; n < count; n++) {
      rounds.add((long) plays * (n + 1) / count - (long) plays * n / count);
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

  /** Waits until the planned rounds, and the one that is under way, are over. */
  void finish() throws InterruptedException {
    enough = true;
    while (!end.isDone()) {
      Thread.sleep(200);
    }
    requireRunningOrDone();
  }

  /**
   * @throws IllegalStateException when the simulator could not go on
   */
  void requireRunningOrDone() {
    try {
      if (end.isDone()) {
        end.join();
      }
    } catch (CompletionException e) {
      throw new IllegalStateException("The load ended: " + e.getMessage(), e);
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

  /** Whose plays are being sent. */
  Instant day() {
    return day(Math.max(0, begun - 1));
  }

  /** The first day that has plays. */
  Instant firstDay() {
    return day();
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
          "Cannot keep up the load: all %d days that plays may be of are used; a lower --rate makes them last"
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

  /** A minute's plays, so that it soon ends when it is enough; where it never is, more. */
  private long more(int rounds) {
    return 60L * rate * (1 + rounds / 3);
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
