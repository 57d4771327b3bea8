package topsongs.simulator.recount;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import topsongs.contract.Lake;
import topsongs.simulator.Failure;
import topsongs.simulator.Progress;

/**
 * Compares the plays that were acknowledged, one by one, with those that the lake holds and those
 * that its charts are made from.
 */
public final class Account {
  private static final int SHOWN = 10;

  private static final String DIFFERENCES =
      """
      SELECT concat_ws(',', event_id, %s, coalesce(%s, ''), lost, twice, never_acknowledged)
      FROM account_difference ORDER BY acknowledged_at, played_at, event_id"""
          .formatted(milliseconds("played_at"), milliseconds("acknowledged_at"));

  private final Map<String, String> environment;
  private final PrintWriter out;

  public Account(Map<String, String> environment, PrintWriter out) {
    this.environment = environment;
    this.out = out;
  }

  /**
   * Tells how many plays there are, and what became of those that are not there exactly once.
   *
   * @param files as history and live write them
   * @param differences gets a line for each such play, if given:
   *     event_id,played_at,acknowledged_at,lost,twice,never_acknowledged
   * @return whether there is none
   * @throws Failure when the lake or a file cannot be read, or no play was acknowledged
   */
  public boolean agrees(List<Path> files, @Nullable Path differences) throws InterruptedException {
    try {
      var folder = Files.createTempDirectory("top-songs-account");
      try (var tables = Tables.in(folder);
          var lake = RawLake.of(environment, Files.createDirectory(folder.resolve("fetched")))) {
        tables.set("accounts", files);
        tables.run("account");
        read(lake, tables);
        tables.run("account-differences");
        if (differences != null) {
          Files.write(differences, tables.rows(DIFFERENCES, row -> row.getString(1)));
        }
        return tell(tables);
      } finally {
        Recount.delete(folder);
      }
    } catch (IOException | SQLException e) {
      throw new Failure("Cannot compare with the account: " + e.getMessage());
    }
  }

  private void read(RawLake lake, Tables tables)
      throws IOException, SQLException, InterruptedException {
    var days = lake.days(Lake.PLAYS);
    days.addAll(lake.days(Lake.ENRICHED));
    try (var progress = new Progress(out, "account days", days.size())) {
      for (LocalDate day : days) {
        read(Lake.PLAYS, day, lake, tables);
        read(Lake.ENRICHED, day, lake, tables);
        progress.step(1);
      }
    }
  }

  private static void read(String table, LocalDate day, RawLake lake, Tables tables)
      throws IOException, SQLException, InterruptedException {
    var files = lake.files(table, day);
    if (!files.isEmpty()) {
      tables.set("files", files);
      tables.run("account-" + table);
    }
  }

  private boolean tell(Tables tables) throws SQLException {
    long acknowledged = tables.number("SELECT count(*) FROM acknowledged");
    if (acknowledged == 0) {
      throw new Failure("Cannot compare with the account: it holds no play");
    }
    long different = tables.number("SELECT count(*) FROM account_difference");
    for (String line : tables.rows(shown(), row -> row.getString(1))) {
      out.println(line);
    }
    out.printf(
        Locale.ROOT,
        "%,d plays acknowledged in %,d deliveries: %,d lost, %,d counted twice, %,d never acknowledged%n",
        acknowledged,
        tables.number("SELECT sum(deliveries) FROM acknowledged"),
        tables.number("SELECT sum(lost) FROM account_difference"),
        tables.number("SELECT sum(twice) FROM account_difference"),
        tables.number("SELECT sum(never_acknowledged) FROM account_difference"));
    return different == 0;
  }

  private static String milliseconds(String column) {
    return "strftime(%s, '%%Y-%%m-%%dT%%H:%%M:%%S.%%gZ')".formatted(column);
  }

  private static String shown() {
    return """
        SELECT '  ' || event_id || ' played at ' || rfc3339(played_at) || ': ' || what
        FROM account_difference ORDER BY acknowledged_at, played_at, event_id LIMIT %d"""
        .formatted(SHOWN);
  }
}
