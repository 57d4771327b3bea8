package topsongs.aggregation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import topsongs.contract.Granularity;
import topsongs.contract.Period;
import topsongs.contract.ScheduledRun;

/**
 * The charts in PostgreSQL: tables chart, chart_entry, balance and chart_period, what they said
 * before, and their flags.
 */
final class Charts {
  private static final String HASHES =
      "SELECT region, content_hash FROM chart WHERE granularity = ? AND period_start = ?";

  private static final String DELETE_OTHERS =
      "DELETE FROM chart WHERE granularity = ? AND period_start = ? AND region <> ALL (?)";

  private static final String DELETE_ENTRIES =
      "DELETE FROM chart_entry WHERE granularity = ? AND period_start = ? AND region = ANY (?)";

  private static final String UPSERT_CHARTS =
      """
      INSERT INTO chart (granularity, period_start, region, status, revision, computed_at,
                         rules_version, plays, listeners, songs, content_hash, run)
      SELECT ?, ?, c.region, c.status, 1, now(), c.rules_version, c.plays, c.listeners, c.songs, hash,
             nullif(?, '')
      FROM unnest(?, ?) AS changed (content, hash),
           json_to_record(content::json) AS c (region text, status text, rules_version text,
                                               plays bigint, listeners bigint, songs bigint)
      ON CONFLICT (granularity, region, period_start) DO UPDATE
      SET status = excluded.status, revision = chart.revision + 1,
          computed_at = excluded.computed_at, rules_version = excluded.rules_version,
          plays = excluded.plays, listeners = excluded.listeners, songs = excluded.songs,
          content_hash = excluded.content_hash, run = excluded.run""";

  private static final String INSERT_ENTRIES =
      """
      INSERT INTO chart_entry (granularity, period_start, region,
                               position, rank, tied, song_id, plays, listeners)
      SELECT ?, ?, c.region, e.position, e.rank, e.tied, e.song_id, e.plays, e.listeners
      FROM unnest(?) AS content,
           json_to_record(content::json) AS c (region text, entries json),
           json_to_recordset(c.entries) AS e (position smallint, rank smallint, tied boolean,
                                              song_id text, plays bigint, listeners bigint)""";

  private static final String UPSERT_BALANCES =
      """
      INSERT INTO balance (granularity, period_start, region, received, counted, duplicate,
                           too_short, over_cap, excluded, rejected, unknown_song)
      SELECT ?, ?, c.region, b.received, b.counted, b.duplicate,
             b.too_short, b.over_cap, coalesce(b.excluded, 0), b.rejected, b.unknown_song
      FROM unnest(?) AS content,
           json_to_record(content::json) AS c (region text, balance json),
           json_to_record(c.balance) AS b (received bigint, counted bigint, duplicate bigint,
                                           too_short bigint, over_cap bigint, excluded bigint,
                                           rejected bigint, unknown_song bigint)
      ON CONFLICT (granularity, region, period_start) DO UPDATE
      SET received = excluded.received, counted = excluded.counted,
          duplicate = excluded.duplicate, too_short = excluded.too_short,
          over_cap = excluded.over_cap, excluded = excluded.excluded,
          rejected = excluded.rejected, unknown_song = excluded.unknown_song""";

  private static final String UPSERT_PERIOD =
      """
      INSERT INTO chart_period (granularity, period_start, status, input) VALUES (?, ?, ?, ?)
      ON CONFLICT (granularity, period_start) DO UPDATE
      SET status = excluded.status, input = excluded.input, loaded_at = excluded.loaded_at
      WHERE (chart_period.status, chart_period.input) <> (excluded.status, excluded.input)""";

  private static final String DELETE_PERIOD =
      "DELETE FROM chart_period WHERE granularity = ? AND period_start = ?";

  private final Connection connection;
  private final ScheduledRun run;

  /**
   * @param run that makes what is loaded
   */
  Charts(Connection connection, ScheduledRun run) {
    this.connection = connection;
    this.run = run;
  }

