package topsongs.simulator.recount;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import topsongs.contract.CountingRules;
import topsongs.contract.FlagKind;
import topsongs.contract.Granularity;
import topsongs.contract.Lake;
import topsongs.simulator.Failure;
import topsongs.simulator.Progress;
import topsongs.simulator.ServingApi;

/**
 * Counts the charts again from the lake's raw plays and compares them with those that serving-api
 * shows; and Kafka's offsets, where every day is counted. The rules of docs/data-contract.md are
 * written once more, as SQL: no code is shared with the jobs.
 */
public final class Recount {
  private final Map<String, String> environment;
  private final ServingApi api;
  private final PrintWriter out;
  private final Clock clock;

  public Recount(Map<String, String> environment, ServingApi api, PrintWriter out, Clock clock) {
    this.environment = environment;
    this.api = api;
    this.out = out;
    this.clock = clock;
  }

  /**
   * Which charts to compare.
   *
   * @param from of every period that has a part after it
   * @param to of every period that has a part before it
   * @param before only of periods that ended by then
   * @param provisional also of periods that run or are provisional
   */
  public record Scope(Instant from, Instant to, Instant before, boolean provisional) {
    /**
     * @throws IllegalArgumentException when from is not before to
     */
    public Scope {
      if (!from.isBefore(to)) {
        throw new IllegalArgumentException(
            "Cannot recount: --from must be before --to, got %s and %s".formatted(from, to));
      }
    }
  }

  /**
   * Tells the first differences, and how much was compared.
   *
   * @return whether there is no difference
   * @throws Failure when the lake or serving-api cannot be read, or there is nothing to compare
   */
  public boolean agrees(Scope scope) throws InterruptedException {
    try {
      var folder = Files.createTempDirectory("top-songs-recount");
      try {
        return compare(scope, folder);
      } finally {
        delete(folder);
      }
    } catch (IOException | SQLException e) {
      throw new Failure("Cannot recount: " + e.getMessage());
    }
  }

  private boolean compare(Scope scope, Path folder)
      throws IOException, SQLException, InterruptedException {
    try (var tables = Tables.in(folder);
        var lake = RawLake.of(environment, Files.createDirectory(folder.resolve("fetched")))) {
      var served = new Served(api, tables, folder.resolve("answers.jsonl"));
      set(scope, tables);
      served.readPeriods();
      var current = CountingRules.load(CountingRules.CURRENT);
      readSongs(lake, tables);
      count(days(lake, tables, scope), current, lake, tables);
      tables.run("periods");
      served.readCharts(out);
      for (CountingRules other : otherRules(tables)) {
        count(daysOf(other, tables), other, lake, tables);
      }
      tables.set("rules_version", current.version());
      tables.run("versions");
      served.readBalances();
      tables.run("movement");
      tables.run("differences");
      tables.run("offsets");
      return new Report(tables, out).tell();
    }
  }

  private void set(Scope scope, Tables tables) throws SQLException {
    tables.set("chart_size", Lake.CHART_SIZE);
    tables.set("now", clock.instant().truncatedTo(ChronoUnit.SECONDS));
    tables.set("from", scope.from());
    tables.set("to", scope.to());
    tables.set("before", scope.before());
    tables.set("provisional", scope.provisional());
  }

  private static void set(CountingRules rules, Tables tables) throws SQLException {
    var kinds = rules.excludeFlagged().stream().map(FlagKind::wireName).toList();
    tables.set("rules_version", rules.version());
    tables.set("min_ms_played", rules.minMsPlayed());
    tables.set("exclude_flagged", String.join(",", kinds));
    tables.set("over_cap_plays", rules.flags().overCapPlays());
    tables.set("impossible_minutes", rules.flags().impossibleMinutes());
    tables.set("loop_plays", rules.flags().loopPlays());
    tables.set("loop_percent", rules.flags().loopPercent());
    tables.set("loop_listeners", rules.flags().loopListeners());
  }

