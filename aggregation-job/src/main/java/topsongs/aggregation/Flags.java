package topsongs.aggregation;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import topsongs.contract.Period;

/** The flags in PostgreSQL: table flag. */
final class Flags {
  /** What is there already stays: loading the same again writes no row. */
  private static final String DELETE_OTHERS =
      """
      DELETE FROM flag
      WHERE hour = ?
        AND jsonb_strip_nulls(to_jsonb(flag) - 'hour') NOT IN (SELECT unnest(?)::jsonb)""";

  private static final String INSERT =
      """
      INSERT INTO flag (hour, kind, region, listener, song_id, plays, listeners, minutes)
      SELECT ?, f.*
      FROM (SELECT f.*
            FROM unnest(?) AS content,
                 json_to_record(content::json) AS f (kind text, region text, listener text,
                                                     song_id text, plays bigint, listeners bigint,
                                                     minutes bigint)
            EXCEPT
            SELECT kind, region, listener, song_id, plays, listeners, minutes FROM flag
            WHERE hour = ?) AS f""";

  private final Connection connection;

  Flags(Connection connection) {
    this.connection = connection;
  }

  /**
   * Makes these flags the hour's, within the caller's transaction.
   *
   * @param contents as JSON, its fields the table's columns
   */
  void replace(Period hour, List<String> contents) throws SQLException {
    var start = hour.start().atOffset(ZoneOffset.UTC);
    var flags = connection.createArrayOf("text", contents.toArray());
    try (var delete = connection.prepareStatement(DELETE_OTHERS);
        var insert = connection.prepareStatement(INSERT)) {
      delete.setObject(1, start);
      delete.setArray(2, flags);
      delete.executeUpdate();
      insert.setObject(1, start);
      insert.setArray(2, flags);
      insert.setObject(3, start);
      insert.executeUpdate();
    }
  }
}
