package topsongs.simulator.recount;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import topsongs.contract.Lake;

/** A lake in a folder, of real Parquet files in the shape that the stream writes. */
final class PlayedLake {
  private final Path root;

  PlayedLake(Path root) {
    this.root = root;
  }

  /**
   * One file for each hour of the plays.
   *
   * @param plays a line each: event_id user_id song_id region played_at ms_played received_at
   *     kafka_partition kafka_offset
   */
  void append(String name, String plays) throws SQLException, IOException {
    write(
        Lake.PLAYS,
        name,
        """
        SELECT c[1] AS event_id, c[2] AS user_id, c[3] AS song_id, c[4] AS region,
          c[5]::TIMESTAMPTZ AS played_at, c[6]::INTEGER AS ms_played, NULL::VARCHAR AS platform,
          c[7]::TIMESTAMPTZ AS received_at, c[8]::INTEGER AS kafka_partition,
          c[9]::BIGINT AS kafka_offset,
          c[5][:10] AS event_date, c[5][12:13]::INTEGER AS event_hour
        FROM line""",
        plays);
  }

  /**
   * @param plays a line each: event_id played_at
   */
  void enrich(String name, String plays) throws SQLException, IOException {
    write(
        Lake.ENRICHED,
        name,
        """
        SELECT c[1] AS event_id, c[2]::TIMESTAMPTZ AS played_at,
          c[2][:10] AS event_date, c[2][12:13]::INTEGER AS event_hour
        FROM line""",
        plays);
  }

  /**
   * @param messages a line each: value arrived_at kafka_partition kafka_offset
   */
  void reject(String name, String messages) throws SQLException, IOException {
    write(
        Lake.REJECTED,
        name,
        """
        SELECT c[1] AS value, 'not JSON' AS reason, c[2]::TIMESTAMPTZ AS arrived_at,
          c[3]::INTEGER AS kafka_partition, c[4]::BIGINT AS kafka_offset,
          c[2][:10] AS event_date, c[2][12:13]::INTEGER AS event_hour
        FROM line""",
        messages);
  }

  void songs(String jsonl, Instant written) throws IOException {
    var songs = root.resolve(Lake.SONGS);
    Files.createDirectories(songs.getParent());
    Files.writeString(songs, jsonl);
    Files.setLastModifiedTime(songs, FileTime.from(written));
  }

  void streamIsAt(String progress) throws IOException {
    Files.createDirectories(root.resolve(Lake.STREAM_PROGRESS).getParent());
    Files.writeString(root.resolve(Lake.STREAM_PROGRESS), progress);
  }

  Path root() {
    return root;
  }

  private void write(String table, String name, String columns, String lines)
      throws SQLException, IOException {
    Files.createDirectories(root);
    var text = Files.writeString(Files.createTempFile(root, "lines", ".txt"), lines);
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        var statement = duck.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute(
          """
          CREATE TABLE line AS
          SELECT regexp_split_to_array(trim(line), ' +') AS c
          FROM (SELECT unnest(string_split(content, chr(10))) AS line FROM read_text('%s'))
          WHERE trim(line) <> ''"""
              .formatted(text));
      statement.execute(
          """
          COPY (%s) TO '%s' (FORMAT parquet, PARTITION_BY (event_date, event_hour), APPEND,
            FILENAME_PATTERN 'part-%s-{uuid}')"""
              .formatted(columns, root.resolve(table), name));
    }
    Files.delete(text);
  }
}
