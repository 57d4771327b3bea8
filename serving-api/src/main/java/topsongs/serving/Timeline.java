package topsongs.serving;

import static topsongs.serving.Charts.instant;
import static topsongs.serving.Charts.instantOrNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import topsongs.contract.Granularity;
import topsongs.contract.Period;
import topsongs.contract.Regions;
import topsongs.serving.BalanceResource.Row;
import topsongs.serving.ChartResource.ChartPeriod;
import topsongs.serving.Parameters.Range;
import topsongs.serving.Parameters.Region;
import topsongs.serving.Parameters.SongId;
import topsongs.serving.RegionResource.ChartedRegion;
import topsongs.serving.SongResource.History;
import topsongs.serving.SongResource.Point;
import topsongs.serving.SongResource.Song;

/** What is known across periods: which there are, a song's course, balances. */
@Repository
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
class Timeline {
  /**
   * Two look-ups in the index for each code there is; grouping would read every chart ever made.
   */
  private static final String REGIONS =
      """
      SELECT * FROM (
        SELECT code,
          (SELECT max(period_start) FROM chart WHERE granularity = 'hour' AND region = code)
            AS latest_hour,
          (SELECT max(period_start) FROM chart WHERE granularity = 'day' AND region = code)
            AS latest_day
        FROM unnest(string_to_array(:codes, ',')) AS code) AS charted
      WHERE latest_hour IS NOT NULL OR latest_day IS NOT NULL
      """;

  private static final String PERIODS =
      """
      SELECT period_start, status, revision FROM chart
      WHERE granularity = :granularity AND region = :region
        AND period_start >= :from AND period_start < :to
      ORDER BY period_start DESC LIMIT 1000
      """;

  private static final String NEAREST =
      """
      SELECT period_start FROM (
        (SELECT period_start FROM chart
          WHERE granularity = :granularity AND region = :region AND period_start < :period
          ORDER BY period_start DESC LIMIT 1)
        UNION ALL
        (SELECT period_start FROM chart
          WHERE granularity = :granularity AND region = :region AND period_start > :period
          ORDER BY period_start LIMIT 1)) AS neighbour
      ORDER BY greatest(period_start - :period, :period - period_start), period_start LIMIT 1
      """;

  private static final String SONG =
      """
      SELECT asked.song_id, title, artist, album, genre, duration_ms, release_date
      FROM (SELECT :song_id AS song_id) AS asked LEFT JOIN song USING (song_id)
      WHERE song.song_id IS NOT NULL OR EXISTS (
        SELECT FROM chart_entry
        WHERE granularity = :granularity AND region = :region AND song_id = :song_id)
      """;

  private static final String POINTS =
      """
      SELECT * FROM (
        SELECT period_start, rank, plays FROM chart_entry
        WHERE granularity = :granularity AND region = :region AND song_id = :song_id
          AND period_start >= :from AND period_start < :to
        ORDER BY period_start DESC LIMIT 10000) AS newest
      ORDER BY period_start
      """;

  private static final String BALANCES =
      """
      SELECT * FROM (
        SELECT * FROM balance JOIN chart USING (granularity, region, period_start)
        WHERE granularity = :granularity AND region = :region
          AND period_start >= :from AND period_start < :to
        ORDER BY period_start DESC LIMIT 10000) AS newest
      ORDER BY period_start
      """;

  private final JdbcClient jdbc;

  Timeline(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The regions with at least one chart, in no order. */
  List<ChartedRegion> regions() {
    return jdbc.sql(REGIONS)
        .param("codes", Regions.GLOBAL + "," + String.join(",", Regions.CODES))
        .query((row, n) -> chartedRegion(row))
        .list();
  }

  /** Newest first, at most 1,000. */
  List<ChartPeriod> periods(Region region, Granularity granularity, Range range) {
    return sql(PERIODS, region, granularity, range)
        .query(
            (row, n) ->
                new ChartPeriod(
                    instant(row, "period_start"), row.getString("status"), row.getInt("revision")))
        .list();
  }

  /** The charted period closest to the one asked for, other than itself; the earlier of two. */
  Optional<Instant> nearest(Region region, Period period) {
    return jdbc.sql(NEAREST)
        .param("granularity", period.granularity().wireName())
        .param("region", region.code())
        .param("period", period.start().atOffset(ZoneOffset.UTC))
        .query((row, n) -> instant(row, "period_start"))
        .optional();
  }

  /** Empty when neither the catalogue nor any of these charts knows the song. */
  Optional<History> history(SongId songId, Region region, Granularity granularity, Range range) {
    return song(songId, region, granularity)
        .map(
            song ->
                new History(
                    song,
                    region.code(),
                    granularity.wireName(),
                    points(songId, region, granularity, range)));
  }

  private Optional<Song> song(SongId songId, Region region, Granularity granularity) {
    return jdbc.sql(SONG)
        .param("song_id", songId.id())
        .param("granularity", granularity.wireName())
        .param("region", region.code())
        .query((row, n) -> Charts.song(row))
        .optional();
  }

  private List<Point> points(SongId songId, Region region, Granularity granularity, Range range) {
    return sql(POINTS, region, granularity, range)
        .param("song_id", songId.id())
        .query(
            (row, n) ->
                new Point(instant(row, "period_start"), row.getInt("rank"), row.getLong("plays")))
        .list();
  }

  /** Oldest first, the newest 10,000 of them. */
  List<Row> balances(Region region, Granularity granularity, Range range) {
    return sql(BALANCES, region, granularity, range).query((row, n) -> balance(row)).list();
  }

  private StatementSpec sql(String sql, Region region, Granularity granularity, Range range) {
    return jdbc.sql(sql)
        .param("granularity", granularity.wireName())
        .param("region", region.code())
        .param("from", range.from().atOffset(ZoneOffset.UTC))
        .param("to", range.to().atOffset(ZoneOffset.UTC));
  }

  private static ChartedRegion chartedRegion(ResultSet row) throws SQLException {
    var code = row.getString("code");
    return new ChartedRegion(
        code,
        Regions.name(code),
        instantOrNull(row, "latest_hour"),
        instantOrNull(row, "latest_day"));
  }

  private static Row balance(ResultSet row) throws SQLException {
    return new Row(
        instant(row, "period_start"),
        row.getString("region"),
        row.getString("granularity"),
        Charts.status(row),
        row.getLong("received"),
        row.getLong("counted"),
        row.getLong("duplicate"),
        row.getLong("too_short"),
        row.getLong("over_cap"),
        row.getLong("excluded"),
        row.getObject("rejected", Long.class),
        row.getLong("unknown_song"));
  }
}
