package topsongs.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import topsongs.contract.Granularity;

/**
 * Charts every hour when the stream has passed its end, and the running hour every few minutes. One
 * job at a time; what fails is said and tried again.
 */
final class Schedule {
  /** How long after an hour's end its stragglers are waited for. */
  static final Duration GRACE = Duration.ofMinutes(1);

  private static final Duration PROVISIONAL_EVERY = Duration.ofMinutes(5);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

  private final Jobs jobs;
  private final StreamProgress progress;
  private final Path nextHour;
  private Instant provisionalAt = Instant.EPOCH;

  Schedule(Home home, Jobs jobs, StreamProgress progress) {
    this.jobs = jobs;
    this.progress = progress;
    this.nextHour = home.data("next-hour");
  }

  /** Whether some hour was ever planned here: a stack that starts again goes on from there. */
  boolean isPlanned() {
    return Files.exists(nextHour);
  }

  /** Plans the charts of all hours from this one on. */
  void startAt(Instant hour) throws IOException {
    Files.writeString(nextHour, Granularity.HOUR.floor(hour).toString());
  }

  /** Charts until the thread is interrupted. */
  void run() throws InterruptedException {
    while (true) {
      try {
        chartCompleteHours();
        chartRunningHour();
        Thread.sleep(LOOK_EVERY.toMillis());
      } catch (IOException | IllegalStateException e) {
        System.out.printf(
            "✗ %s%n  Trying again in %d s.%n", e.getMessage(), RETRY_AFTER.toSeconds());
        Thread.sleep(RETRY_AFTER.toMillis());
      }
    }
  }

  /** Charts all hours, if any, that the stream has passed since the last time, in one run. */
  void chartCompleteHours() throws IOException, InterruptedException {
    var from = Instant.parse(Files.readString(nextHour).strip());
    var to = Granularity.HOUR.floor(progress.completeUntil().minus(GRACE));
    if (from.isBefore(to)) {
      jobs.chart(from, to);
      startAt(to);
    }
  }

  private void chartRunningHour() throws IOException, InterruptedException {
    var now = Instant.now();
    if (now.isAfter(provisionalAt.plus(PROVISIONAL_EVERY))) {
      jobs.chartProvisionally(now);
      provisionalAt = now;
    }
  }
}