  private static void readSongs(RawLake lake, Tables tables) throws IOException, SQLException {
    var songs = lake.songs();
    if (songs.isPresent()) {
      tables.set("songs", songs.get().toString());
      tables.set("songs_changed", lake.songsChanged().orElse(Instant.EPOCH));
      tables.run("songs");
    }
  }

  private SortedSet<LocalDate> days(RawLake lake, Tables tables, Scope scope)
      throws IOException, SQLException, InterruptedException {
    // Read before the rows: all that it promises is among them.
    readProgress(lake, tables);
    var days = lake.days(Lake.PLAYS);
    tables.set("lake_start", start(days));
    days.addAll(lake.days(Lake.REJECTED));
    tables.set("every_day", !days.removeIf(day -> !start(day).isBefore(scope.to())));
    for (LocalDate day : days) {
      countRejected(day, lake, tables);
    }
    return days;
  }

  /** Those by which other charts than the current rules' say that they were made. */
  private static List<CountingRules> otherRules(Tables tables) throws SQLException {
    return tables
        .rows(
            "SELECT DISTINCT rules_version FROM served_chart ORDER BY ALL", row -> row.getString(1))
        .stream()
        .filter(version -> !version.equals(CountingRules.CURRENT))
        .filter(CountingRules.VERSIONS::contains)
        .map(CountingRules::load)
        .toList();
  }

  private static SortedSet<LocalDate> daysOf(CountingRules rules, Tables tables)
      throws SQLException {
    return new TreeSet<>(
        tables.rows(
            """
            SELECT DISTINCT period::DATE FROM served_chart SEMI JOIN compared USING (granularity, period)
            WHERE rules_version = '%s'"""
                .formatted(rules.version()),
            row -> row.getObject(1, LocalDate.class)));
  }

  private void count(SortedSet<LocalDate> days, CountingRules rules, RawLake lake, Tables tables)
      throws IOException, SQLException, InterruptedException {
    set(rules, tables);
    try (var progress = new Progress(out, "recount days", days.size())) {
      for (LocalDate day : days) {
        count(day, rules, lake, tables);
        progress.step(1);
      }
    }
  }

  private static void readProgress(RawLake lake, Tables tables) throws IOException, SQLException {
    var progress = lake.progress();
    if (progress.isPresent()) {
      tables.set("progress", progress.get().toString());
      tables.run("progress");
    }
  }

  /** Without plays all charts that are old enough may have lost theirs. */
  private Instant start(SortedSet<LocalDate> days) {
    return days.isEmpty() ? clock.instant().truncatedTo(ChronoUnit.SECONDS) : start(days.first());
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static void countRejected(LocalDate day, RawLake lake, Tables tables)
      throws IOException, SQLException, InterruptedException {
    var rejected = lake.files(Lake.REJECTED, day);
    if (!rejected.isEmpty()) {
      tables.set("files", rejected);
      tables.run("rejected");
    }
  }

  private static void count(LocalDate day, CountingRules rules, RawLake lake, Tables tables)
      throws IOException, SQLException, InterruptedException {
    var plays = lake.files(Lake.PLAYS, day);
    if (!plays.isEmpty()) {
      tables.set("files", plays);
      tables.set("day", day);
      tables.run("plays");
      if (rules.version().equals(CountingRules.CURRENT)) {
        tables.run("records"); // Once, whatever other rules the day is counted by.
      }
      if (!rules.excludeFlagged().isEmpty()) {
        tables.run("excluded");
      }
      countCharts(rules, tables);
    }
  }

  private static void countCharts(CountingRules rules, Tables tables) throws SQLException {
    for (Granularity granularity : Granularity.values()) {
      tables.set("granularity", granularity.wireName());
      tables.set("cap", rules.cap(granularity));
      tables.run("charts");
    }
  }

  static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    }
  }
}