  /**
   * A chart to be loaded.
   *
   * @param content the chart's row of the lake as JSON, entries and balance nested
   * @param hash the same for the same content, and only then
   */
  record Chart(String region, String content, String hash) {}

  /** What loading did: of the charts it was given how many were new or changed. */
  record Changes(int given, int changed, int removed) {
    static final Changes NONE = new Changes(0, 0, 0);

    Changes plus(Changes other) {
      return new Changes(given + other.given, changed + other.changed, removed + other.removed);
    }
  }

  /**
   * Makes these charts the period's, all or nothing. A chart whose content is the same is not
   * touched; one that changed is kept as it was and replaced as its next revision; others of the
   * period are removed, and all that was kept of them.
   *
   * @param flags of an hour, which they are replaced with; a day has none of its own
   * @param input what the charts were made from, if it is known
   */
  Changes replace(Period period, List<Chart> charts, List<String> flags, Optional<Input> input)
      throws SQLException {
    connection.setAutoCommit(false);
    try {
      var changes = change(period, charts, changed(period, charts));
      if (period.granularity() == Granularity.HOUR) {
        new Flags(connection).replace(period, flags);
      }
      record(period, charts.isEmpty() ? Optional.empty() : input);
      connection.commit();
      return changes;
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private Changes change(Period period, List<Chart> charts, List<Chart> changed)
      throws SQLException {
    var removed = update(DELETE_OTHERS, period, regions(charts));
    if (!changed.isEmpty()) {
      var contents = changed.stream().map(Chart::content).toArray(String[]::new);
      new Revisions(connection).keep(period, contents);
      update(DELETE_ENTRIES, period, regions(changed));
      upsertCharts(period, contents, hashes(changed));
      update(INSERT_ENTRIES, period, contents);
      update(UPSERT_BALANCES, period, contents);
    }
    return new Changes(charts.size(), changed.size(), removed);
  }

  private void upsertCharts(Period period, String[] contents, String[] hashes) throws SQLException {
    try (var statement = prepare(UPSERT_CHARTS, period)) {
      statement.setString(3, run.name());
      statement.setArray(4, connection.createArrayOf("text", contents));
      statement.setArray(5, connection.createArrayOf("text", hashes));
      statement.executeUpdate();
    }
  }

  private void record(Period period, Optional<Input> input) throws SQLException {
    if (input.isPresent()) {
      try (var statement = prepare(UPSERT_PERIOD, period)) {
        statement.setString(3, input.get().status().wireName());
        statement.setString(4, input.get().digest());
        statement.executeUpdate();
      }
    } else {
      update(DELETE_PERIOD, period);
    }
  }

  private List<Chart> changed(Period period, List<Chart> charts) throws SQLException {
    var hashes = hashes(period);
    return charts.stream().filter(c -> !c.hash().equals(hashes.get(c.region()))).toList();
  }

  private Map<String, String> hashes(Period period) throws SQLException {
    var hashes = new HashMap<String, String>();
    try (var query = prepare(HASHES, period)) {
      var rows = query.executeQuery();
      while (rows.next()) {
        hashes.put(rows.getString("region"), rows.getString("content_hash"));
      }
    }
    return hashes;
  }

  private int update(String sql, Period period, String[]... texts) throws SQLException {
    try (var statement = prepare(sql, period, texts)) {
      return statement.executeUpdate();
    }
  }

  private PreparedStatement prepare(String sql, Period period, String[]... texts)
      throws SQLException {
    var statement = connection.prepareStatement(sql);
    statement.setString(1, period.granularity().wireName());
    statement.setObject(2, utc(period.start()));
    for (int i = 0; i < texts.length; i++) {
      statement.setArray(3 + i, connection.createArrayOf("text", texts[i]));
    }
    return statement;
  }

  private static String[] regions(List<Chart> charts) {
    return charts.stream().map(Chart::region).toArray(String[]::new);
  }

  private static String[] hashes(List<Chart> charts) {
    return charts.stream().map(Chart::hash).toArray(String[]::new);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
