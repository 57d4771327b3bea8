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
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What a drill found: a line for each fault. */
final class DrillReport {
  /** Within which everything must work again. */
  static final Duration RECOVERED_WITHIN = Duration.ofSeconds(60);

  /** For people: UTC to the second. */
  static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

  private final List<Outcome> outcomes;
  private final long[] acknowledged;
  private final long[] lost;
  private final long[] twice;
  private final boolean compared;

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
   * @param differences what simulator verify wrote of plays that are not counted once; where there
   *     is no such file, nothing was compared
   */
  DrillReport(List<Outcome> outcomes, List<Path> accounts, Path differences) throws IOException {
    this.outcomes = outcomes;
    acknowledged = new long[outcomes.size()];
    lost = new long[outcomes.size()];
    twice = new long[outcomes.size()];
    for (var account : accounts) {
      if (Files.exists(account)) {
        countAcknowledged(account);
      }
    }
    compared = Files.exists(differences) && made() > 0;
    if (compared) {
      countDifferences(differences);
    }
  }

  /** All faults were survived, each in time, without a play lost or counted twice. */
  boolean isGood() {
    return compared
        && outcomes.stream().allMatch(Outcome::isRecovered)
        && sum(lost) == 0
        && sum(twice) == 0;
  }

  long made() {
    return outcomes.stream().filter(Outcome::wasMade).count();
  }

  Duration longest() {
    return outcomes.stream()
        .filter(Outcome::wasMade)
        .map(Outcome::took)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /** The table. Acknowledged is from a fault to its recovery, in all of the drill the sum. */
  @Override
  public String toString() {
    var lines =
        new StringBuilder(
            line("", "fault", "struck", "over", "acknowledged", "lost", "twice", "seconds"));
    for (int n = 0; n < outcomes.size(); n++) {
      lines.append(line(n));
    }
    lines.append(
        line(
            "",
            "all, times in UTC",
            "",
            "",
            number(sum(acknowledged)),
            found(sum(lost)),
            found(sum(twice)),
            seconds(longest())));
    return lines.toString();
  }

  private String line(int n) {
    var outcome = outcomes.get(n);
    var number = Integer.toString(n + 1);
    if (!outcome.wasMade()) {
      var skipped = "%s (skipped: %s)".formatted(outcome.fault(), outcome.skipped());
      return line(number, skipped, "", "", "", "", "", "");
    }
    return line(
        number,
        outcome.fault().toString(),
        CLOCK.format(outcome.from()),
        CLOCK.format(outcome.to()),
        number(acknowledged[n]),
        found(lost[n]),
        found(twice[n]),
        seconds(outcome));
  }

  private static String seconds(Outcome outcome) {
    if (outcome.recovered() == null) {
      return "never ✗";
    }
    var took = seconds(outcome.took());
    return outcome.isRecovered() ? took : took + " ✗";
  }

  /** With one decimal. */
  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
  }

  private static String line(Object... cells) {
    return String.format(Locale.ROOT, "%3s  %-62s %-9s %-9s %13s %5s %6s %8s%n", cells);
  }

  private String found(long number) {
    return compared ? number(number) : "?";
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static long sum(long[] numbers) {
    return LongStream.of(numbers).sum();
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
    try (var lines = Files.lines(differences)) {
      lines.forEach(
          line -> {
            var cells = line.split(",", -1);
            int fault = faultBefore(cells[2].isEmpty() ? Instant.MAX : Instant.parse(cells[2]));
            lost[fault] += Long.parseLong(cells[3]);
            twice[fault] += Long.parseLong(cells[4]) + Long.parseLong(cells[5]);
          });
    }
  }

  private int faultBefore(Instant at) {
    int last = -1;
    for (int n = 0; n < outcomes.size(); n++) {
      if (outcomes.get(n).wasMade() && (last < 0 || !at.isBefore(outcomes.get(n).from()))) {
        last = n;
      }
    }
    return last;
  }
}
