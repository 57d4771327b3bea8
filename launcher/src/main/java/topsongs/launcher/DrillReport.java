package topsongs.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a drill found: a line for each fault. */
final class DrillReport {
  /** Within which everything must work again. */
  static final Duration RECOVERED_WITHIN = Duration.ofSeconds(60);

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

  private final List<Outcome> outcomes;
  private final long[] acknowledged;
  private final long[] lost;
  private final long[] twice;

  /**
   * What became of the stack.
   *
   * @param from when it was struck
   * @param to when the fault was over: at once, or when what was paused went on
   * @param recovered when everything worked again; null when it did not
   * @param skipped why it was not made, or empty
   */
  record Outcome(
      Fault fault, Instant from, Instant to, @Nullable Instant recovered, String skipped) {
    static Outcome skipped(Fault fault, String why) {
      var now = Instant.now();
      return new Outcome(fault, now, now, now, why);
    }

    boolean wasMade() {
      return skipped.isEmpty();
    }

    boolean isRecovered() {
      return recovered != null && took().compareTo(RECOVERED_WITHIN) <= 0;
    }

    Duration took() {
      return Duration.between(to, recovered == null ? to : recovered);
    }
  }

  /**
   * @param accounts of every acknowledged delivery
   * @param differences what simulator verify wrote of plays that are not counted once
   */
  DrillReport(List<Outcome> outcomes, List<Path> accounts, Path differences) throws IOException {
    this.outcomes = outcomes;
    acknowledged = new long[outcomes.size()];
    lost = new long[outcomes.size()];
    twice = new long[outcomes.size()];
    for (var account : accounts) {
      countAcknowledged(account);
    }
    if (Files.exists(differences)) {
      countDifferences(differences);
    }
  }

  /** All faults were survived, each in time, without a play lost or counted twice. */
  boolean isGood() {
    return outcomes.stream().allMatch(Outcome::isRecovered) && sum(lost) == 0 && sum(twice) == 0;
  }

  long made() {
    return outcomes.stream().filter(Outcome::wasMade).count();
  }

  Duration longest() {
    return outcomes.stream().map(Outcome::took).max(Duration::compareTo).orElse(Duration.ZERO);
  }

  /** The table, and what the last line of it says in words. */
  @Override
  public String toString() {
    var lines =
        new StringBuilder(
            line("", "fault", "at (UTC)", "acknowledged", "lost", "twice", "seconds"));
    for (int n = 0; n < outcomes.size(); n++) {
      lines.append(line(n));
    }
    return lines.toString();
  }

  private String line(int n) {
    var outcome = outcomes.get(n);
    var number = Integer.toString(n + 1);
    if (!outcome.wasMade()) {
      return line(
          number, outcome.fault().toString(), "skipped: " + outcome.skipped(), "", "", "", "");
    }
    return line(
        number,
        outcome.fault().toString(),
        CLOCK.format(outcome.from()),
        number(acknowledged[n]),
        number(lost[n]),
        number(twice[n]),
        seconds(outcome));
  }

  private static String seconds(Outcome outcome) {
    if (outcome.recovered() == null) {
      return "never ✗";
    }
    var took = "%.1f".formatted(outcome.took().toMillis() / 1000.0);
    return outcome.isRecovered() ? took : took + " ✗";
  }

  private static String line(Object... cells) {
    return String.format(Locale.ROOT, "%3s  %-62s %-9s %13s %5s %6s %8s%n", cells);
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static long sum(long[] numbers) {
    return Stream.of(numbers).flatMapToLong(java.util.Arrays::stream).sum();
  }

  /** Between a fault and the recovery from it. */
  private void countAcknowledged(Path account) throws IOException {
    try (var lines = Files.lines(account)) {
      lines.forEach(
          line -> {
            var at = Instant.parse(line.substring(line.lastIndexOf(',') + 1));
            for (int n = 0; n < outcomes.size(); n++) {
              var until = outcomes.get(n).recovered();
              if (!at.isBefore(outcomes.get(n).from()) && (until == null || at.isBefore(until))) {
                acknowledged[n]++;
              }
            }
          });
    }
  }

  /** Each belongs to the last fault before it was acknowledged. */
  private void countDifferences(Path differences) throws IOException {
    for (var line : Files.readAllLines(differences)) {
      var cells = line.split(",", -1);
      int fault = faultBefore(cells[2].isEmpty() ? Instant.MAX : Instant.parse(cells[2]));
      lost[fault] += Long.parseLong(cells[3]);
      twice[fault] += Long.parseLong(cells[4]) + Long.parseLong(cells[5]);
    }
  }

  private int faultBefore(Instant at) {
    int last = 0;
    for (int n = 0; n < outcomes.size(); n++) {
      if (!at.isBefore(outcomes.get(n).from())) {
        last = n;
      }
    }
    return last;
  }
}
