package topsongs.serving;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import topsongs.contract.Granularity;
import topsongs.contract.Period;
import topsongs.serving.ChartResource.Balance;
import topsongs.serving.ChartResource.Chart;
import topsongs.serving.ChartResource.Entry;
import topsongs.serving.ChartResource.Left;
import topsongs.serving.ChartResource.LeftSong;
import topsongs.serving.ChartResource.NumberOne;
import topsongs.serving.ChartResource.Totals;
import topsongs.serving.Parameters.Limit;
import topsongs.serving.Parameters.Region;
import topsongs.serving.SongResource.Song;

/**
 * One period's chart with all that stands beside it. What a chart says of the past (movement, peak,
 * streak) is read from the past, so that a restated hour corrects every later chart at once.
 *
 * <p>The statements of one answer see one snapshot: a chart being replaced is never seen half.
 */
@Repository
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
class Charts {
  private static final String LATEST =
      """
      SELECT coalesce(
        (SELECT max(period_start) FROM chart
          WHERE granularity = :granularity AND region = :region AND status <> 'provisional'),
        (SELECT max(period_start) FROM chart
          WHERE granularity = :granularity AND region = :region)) AS period_start
      """;

  private static final String CHART =
      """
      SELECT *,
        (SELECT max(period_start) FROM chart
          WHERE granularity = :granularity AND region = :region AND period_start < :period)
          AS previous_period,
        (SELECT min(period_start) FROM chart
          WHERE granularity = :granularity AND region = :region AND period_start > :period)
          AS next_period
      FROM chart LEFT JOIN balance USING (granularity, region, period_start)
      WHERE granularity = :granularity AND region = :region AND period_start = :period
      """;

  /**
   * In a streak the n-th newest row of a song is n - 1 periods old; after a gap it is older, and so
   * are all before it.
   */
  private static final String ENTRIES =
      """
      SELECT entry.*, title, artist, album, genre, duration_ms, release_date, past.*,
        coalesce(round(entry.plays / nullif(chart.plays, 0)::numeric, 6), 0) AS share,
        before.rank AS previous_rank, before.plays AS previous_plays,
        CASE
          WHEN past.periods_on_chart = 1 THEN 'new'
          WHEN before.rank IS NULL THEN 're_entry'
          WHEN entry.rank < before.rank THEN 'up'
          WHEN entry.rank > before.rank THEN 'down'
          ELSE 'same'
        END AS movement
      FROM chart_entry entry
      JOIN chart USING (granularity, region, period_start)
      LEFT JOIN song USING (song_id)
      LEFT JOIN chart_entry before
        ON before.granularity = :granularity AND before.region = :region
        AND before.song_id = entry.song_id AND before.period_start = :before
      CROSS JOIN LATERAL (
        SELECT min(rank) AS peak_rank, count(*) AS periods_on_chart,
          count(*) FILTER (WHERE in_streak) AS streak
        FROM (
          SELECT rank,
            period_start = :period - (row_number() OVER (ORDER BY period_start DESC) - 1)
              * make_interval(hours => :hours) AS in_streak
          FROM chart_entry
          WHERE granularity = :granularity AND region = :region
            AND song_id = entry.song_id AND period_start <= :period) AS charted
        ) AS past
      WHERE entry.granularity = :granularity AND entry.region = :region
        AND entry.period_start = :period AND entry.position <= :limit
      ORDER BY entry.position
      """;

  private static final String NUMBER_ONE_HISTORY =
      """
      SELECT period.period_start, entry.plays
      FROM chart_entry number_one
      CROSS JOIN generate_series(
        :period - 23 * make_interval(hours => :hours), :period, make_interval(hours => :hours))
        AS period(period_start)
      LEFT JOIN chart_entry entry
        ON entry.granularity = :granularity AND entry.region = :region
        AND entry.song_id = number_one.song_id AND entry.period_start = period.period_start
      WHERE number_one.granularity = :granularity AND number_one.region = :region
        AND number_one.period_start = :period AND number_one.position = 1
      ORDER BY period.period_start
      """;

  private static final String LEFT =
      """
      SELECT before.song_id, title, artist, before.rank AS previous_rank
      FROM chart_entry before LEFT JOIN song USING (song_id)
      WHERE before.granularity = :granularity AND before.region = :region
        AND before.period_start = :before AND before.position <= 10
        AND NOT EXISTS (
          SELECT FROM chart_entry stayed
          WHERE stayed.granularity = :granularity AND stayed.region = :region
            AND stayed.period_start = :period AND stayed.position <= 10
            AND stayed.song_id = before.song_id)
      ORDER BY before.position
      """;

