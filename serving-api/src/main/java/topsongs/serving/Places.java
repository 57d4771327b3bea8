package topsongs.serving;

import static topsongs.serving.Charts.past;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import topsongs.contract.Granularity;
import topsongs.contract.Period;
import topsongs.contract.Regions;
import topsongs.serving.Parameters.Region;
import topsongs.serving.Parameters.SongId;
import topsongs.serving.SongResource.Place;
import topsongs.serving.SongResource.Song;
import topsongs.serving.SongResource.SongToday;

/** Where one song stands in every region's chart of one period. */
@Repository
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
class Places {
  private static final String CODES = Regions.GLOBAL + "," + String.join(",", Regions.CODES);

  /** Looks in the charts, one index look-up for each code, only where the catalogue is silent. */
  private static final String SONG =
      """
      SELECT asked.song_id, title, artist, album, genre, duration_ms, release_date
      FROM (SELECT :song_id AS song_id) AS asked LEFT JOIN song USING (song_id)
      WHERE song.song_id IS NOT NULL OR EXISTS (
        SELECT FROM unnest(string_to_array(:codes, ',')) AS code
        CROSS JOIN unnest(ARRAY['hour', 'day']) AS length
        CROSS JOIN LATERAL (
          SELECT FROM chart_entry
          WHERE granularity = length AND region = code AND song_id = :song_id LIMIT 1) AS charted)
      """;

  /** Movement, peak and streak as {@link Charts} reads them. */
  private static final String PLACES =
      """
      SELECT entry.region, entry.position, entry.rank, entry.tied, entry.plays AS entry_plays,
        coalesce(round(entry.plays / nullif(chart.plays, 0)::numeric, 6), 0) AS share,
        chart.status, chart.plays, balance.*, past.streak, before.rank AS previous_rank,
        least(entry.rank, past.peak_rank) AS peak_rank, past.periods_on_chart,
        CASE
          WHEN past.periods_on_chart = 1 THEN 'new'
          WHEN before.rank IS NULL THEN 're_entry'
          WHEN entry.rank < before.rank THEN 'up'
          WHEN entry.rank > before.rank THEN 'down'
          ELSE 'same'
        END AS movement
      FROM unnest(string_to_array(:codes, ',')) AS code
      JOIN chart_entry entry
        ON entry.granularity = :granularity AND entry.region = code
        AND entry.song_id = :song_id AND entry.period_start = :period
      JOIN chart
        ON chart.granularity = :granularity AND chart.region = code
        AND chart.period_start = :period
      LEFT JOIN balance
        ON balance.granularity = :granularity AND balance.region = code
        AND balance.period_start = :period
      LEFT JOIN chart_entry before
        ON before.granularity = :granularity AND before.region = code
        AND before.song_id = :song_id AND before.period_start = :before
      """
          + past("code", ":song_id")
          + """
          ORDER BY entry.rank, entry.region <> 'GLOBAL', entry.plays DESC, entry.region COLLATE "C"
          """;

  private final JdbcClient jdbc;
  private final Charts charts;

  Places(JdbcClient jdbc, Charts charts) {
    this.jdbc = jdbc;
    this.charts = charts;
  }

  /**
   * Empty when neither the catalogue nor any chart knows the song.
   *
   * @param at any instant in the period, or null for GLOBAL's newest settled one, or its newest of
   *     all while none is settled
   */
  Optional<SongToday> find(SongId songId, Granularity granularity, @Nullable Instant at) {
    return song(songId)
        .map(
            song ->
                charts
                    .period(Region.GLOBAL, granularity, at)
                    .map(period -> today(song, period))
                    .orElse(new SongToday(song, granularity.wireName(), null, null, List.of())));
  }

  private Optional<Song> song(SongId songId) {
    return jdbc.sql(SONG)
        .param("song_id", songId.id())
        .param("codes", CODES)
        .query((row, n) -> Charts.song(row))
        .optional();
  }

  private SongToday today(Song song, Period period) {
    return new SongToday(
        song, period.granularity().wireName(), period.start(), period.end(), places(song, period));
  }

  private List<Place> places(Song song, Period period) {
    return jdbc.sql(PLACES)
        .param("song_id", song.songId())
        .param("codes", CODES)
        .param("granularity", period.granularity().wireName())
        .param("period", period.start().atOffset(ZoneOffset.UTC))
        .param("before", period.previous().start().atOffset(ZoneOffset.UTC))
        .param("hours", (int) period.granularity().length().toHours())
        .query((row, n) -> place(row))
        .list();
  }

  private static Place place(ResultSet row) throws SQLException {
    var region = row.getString("region");
    return new Place(
        region,
        Regions.name(region),
        Charts.status(row),
        row.getInt("position"),
        row.getInt("rank"),
        row.getBoolean("tied"),
        row.getLong("entry_plays"),
        row.getBigDecimal("share"),
        row.getObject("previous_rank", Integer.class),
        row.getString("movement"),
        row.getInt("peak_rank"),
        row.getInt("periods_on_chart"),
        row.getInt("streak"));
  }
}
