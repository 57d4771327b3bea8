package topsongs.aggregation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Iterator;
import org.postgresql.PGConnection;
import topsongs.contract.Lake;

/** The catalogue in PostgreSQL: table song. */
final class Songs {
  /** JSON escapes control characters, so a line holds neither the quote nor the delimiter. */
  private static final String COPY =
      """
      COPY incoming_line FROM STDIN (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')""";

  /** Only what differs is touched: a conflict locks a row even where nothing is to be changed. */
  private static final String UPSERT =
      """
      INSERT INTO song (song_id, title, artist, album, genre, duration_ms, release_date)
      SELECT s.* FROM incoming_line,
           json_to_record(line) AS s (song_id text, title text, artist text, album text,
                                      genre text, duration_ms integer, release_date date)
      EXCEPT
      SELECT song_id, title, artist, album, genre, duration_ms, release_date FROM song
      ORDER BY song_id
      ON CONFLICT (song_id) DO UPDATE
      SET title = excluded.title, artist = excluded.artist, album = excluded.album,
          genre = excluded.genre, duration_ms = excluded.duration_ms,
          release_date = excluded.release_date""";

  private static final String VERSION = "SELECT version FROM catalogue WHERE path = ?";

  private static final String RECORD =
      """
      INSERT INTO catalogue (path, version) VALUES (?, ?)
      ON CONFLICT (path) DO UPDATE SET version = excluded.version, loaded_at = now()""";

  private final Connection connection;

  Songs(Connection connection) {
    this.connection = connection;
  }

  /** Whether this catalogue is the one that the table was brought up to last. */
  boolean areOf(String version) throws SQLException {
    try (var query = connection.prepareStatement(VERSION)) {
      query.setString(1, Lake.SONGS);
      var row = query.executeQuery();
      return row.next() && row.getString(1).equals(version);
    }
  }

  /**
   * Brings the table up to the catalogue. A song that has left the catalogue stays: old charts name
   * it.
   *
   * @param lines one song as JSON each, no song twice
   * @param version of the catalogue, or of one before it: then the next run looks again
   * @return how many songs were new or had changed
   */
  int update(Iterator<String> lines, String version) throws SQLException, IOException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("CREATE TEMPORARY TABLE incoming_line (line json) ON COMMIT DROP");
      copy(lines);
      var changed = statement.executeUpdate(UPSERT);
      record(version);
      connection.commit();
      return changed;
    } catch (SQLException | IOException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private void record(String version) throws SQLException {
    try (var statement = connection.prepareStatement(RECORD)) {
      statement.setString(1, Lake.SONGS);
      statement.setString(2, version);
      statement.executeUpdate();
    }
  }

  private void copy(Iterator<String> lines) throws SQLException, IOException {
    var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
    while (lines.hasNext()) {
      var line = (lines.next() + "\n").getBytes(StandardCharsets.UTF_8);
      copy.writeToCopy(line, 0, line.length);
    }
    copy.endCopy();
  }
}
