package topsongs.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import topsongs.contract.Granularity;
import topsongs.contract.Lake;
import topsongs.launcher.DrillReport.Outcome;

/** Breaks a stack that runs under load, again and again, and looks whether it recovers. */
final class Drill {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

  /** Beyond this there is no use in breaking anything more. */
  private static final Duration GIVEN_UP_AFTER = Duration.ofSeconds(180);

  private static final Duration WRITING_WITHIN = Duration.ofSeconds(90);

  /** What a job writes takes seconds: it is struck at any time in them. */
  private static final int MAX_DELAY_MS = 2_500;

  private static final int TRIES = 3;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

  private final Home home;
  private final Stack stack;
  private final Jobs jobs;
  private final StreamProgress progress;
  private final DrillLoad load;
  private final Probe probe;
  private final Striking striking;
  private final @Nullable String noDisk;
  private final Random random;
  private final List<Outcome> outcomes = new ArrayList<>();

  /**
   * @param noDisk why the lake has no disk of its own that could be filled; null where it has
   */
  Drill(
      Home home,
      Stack stack,
      Jobs jobs,
      StreamProgress progress,
      DrillLoad load,
      Probe probe,
      Striking striking,
      @Nullable String noDisk,
      long seed) {
    this.home = home;
    this.stack = stack;
    this.jobs = jobs;
    this.progress = progress;
    this.load = load;
    this.probe = probe;
    this.striking = striking;
    this.noDisk = noDisk;
    this.random = new Random(seed);
  }

  /**
   * Makes the faults one after another, spread over the planned plays.
   *
   * @throws IllegalStateException when the stack cannot be struck, or does not recover at all
   */
  List<Outcome> run(List<Fault> faults, long plays) throws IOException, InterruptedException {
    awaitAcknowledged(Math.min(5_000, plays / 10));
    progress.awaitPassed(Instant.now(), GIVEN_UP_AFTER);
    for (int n = 0; n < faults.size(); n++) {
      awaitAcknowledged(plays * n / faults.size());
      var outcome = make(faults.get(n));
      outcomes.add(outcome);
      say(n + 1, faults.size(), outcome);
      if (outcome.recovered() == null) {
        throw new IllegalStateException(
            "Cannot go on: the stack has not recovered from '%s' in %d s; not well: %s"
                .formatted(outcome.fault(), GIVEN_UP_AFTER.toSeconds(), stack.unwell()));
      }
    }
    return outcomes;
  }

  private Outcome make(Fault fault) throws IOException, InterruptedException {
    if (fault.fillsTheDisk() && noDisk != null) {
      return Outcome.skipped(fault, noDisk);
    }
    for (int n = 1; ; n++) {
      var runs = start(fault);
      var from = Instant.now();
      striking.strike(fault);
      var to = Instant.now();
      if (wereStruck(runs)) {
        return new Outcome(fault, from, to, recovered(runs, to), "");
      }
      if (n == TRIES) {
        throw new IllegalStateException("Cannot make '%s': the job is too fast".formatted(fault));
      }
    }
  }

  /** Jobs that are to be struck, in the middle of their writing. */
  private List<BatchRun> start(Fault fault) throws IOException, InterruptedException {
    var runs = new ArrayList<BatchRun>();
    for (var job : fault.jobs()) {
      var to = hourAfterTheLast();
      var run = new BatchRun(jobs, job, to.minus(Duration.ofHours(2)), to);
      run.start();
      run.awaitWriting(lake(), WRITING_WITHIN);
      Thread.sleep(random.nextInt(MAX_DELAY_MS));
      runs.add(run);
    }
    return runs;
  }

  private static boolean wereStruck(List<BatchRun> runs) throws InterruptedException {
    for (var run : runs) {
      if (!run.wasStruck()) {
        return false;
      }
    }
    return true;
  }

  /**
   * When a play that was posted after the fault is in the lake, everything is well again, and the
   * jobs that were struck have ended well; null when that takes too long.
   */
  private @Nullable Instant recovered(List<BatchRun> struck, Instant since)
      throws IOException, InterruptedException {
    var deadline = since.plus(GIVEN_UP_AFTER);
    struck.forEach(run -> run.startAgain(deadline));
    try {
      var acknowledged = probe.post(deadline);
      progress.awaitPassed(acknowledged, Duration.between(Instant.now(), deadline));
      awaitWell(deadline);
      for (var run : struck) {
        run.awaitSuccess();
      }
      return Instant.now();
    } catch (IllegalStateException e) {
      System.out.printf("  ✗ %s%n", e.getMessage());
      return null;
    }
  }

  /** Twice in a row: what was struck may need a moment to notice. */
  private void awaitWell(Instant deadline) throws InterruptedException {
    int looks = 0;
    while (looks < 2) {
      looks = stack.unwell().isEmpty() ? looks + 1 : 0;
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("not well: " + stack.unwell());
      }
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    }
  }

  private void awaitAcknowledged(long plays) throws IOException, InterruptedException {
    while (load.acknowledged() < plays) {
      load.requireRunningOrDone();
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    }
  }

  private Path lake() {
    return home.data(Part.STORE.process()).resolve(Lake.BUCKET);
  }

  /** The end of the last hour that has plays of the load in the lake. */
  private Instant hourAfterTheLast() throws IOException {
    for (var day = load.day(); ; day = day.plus(Granularity.DAY.length())) {
      var folder =
          lake()
              .resolve(
                  "%s/event_date=%s"
                      .formatted(Lake.PLAYS, LocalDate.ofInstant(day, ZoneOffset.UTC)));
      if (Files.exists(folder)) {
        try (var hours = Files.list(folder)) {
          int last =
              hours
                  .map(hour -> hour.getFileName().toString().replace("event_hour=", ""))
                  .map(Integer::valueOf)
                  .max(Comparator.naturalOrder())
                  .orElse(0);
          return day.plus(Duration.ofHours(Math.max(2, last + 1)));
        }
      }
      if (day.isAfter(Instant.now())) {
        throw new UncheckedIOException(new IOException("Cannot find plays in " + lake()));
      }
    }
  }

  private void say(int number, int of, Outcome outcome) throws IOException {
    System.out.printf(
        Locale.ROOT,
        "%2d/%d  %s  %s: %s; %,d acknowledged until now%n",
        number,
        of,
        CLOCK.format(outcome.from()),
        outcome.fault(),
        outcome.wasMade()
            ? "recovered in %.1f s".formatted(outcome.took().toMillis() / 1000.0)
            : "skipped, " + outcome.skipped(),
        load.acknowledged());
  }
}
