package topsongs.aggregation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Iterator;
import org.postgresql.PGConnection;

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

  private final Connection connection;

  Songs(Connection connection) {
    this.connection = connection;
  }

  /**
   * Brings the table up to the catalogue. A song that has left the catalogue stays: old charts name
   * it.
   *
   * @param lines one song as JSON each, no song twice
   * @return how many songs were new or had changed
   */
  int update(Iterator<String> lines) throws SQLException, IOException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("CREATE TEMPORARY TABLE incoming_line (line json) ON COMMIT DROP");
      copy(lines);
      var changed = statement.executeUpdate(UPSERT);
      connection.commit();
      return changed;
    } catch (SQLException | IOException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
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
