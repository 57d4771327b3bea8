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
import java.util.Map;
import java.util.SortedSet;
import topsongs.contract.CountingRules;
import topsongs.contract.Granularity;
import topsongs.contract.Lake;
import topsongs.simulator.Failure;
import topsongs.simulator.Progress;
import topsongs.simulator.ServingApi;

/**
 * Counts the charts again from the lake's raw plays and compares them with those that serving-api
 * shows. The rules of docs/data-contract.md are written once more, as SQL: no code is shared with
 * the jobs.
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
      count(lake, tables, scope);
      tables.run("periods");
      served.readCharts(out);
      served.readBalances();
      tables.run("movement");
      tables.run("differences");
      return new Report(tables, out).tell();
    }
  }

  private void set(Scope scope, Tables tables) throws SQLException {
    var rules = CountingRules.load(CountingRules.CURRENT);
    tables.set("rules_version", rules.version());
    tables.set("min_ms_played", rules.minMsPlayed());
    tables.set("chart_size", Lake.CHART_SIZE);
    tables.set("now", clock.instant().truncatedTo(ChronoUnit.SECONDS));
    tables.set("from", scope.from());
    tables.set("to", scope.to());
    tables.set("before", scope.before());
    tables.set("provisional", scope.provisional());
  }

  private void count(RawLake lake, Tables tables, Scope scope)
      throws IOException, SQLException, InterruptedException {
    var songs = lake.songs();
    if (songs.isPresent()) {
      tables.set("songs", songs.get().toString());
      tables.run("songs");
    }
    var days = lake.days();
    tables.set("lake_start", start(days));
    days.removeIf(day -> !day.atStartOfDay(ZoneOffset.UTC).toInstant().isBefore(scope.to()));
    try (var progress = new Progress(out, "recount days", days.size())) {
      for (LocalDate day : days) {
        count(day, lake, tables);
        progress.step(1);
      }
    }
  }

  /** Without plays all charts that are old enough may have lost theirs. */
  private Instant start(SortedSet<LocalDate> days) {
    return days.isEmpty()
        ? clock.instant().truncatedTo(ChronoUnit.SECONDS)
        : days.first().atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static void count(LocalDate day, RawLake lake, Tables tables)
      throws IOException, SQLException, InterruptedException {
    var rejected = lake.files(Lake.REJECTED, day);
    if (!rejected.isEmpty()) {
      tables.set("files", rejected);
      tables.run("rejected");
    }
    var plays = lake.files(Lake.PLAYS, day);
    if (!plays.isEmpty()) {
      tables.set("files", plays);
      tables.set("day", day);
      tables.run("plays");
      countCharts(tables);
    }
  }

  private static void countCharts(Tables tables) throws SQLException {
    var rules = CountingRules.load(CountingRules.CURRENT);
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
