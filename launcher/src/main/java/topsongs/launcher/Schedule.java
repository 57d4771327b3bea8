package topsongs.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import topsongs.contract.Granularity;

/**
 * Charts every hour when the stream has passed its end, and then audits the lake; and charts the
 * running hour every few minutes, also where nobody listens: each run brings songs up to the
 * catalogue, too. One job at a time; what fails is said and tried again.
 */
final class Schedule {
  /** How long after an hour's end its stragglers are waited for before it is final. */
  static final Duration GRACE = Duration.ofMinutes(1);

  /** Hours that are charted again with the next one, for plays that came after they were final. */
  private static final Duration LATE = Duration.ofHours(3);

  /** No play may be older when it arrives: what ended before is charted for good. */
  private static final Duration OLDEST = Duration.ofDays(14);

  private static final Duration PROVISIONAL_EVERY = Duration.ofMinutes(5);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

  /** What charts a range of hours, such as {@link Jobs#chart}. */
  interface Charting {
    void chart(Instant from, Instant to, Instant settledUntil)
        throws IOException, InterruptedException;
  }

  /** What accounts for every record of Kafka, such as {@link Jobs#audit}. */
  interface Auditing {
    void audit() throws IOException, InterruptedException;
  }

  private final Charting charting;
  private final Auditing auditing;
  private final Supplier<Instant> completeUntil;
  private final Clock clock;
  private final Path nextHour;
  private Instant provisionalAt = Instant.EPOCH;

  /**
   * @param completeUntil up to when the stream has passed what arrived
   * @param nextHour the file that remembers the first hour that is not final yet
   */
  Schedule(
      Charting charting,
      Auditing auditing,
      Supplier<Instant> completeUntil,
      Clock clock,
      Path nextHour) {
    this.charting = charting;
    this.auditing = auditing;
    this.completeUntil = completeUntil;
    this.clock = clock;
    this.nextHour = nextHour;
  }

  /** Up to when hours are settled, given how far the stream is. */
  static Instant settled(Instant completeUntil) {
    return Granularity.HOUR.floor(completeUntil.minus(GRACE));
  }

  /** Whether some hour was ever planned here: a stack that starts again goes on from there. */
  boolean isPlanned() {
    return Files.exists(nextHour);
  }

  /** Plans the charts of all hours from this one on. */
  void startAt(Instant hour) throws IOException {
    var written = nextHour.resolveSibling(nextHour.getFileName() + ".new");
    Files.writeString(written, Granularity.HOUR.floor(hour).toString());
    Files.move(
        written, nextHour, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The first hour that is not final yet, as far as this schedule knows. */
  Instant nextHour() throws IOException {
    return Instant.parse(Files.readString(nextHour).strip());
  }

  /** Charts until the thread is interrupted. */
  void run() throws InterruptedException {
    while (true) {
      try {
        chartWhatIsDue();
        Thread.sleep(LOOK_EVERY.toMillis());
      } catch (IOException | UncheckedIOException | IllegalStateException e) {
        System.out.printf(
            "✗ %s%n  Trying again in %d s.%n", e.getMessage(), RETRY_AFTER.toSeconds());
        Thread.sleep(RETRY_AFTER.toMillis());
      }
    }
  }

  static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }

  /** All hours, if any, that were settled since the last time, in one run; then the running one. */
  void chartWhatIsDue() throws IOException, InterruptedException {
    var settled = settled(completeUntil.get());
    var from = later(nextHour(), settled.minus(OLDEST));
    var settledMore = from.isBefore(settled);
    if (settledMore) {
      charting.chart(from.minus(LATE), settled, settled);
      startAt(settled);
    }
    var now = clock.instant();
    if (!now.isBefore(provisionalAt.plus(PROVISIONAL_EVERY))) {
      var hour = Granularity.HOUR.floor(now);
      charting.chart(hour, hour.plus(Granularity.HOUR.length()), settled);
      provisionalAt = now;
    }
    if (settledMore) {
      audit();
    }
  }

  /** What is missing now is missing in a minute: charts do not wait for it. */
  private void audit() throws IOException, InterruptedException {
    try {
      auditing.audit();
    } catch (IllegalStateException e) {
      System.out.printf("✗ %s%n  The next audit is after the next hour.%n", e.getMessage());
    }
  }
}
