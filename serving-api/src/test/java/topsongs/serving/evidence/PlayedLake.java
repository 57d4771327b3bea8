package topsongs.serving.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.TreeMap;
import topsongs.contract.Lake;

/**
 * A lake in a folder, of real Parquet files in the shape that the stream and enrichment-job write:
 * plays/ as received, enriched/ with the distinct ones, and what each hour was made from.
 */
public final class PlayedLake {
  private final Path root;

  public PlayedLake(Path root) {
    this.root = root;
  }

  /** As {@code TOP_SONGS_LAKE} names it. */
  public String url() {
    return root.toUri().toString();
  }

  public Path root() {
    return root;
  }

  /**
   * Adds a file of plays to each of their hours.
   *
   * @param plays a line each: number user_id song_id region played_at ms_played received_at
   *     kafka_partition kafka_offset
   */
  public void append(String name, String plays) {
    write(
        Lake.PLAYS,
        "part-" + name,
        """
        SELECT '00000000-0000-0000-0000-' || lpad(c[1], 12, '0') AS event_id, c[2] AS user_id,
          c[3] AS song_id, c[4] AS region, c[5]::TIMESTAMPTZ AS played_at, c[6]::INTEGER AS ms_played,
          'ios' AS platform, c[7]::TIMESTAMPTZ AS received_at, c[8]::INTEGER AS kafka_partition,
          c[9]::BIGINT AS kafka_offset, c[5][:10] AS event_date, c[5][12:13]::INTEGER AS event_hour
        FROM line""",
        plays);
  }

  /**
   * Makes enriched/ of all plays that are there.
   *
   * @param songs a line each: song_id duration_ms; what is not among them is unknown
   */
  public void enrich(String songs) {
    delete(root.resolve(Lake.ENRICHED));
    write(
        Lake.ENRICHED,
        "part",
        """
        WITH play AS (
          SELECT event_id, played_at,
            count(DISTINCT (kafka_partition, kafka_offset)) AS deliveries,
            arg_min(
              {'u': user_id, 's': song_id, 'r': region, 'ms': ms_played, 'p': platform},
              (received_at, kafka_partition, kafka_offset)) AS first,
            min(received_at) AS received_at
          FROM read_parquet('%s/**/*.parquet')
          GROUP BY event_id, played_at)
        SELECT event_id, first.u AS user_id, first.s AS song_id, first.r AS region, played_at,
          first.ms AS ms_played, first.p AS platform, received_at, deliveries,
          'Title of ' || c[1] AS title, 'Artist' AS artist, NULL::VARCHAR AS album,
          NULL::VARCHAR AS genre, c[2]::INTEGER AS duration_ms, NULL::DATE AS release_date,
          strftime(played_at, '%%Y-%%m-%%d') AS event_date, hour(played_at)::INTEGER AS event_hour
        FROM play LEFT JOIN line ON c[1] = first.s"""
            .formatted(root.resolve(Lake.PLAYS)),
        songs);
    recordInput();
  }

  /** What an hour was made from; without it the hour is not whole. */
  private void recordInput() {
    var hours = new TreeMap<Path, String>();
    var plays = root.resolve(Lake.PLAYS);
    try (var files = Files.walk(plays)) {
      files
          .filter(Files::isRegularFile)
          .map(plays::relativize)
          .sorted()
          .forEach(file -> hours.merge(file.getParent(), file + "\n", String::concat));
      for (var hour : hours.entrySet()) {
        var folder = root.resolve(Lake.ENRICHED).resolve(hour.getKey().toString());
        Files.writeString(folder.resolve(Lake.INPUT), hour.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String table, String name, String columns, String lines) {
    try (var duck = DriverManager.getConnection("jdbc:duckdb:");
        var statement = duck.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute(
          """
          CREATE TABLE line AS
          SELECT regexp_split_to_array(trim(line), ' +') AS c
          FROM (SELECT unnest(string_split('%s', chr(10))) AS line)
          WHERE trim(line) <> ''"""
              .formatted(lines.replace("'", "''")));
      Files.createDirectories(root);
      statement.execute(
          """
          COPY (%s) TO '%s' (FORMAT parquet, PARTITION_BY (event_date, event_hour), APPEND,
            FILENAME_PATTERN '%s-{uuid}')"""
              .formatted(columns, root.resolve(table), name));
    } catch (SQLException | IOException e) {
      throw new IllegalStateException("Cannot write " + table, e);
    }
  }

  public void delete() {
    delete(root);
  }

  private static void delete(Path folder) {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
