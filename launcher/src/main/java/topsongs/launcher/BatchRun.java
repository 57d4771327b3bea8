package topsongs.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import topsongs.contract.CountingRules;
import topsongs.contract.Lake;

/** Runs of a batch job over some hours, in the background of a drill. */
final class BatchRun {
  private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);

  private final Jobs jobs;
  private final Part job;
  private final Instant from;
  private final Instant to;
  private CompletableFuture<Void> run = CompletableFuture.completedFuture(null);
  private Instant started = Instant.MAX;

  /**
   * @param job enrichment or aggregation
   * @param from full hour
   * @param to full hour
   */
  BatchRun(Jobs jobs, Part job, Instant from, Instant to) {
    this.jobs = jobs;
    this.job = job;
    this.from = from;
    this.to = to;
  }

  /** Has what it reads made by the job before it, and begins. */
  void start() throws IOException, InterruptedException {
    if (job == Part.AGGREGATION) {
      jobs.enrich(from, to);
    }
    started = Instant.now();
    run = background(this::runOnce);
  }

  /**
   * Waits until something that it writes is in the lake.
   *
   * @throws IllegalStateException when it ends without, or takes too long
   */
  void awaitWriting(Path lake, Duration within) throws IOException, InterruptedException {
    var deadline = Instant.now().plus(within);
    while (!isThereSince(lake, started, file -> true)) {
      if (run.isDone() || Instant.now().isAfter(deadline)) {
        throw new IllegalStateException(
            "Cannot strike %s: it was not seen writing".formatted(job.title()));
      }
      Thread.sleep(20);
    }
  }

  /** Whether it still writes, so that a blow hits it in the middle. */
  boolean isWriting(Path lake) throws IOException {
    // Aggregation goes on to the database. Of enrichment's files an hour's record is the last.
    return !run.isDone()
        && (job == Part.AGGREGATION || !isThereSince(lake, started, BatchRun::isRecord));
  }

  /** Whether it was hit: it did not end well. */
  boolean wasStruck(Instant deadline) throws InterruptedException {
    return !endedWell(deadline);
  }

  /** Runs it again until it ends well. */
  void startAgain(Instant deadline) {
    run = background(() -> runUntil(deadline));
  }

  /**
   * @throws IllegalStateException when it has not ended well by the deadline
   */
  void awaitSuccess(Instant deadline) throws InterruptedException {
    if (!endedWell(deadline)) {
      throw new IllegalStateException(job.title() + " does not end well");
    }
  }

  private boolean endedWell(Instant deadline) throws InterruptedException {
    try {
      run.get(Duration.between(Instant.now(), deadline).toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException e) {
      return false;
    } catch (TimeoutException e) {
      throw new IllegalStateException(job.title() + " goes on and on", e);
    }
  }

  private void runUntil(Instant deadline) throws IOException, InterruptedException {
    while (true) {
      try {
        runOnce();
        return;
      } catch (IllegalStateException e) {
        if (Instant.now().isAfter(deadline)) {
          throw e;
        }
        Thread.sleep(AGAIN_AFTER.toMillis());
      }
    }
  }

  private void runOnce() throws IOException, InterruptedException {
    if (job == Part.ENRICHMENT) {
      jobs.enrich(from, to);
    } else {
      jobs.aggregateAndLoad(from, to, to, CountingRules.SAME);
    }
  }

  private boolean isThereSince(Path lake, Instant since, Predicate<Path> what) throws IOException {
    var table = lake.resolve(job == Part.ENRICHMENT ? Lake.ENRICHED : Lake.CHARTS);
    if (!Files.exists(table)) {
      return false;
    }
    try (var files = Files.walk(table)) {
      return files.filter(what).anyMatch(file -> isNewFile(file, since));
    } catch (UncheckedIOException e) {
      return false; // Something went while it was looked at: the next look sees more.
    }
  }

  private static boolean isRecord(Path file) {
    return file.endsWith(Lake.INPUT);
  }

  private static boolean isNewFile(Path file, Instant since) {
    try {
      return Files.isRegularFile(file)
          && Files.getLastModifiedTime(file).toInstant().isAfter(since);
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static CompletableFuture<Void> background(Work work) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            work.run();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
          }
        },
        task -> {
          var thread = new Thread(task, "batch-run");
          thread.setDaemon(true);
          thread.start();
        });
  }
}
