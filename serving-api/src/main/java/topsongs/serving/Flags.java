package topsongs.serving;

import static topsongs.serving.Charts.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import topsongs.contract.FlagKind;
import topsongs.contract.Regions;
import topsongs.serving.FlagResource.Flag;
import topsongs.serving.Parameters.Kind;
import topsongs.serving.Parameters.Range;
import topsongs.serving.Parameters.Region;

/** The flags of hours, as their last load left them. */
@Repository
class Flags {
  private static final String FLAGS =
      """
      SELECT flag.*, title, artist, album, genre, duration_ms, release_date
      FROM flag LEFT JOIN song USING (song_id)
      WHERE hour >= :from AND hour < :to
        AND (:region::text IS NULL OR region = :region)
        AND (:kind::text IS NULL OR kind = :kind)
      ORDER BY hour DESC, kind, region, plays DESC, song_id, listener
      LIMIT 1000
      """;

  private final JdbcClient jdbc;

  Flags(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Newest first, at most 1,000; of any region and kind where none is given. */
  List<Flag> find(Range hours, @Nullable Region region, @Nullable Kind kind) {
    return jdbc.sql(FLAGS)
        .param("from", hours.from().atOffset(ZoneOffset.UTC))
        .param("to", hours.to().atOffset(ZoneOffset.UTC))
        .param(
            "region", region == null || region.code().equals(Regions.GLOBAL) ? null : region.code())
        .param("kind", kind == null ? null : kind.flag().wireName())
        .query((row, n) -> flag(row))
        .list();
  }

  private static Flag flag(ResultSet row) throws SQLException {
    return new Flag(
        instant(row, "hour"),
        row.getString("kind"),
        row.getString("region"),
        row.getString("listener"),
        row.getString("song_id") == null ? null : Charts.song(row),
        row.getLong("plays"),
        row.getLong("listeners"),
        row.getObject("minutes", Long.class),
        words(row));
  }

  private static String words(ResultSet row) throws SQLException {
    var plays = row.getLong("plays");
    return switch (FlagKind.of(row.getString("kind"))) {
      case OVER_CAP -> "one listener played this song %,d times within the hour".formatted(plays);
      case IMPOSSIBLE ->
          "one listener heard %,d minutes within the hour".formatted(row.getLong("minutes"));
      case LOOP ->
          "%,d listeners played this song %,d times within the hour, and little else"
              .formatted(row.getLong("listeners"), plays);
    };
  }
}
