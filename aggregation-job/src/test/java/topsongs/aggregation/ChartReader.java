package topsongs.aggregation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import topsongs.aggregation.ChartContent.Balance;
import topsongs.aggregation.ChartContent.Entry;
import topsongs.aggregation.ChartContent.Played;
import topsongs.contract.Period;

/** Every revision of a period's charts, as one reader sees them: in one snapshot. */
final class ChartReader implements AutoCloseable {
  private static final String NEWEST =
      """
      SELECT * FROM chart LEFT JOIN balance USING (granularity, region, period_start)
      WHERE granularity = ? AND period_start = ? ORDER BY region""";

  private static final String NEWEST_ENTRIES =
      """
      SELECT * FROM chart_entry WHERE granularity = ? AND region = ? AND period_start = ?
      ORDER BY position""";

  private static final String SUPERSEDED =
      """
      SELECT r.*, b.* FROM chart_revision r, json_populate_record(NULL::balance, r.balance) b
      WHERE r.granularity = ? AND r.period_start = ? ORDER BY r.region, r.revision""";

  private static final String REVISED_ENTRIES = "SELECT * FROM revised_entry(?, ?, ?, ?)";

  private final Connection connection;

  ChartReader(Connection connection) throws SQLException {
    this.connection = connection;
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
  }

  /**
   * One revision of one region's chart.
   *
   * @param content as it can be read now
   * @param hash of the content as it was loaded
   */
  record Version(int revision, @Nullable String run, ChartContent content, String hash) {
    boolean isWhole() {
      return content.hash().equals(hash);
    }
  }

  /** Those superseded, by region and revision, then the newest of each region. */
  List<Version> versions(Period period) throws SQLException {
    try {
      var versions = superseded(period.granularity().wireName(), utc(period));
      versions.addAll(newest(period.granularity().wireName(), utc(period)));
      return versions;
    } finally {
      connection.rollback();
    }
  }

  /** The newest of each region, in order. */
  List<Version> newest(Period period) throws SQLException {
    try {
      return newest(period.granularity().wireName(), utc(period));
    } finally {
      connection.rollback();
    }
  }

  private static OffsetDateTime utc(Period period) {
    return period.start().atOffset(ZoneOffset.UTC);
  }

  private List<Version> superseded(String granularity, OffsetDateTime start) throws SQLException {
    try (var query = query(SUPERSEDED, granularity, start)) {
      return versions(
          query.executeQuery(),
          (region, revision) -> query(REVISED_ENTRIES, granularity, region, start, revision));
    }
  }

  private List<Version> newest(String granularity, OffsetDateTime start) throws SQLException {
    try (var query = query(NEWEST, granularity, start)) {
      return versions(
          query.executeQuery(),
          (region, revision) -> query(NEWEST_ENTRIES, granularity, region, start));
    }
  }

  private interface Entries {
    PreparedStatement of(String region, int revision) throws SQLException;
  }

  private static List<Version> versions(ResultSet row, Entries entries) throws SQLException {
    var versions = new ArrayList<Version>();
    while (row.next()) {
      var revision = row.getInt("revision");
      try (var query = entries.of(row.getString("region"), revision)) {
        var content = content(row, entries(query.executeQuery()));
        var hash = row.getString("content_hash");
        versions.add(new Version(revision, row.getString("run"), content, hash));
      }
    }
    return versions;
  }

  private PreparedStatement query(String sql, Object... parameters) throws SQLException {
    var query = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      query.setObject(i + 1, parameters[i]);
    }
    return query;
  }

  private static List<Entry> entries(ResultSet row) throws SQLException {
    var entries = new ArrayList<Entry>();
    while (row.next()) {
      entries.add(
          new Entry(
              row.getInt("position"),
              row.getInt("rank"),
              row.getBoolean("tied"),
              new Played(
                  row.getString("song_id"), row.getLong("plays"), row.getLong("listeners"))));
    }
    return entries;
  }

  private static ChartContent content(ResultSet row, List<Entry> entries) throws SQLException {
    return new ChartContent(
        row.getString("region"),
        row.getString("status"),
        row.getString("rules_version"),
        row.getLong("plays"),
        row.getLong("listeners"),
        row.getLong("songs"),
        new Balance(
            row.getLong("received"),
            row.getLong("counted"),
            row.getLong("duplicate"),
            row.getLong("too_short"),
            row.getLong("over_cap"),
            row.getObject("rejected", Long.class),
            row.getLong("unknown_song")),
        entries);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