  private final JdbcClient jdbc;

  Charts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param at any instant in the period, or null for the newest settled chart, or the newest of all
   *     while none is settled
   */
  Optional<Chart> find(Region region, Granularity granularity, @Nullable Instant at, Limit limit) {
    return (at == null ? latest(region, granularity) : Optional.of(at))
        .flatMap(instant -> read(region, Period.of(granularity, instant), limit));
  }

  private Optional<Instant> latest(Region region, Granularity granularity) {
    return jdbc.sql(LATEST)
        .param("granularity", granularity.wireName())
        .param("region", region.code())
        .query((row, n) -> Optional.ofNullable(instantOrNull(row, "period_start")))
        .single();
  }

  /** Beside the chart's row, not before it: a period without a chart costs one small query. */
  private Optional<Chart> read(Region region, Period period, Limit limit) {
    return sql(CHART, region, period)
        .query(
            (row, n) ->
                chart(
                    region,
                    period,
                    row,
                    entries(region, period, limit),
                    numberOneHistory(region, period),
                    left(region, period)))
        .optional();
  }

  private List<Entry> entries(Region region, Period period, Limit limit) {
    return sql(ENTRIES, region, period)
        .param("limit", limit.entries())
        .query((row, n) -> entry(row))
        .list();
  }

  private List<NumberOne> numberOneHistory(Region region, Period period) {
    return sql(NUMBER_ONE_HISTORY, region, period)
        .query(
            (row, n) ->
                new NumberOne(instant(row, "period_start"), row.getObject("plays", Long.class)))
        .list();
  }

  private List<Left> left(Region region, Period period) {
    return sql(LEFT, region, period)
        .query(
            (row, n) ->
                new Left(
                    new LeftSong(
                        row.getString("song_id"), row.getString("title"), row.getString("artist")),
                    row.getInt("previous_rank")))
        .list();
  }

  private StatementSpec sql(String sql, Region region, Period period) {
    return jdbc.sql(sql)
        .param("granularity", period.granularity().wireName())
        .param("region", region.code())
        .param("period", period.start().atOffset(ZoneOffset.UTC))
        .param("before", period.previous().start().atOffset(ZoneOffset.UTC))
        .param("hours", (int) period.granularity().length().toHours());
  }

  private static Chart chart(
      Region region,
      Period period,
      ResultSet row,
      List<Entry> entries,
      List<NumberOne> numberOneHistory,
      List<Left> left)
      throws SQLException {
    return new Chart(
        region.code(),
        region.name(),
        period.granularity().wireName(),
        period.start(),
        period.end(),
        row.getString("status"),
        row.getInt("revision"),
        instant(row, "computed_at"),
        row.getString("rules_version"),
        new Totals(row.getLong("plays"), row.getLong("listeners"), row.getLong("songs")),
        row.getObject("received") == null ? null : balance(row),
        instantOrNull(row, "previous_period"),
        instantOrNull(row, "next_period"),
        entries,
        numberOneHistory,
        left);
  }

  private static Balance balance(ResultSet row) throws SQLException {
    return new Balance(
        row.getLong("received"),
        row.getLong("counted"),
        row.getLong("duplicate"),
        row.getLong("too_short"),
        row.getLong("over_cap"),
        row.getLong("excluded"),
        row.getObject("rejected", Long.class),
        row.getLong("unknown_song"));
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getInt("position"),
        row.getInt("rank"),
        row.getBoolean("tied"),
        song(row),
        row.getLong("plays"),
        row.getLong("listeners"),
        row.getBigDecimal("share"),
        row.getObject("previous_rank", Integer.class),
        row.getObject("previous_plays", Long.class),
        row.getString("movement"),
        row.getInt("peak_rank"),
        row.getInt("periods_on_chart"),
        row.getInt("streak"));
  }

  static Song song(ResultSet row) throws SQLException {
    return new Song(
        row.getString("song_id"),
        row.getString("title"),
        row.getString("artist"),
        row.getString("album"),
        row.getString("genre"),
        row.getObject("duration_ms", Integer.class),
        row.getObject("release_date", LocalDate.class));
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    return row.getObject(column) == null ? null : instant(row, column);
  }
}
