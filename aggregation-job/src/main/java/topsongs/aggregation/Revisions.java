package topsongs.aggregation;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import topsongs.contract.Period;

/** What charts said before: table chart_revision. */
final class Revisions {
  /** By hand rather than by json_object_agg, whose spaces are a fifth of a revision. */
  private static final String KEEP =
      """
      INSERT INTO chart_revision (granularity, region, period_start, revision, status, computed_at,
                                  rules_version, run, plays, listeners, songs, content_hash,
                                  balance, last_tied, entries)
      SELECT granularity, region, period_start, revision, status, computed_at,
             rules_version, run, chart.plays, chart.listeners, songs, content_hash,
             json_strip_nulls((to_jsonb(balance) - '{granularity,region,period_start}'::text[])::json),
             differing.last_tied, differing.entries::json
      FROM unnest(?) AS content
      CROSS JOIN json_to_record(content::json) AS next (region text, entries json)
      JOIN chart USING (region)
      LEFT JOIN balance USING (granularity, region, period_start)
      CROSS JOIN LATERAL (
        SELECT '{' || coalesce(string_agg(
              to_json(song_id) || ':' || coalesce('[' || old.plays || ',' || old.listeners || ']', 'null'), ','
              ORDER BY old.position, song_id)
            FILTER (WHERE (old.plays, old.listeners) IS DISTINCT FROM (new.plays, new.listeners)), '')
            || '}' AS entries,
          coalesce((array_agg(old.tied ORDER BY old.position DESC NULLS LAST))[1], false) AS last_tied
        FROM (SELECT * FROM chart_entry entry
              WHERE entry.granularity = chart.granularity AND entry.region = chart.region
                AND entry.period_start = chart.period_start) AS old
        FULL JOIN json_to_recordset(next.entries) AS new (song_id text, plays bigint, listeners bigint)
          USING (song_id)) AS differing
      WHERE granularity = ? AND period_start = ?""";

  private final Connection connection;

  Revisions(Connection connection) {
    this.connection = connection;
  }

  /**
   * Keeps the period's charts that are about to be replaced, as what sets them apart.
   *
   * @param contents what replaces them, as {@link Charts.Chart#content}
   */
  void keep(Period period, String... contents) throws SQLException {
    try (var statement = connection.prepareStatement(KEEP)) {
      statement.setArray(1, connection.createArrayOf("text", contents));
      statement.setString(2, period.granularity().wireName());
      statement.setObject(3, period.start().atOffset(ZoneOffset.UTC));
      statement.executeUpdate();
    }
  }
}
