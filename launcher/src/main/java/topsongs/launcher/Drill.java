package topsongs.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import topsongs.contract.Granularity;
import topsongs.contract.Lake;
import topsongs.launcher.DrillReport.Outcome;
import topsongs.launcher.Striking.Struck;

/** Breaks a stack that runs under load, again and again, and looks whether it recovers. */
final class Drill {
  /** Beyond this there is no use in breaking anything more. */
  private static final Duration GIVEN_UP_AFTER = Duration.ofSeconds(180);

  private static final Duration WRITING_WITHIN = Duration.ofSeconds(90);

  /** What a job writes takes about a second: it is struck at any time in it. */
  private static final int MAX_DELAY_MS = 800;

  private static final int TRIES = 5;
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

  /** What became of the faults that were made. */
  List<Outcome> outcomes() {
    return List.copyOf(outcomes);
  }

  /**
   * Makes the faults one after another, spread over the planned plays; no more after one that the
   * stack has not recovered from.
   *
   * @throws IllegalStateException when the stack cannot be struck, or the load ends
   */
  void run(List<Fault> faults, long plays) throws IOException, InterruptedException {
    awaitAcknowledged(Math.min(5_000, plays / 10));
    progress.awaitPassed(Instant.now(), GIVEN_UP_AFTER);
    for (int n = 0; n < faults.size(); n++) {
      awaitAcknowledged(plays * n / faults.size());
      load.requireRunning();
      var outcome = make(faults.get(n));
      outcomes.add(outcome);
      say(n + 1, faults.size(), outcome);
      if (outcome.recovered() == null) {
        System.out.printf(
            "✗ No more faults: not recovered in %d s; not well: %s%n",
            GIVEN_UP_AFTER.toSeconds(), stack.unwell());
        return;
      }
      stack.forgive();
    }
  }

  private Outcome make(Fault fault) throws IOException, InterruptedException {
    if (fault.fillsTheDisk() && noDisk != null) {
      return Outcome.skipped(fault, noDisk);
    }
    for (int n = 0; n < TRIES; n++) {
      // What is to be struck may have died by itself.
      awaitWell(Instant.now().plus(GIVEN_UP_AFTER));
      var runs = start(fault);
      if (areWriting(runs)) {
        var struck = striking.strike(fault, fault.hold());
        boolean wasMade = !isWrittenToFullDisk(fault, struck) & wereStruck(runs, struck);
        var recovered = recovered(fault, struck, wasMade ? runs : List.of());
        if (wasMade || recovered == null) {
          return new Outcome(fault, struck.from(), struck.to(), recovered, "");
        }
      }
    }
    throw new IllegalStateException(
        "Cannot make '%s': %s in %d tries"
            .formatted(
                fault,
                fault.fillsTheDisk() ? "the disk was not full" : "the job was too fast",
                TRIES));
  }

  private boolean areWriting(List<BatchRun> runs) throws IOException {
    for (var run : runs) {
      if (!run.isWriting(lake())) {
        return false;
      }
    }
    return true;
  }

  /** Whether the stream found room while there should have been none. */
  private boolean isWrittenToFullDisk(Fault fault, Struck struck) {
    var half = Duration.between(struck.from(), struck.to()).dividedBy(2);
    return fault.fillsTheDisk() && progress.completeUntil().isAfter(struck.from().plus(half));
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

  private static boolean wereStruck(List<BatchRun> runs, Struck struck)
      throws InterruptedException {
    for (var run : runs) {
      if (!run.wasStruck(struck.to().plus(GIVEN_UP_AFTER))) {
        return false;
      }
    }
    return true;
  }

  /**
   * When a play that was posted after the fault is in the lake, other processes do what killed ones
   * did, everything is well again, and the jobs that were struck have ended well; null when that
   * takes too long.
   */
  private @Nullable Instant recovered(Fault fault, Struck struck, List<BatchRun> runs)
      throws IOException, InterruptedException {
    var deadline = struck.to().plus(GIVEN_UP_AFTER);
    runs.forEach(run -> run.startAgain(deadline));
    try {
      var acknowledged = probe.post(deadline);
      progress.awaitPassed(acknowledged, Duration.between(Instant.now(), deadline));
      awaitReplaced(fault, struck, deadline);
      awaitWell(deadline);
      for (var run : runs) {
        run.awaitSuccess(deadline);
      }
      return Instant.now();
    } catch (IllegalStateException e) {
      System.out.printf("  ✗ %s%n", e.getMessage());
      return null;
    }
  }

  private void awaitReplaced(Fault fault, Struck struck, Instant deadline)
      throws IOException, InterruptedException {
    for (var part : fault.parts(Fault.Blow.KILL)) {
      while (!part.isJob() && !striking.isReplaced(part, struck.killed())) {
        if (Instant.now().isAfter(deadline)) {
          throw new IllegalStateException("not started again: " + part.title());
        }
        Thread.sleep(BETWEEN_LOOKS.toMillis());
      }
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
      load.requireRunning();
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

  private static String said(Outcome outcome) {
    if (!outcome.wasMade()) {
      return "skipped, " + outcome.skipped();
    }
    return outcome.recovered() == null
        ? "NOT recovered"
        : "recovered in " + DrillReport.seconds(outcome.took()) + " s";
  }

  private void say(int number, int of, Outcome outcome) throws IOException {
    System.out.printf(
        Locale.ROOT,
        "%2d/%d  %s  %s: %s; %,d acknowledged until now%n",
        number,
        of,
        DrillReport.CLOCK.format(outcome.from()),
        outcome.fault(),
        said(outcome),
        load.acknowledged());
  }
}
