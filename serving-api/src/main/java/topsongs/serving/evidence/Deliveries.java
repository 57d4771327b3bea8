package topsongs.serving.evidence;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import topsongs.serving.evidence.Evidence.Delivery;
import topsongs.serving.evidence.Evidence.Received;

/** How one play came into plays/, as it was received. */
final class Deliveries {
  /** Rows of one partition and offset are one delivery, which the stream wrote twice. */
  private static final String DELIVERIES =
      """
      SELECT epoch_ms(received_at) AS received_at, kafka_partition, kafka_offset, min(filename) AS file,
        row_number() OVER (ORDER BY received_at, kafka_partition, kafka_offset) = 1 AS kept,
        any_value(region) AS region, any_value(song_id) AS song_id,
        any_value(ms_played) AS ms_played, any_value(platform) AS platform
      FROM read_parquet(getvariable('files'), filename = true)
      WHERE event_id = getvariable('event') AND played_at = getvariable('played_at')
      GROUP BY received_at, kafka_partition, kafka_offset
      ORDER BY received_at, kafka_partition, kafka_offset
      """;

  private final Tables tables;
  private final Map<String, String> paths;

  /**
   * @param plays files of the play's hour: at least one
   * @param paths their paths in the lake, by where they are on this machine
   */
  Deliveries(Tables tables, List<Path> plays, Map<String, String> paths) {
    this.tables = tables;
    this.paths = paths;
    tables.set("files", plays);
  }

  /** The play as its first delivery had it; empty when there is none. */
  Optional<Received> of(String eventId, Instant playedAt) {
    tables.set("event", eventId);
    tables.set("played_at", playedAt);
    var deliveries = tables.rows(DELIVERIES, this::delivery);
    return tables.row(
        DELIVERIES,
        row ->
            new Received(
                eventId,
                playedAt,
                row.getString("region"),
                row.getString("song_id"),
                row.getInt("ms_played"),
                row.getString("platform"),
                deliveries));
  }

  private Delivery delivery(ResultSet row) throws SQLException {
    var file = row.getString("file");
    return new Delivery(
        Instant.ofEpochMilli(row.getLong("received_at")),
        row.getInt("kafka_partition"),
        row.getLong("kafka_offset"),
        paths.getOrDefault(file, file),
        row.getBoolean("kept"));
  }
}
