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
import topsongs.serving.ChartResource.Change;
import topsongs.serving.ChartResource.Chart;
import topsongs.serving.ChartResource.ChartRevision;
import topsongs.serving.ChartResource.Entry;
import topsongs.serving.ChartResource.Left;
import topsongs.serving.ChartResource.NumberOne;
import topsongs.serving.ChartResource.ShortSong;
import topsongs.serving.ChartResource.Totals;
import topsongs.serving.Parameters.Limit;
import topsongs.serving.Parameters.Region;
import topsongs.serving.Parameters.Revision;
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

  static final String CHART =
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

  /** The same of a revision that was superseded. */
  private static final String REVISION =
      """
      SELECT r.*, b.*,
        (SELECT max(period_start) FROM chart
          WHERE granularity = :granularity AND region = :region AND period_start < :period)
          AS previous_period,
        (SELECT min(period_start) FROM chart
          WHERE granularity = :granularity AND region = :region AND period_start > :period)
          AS next_period
      FROM chart_revision r CROSS JOIN json_populate_record(NULL::balance, r.balance) AS b
      WHERE r.granularity = :granularity AND r.region = :region AND r.period_start = :period
        AND r.revision = :revision
      """;

  private static final String WITH_ENTRY =
      """
      WITH entry AS (
        SELECT position, rank, tied, song_id, plays, listeners FROM chart_entry
        WHERE granularity = :granularity AND region = :region AND period_start = :period)
      """;

  private static final String WITH_REVISED_ENTRY =
      """
      WITH entry AS (SELECT * FROM revised_entry(:granularity, :region, :period, :revision))
      """;

  private static final String ENTRIES =
      """
      SELECT entry.*, title, artist, album, genre, duration_ms, release_date, past.streak,
        least(entry.rank, past.peak_rank) AS peak_rank, past.periods_on_chart,
        coalesce(round(entry.plays / nullif(:plays, 0)::numeric, 6), 0) AS share,
        before.rank AS previous_rank, before.plays AS previous_plays,
        CASE
          WHEN past.periods_on_chart = 1 THEN 'new'
          WHEN before.rank IS NULL THEN 're_entry'
          WHEN entry.rank < before.rank THEN 'up'
          WHEN entry.rank > before.rank THEN 'down'
          ELSE 'same'
        END AS movement
      FROM entry
      LEFT JOIN song USING (song_id)
      LEFT JOIN chart_entry before
        ON before.granularity = :granularity AND before.region = :region
        AND before.song_id = entry.song_id AND before.period_start = :before
      """
          + past(":region", "entry.song_id")
          + """
          WHERE entry.position <= :limit
          ORDER BY entry.position
          """;

  private static final String NUMBER_ONE_HISTORY =
      """
      SELECT period.period_start,
        CASE period.period_start WHEN :period THEN number_one.plays ELSE past.plays END AS plays
      FROM entry number_one
      CROSS JOIN generate_series(
        :period - 23 * make_interval(hours => :hours), :period, make_interval(hours => :hours))
        AS period(period_start)
      LEFT JOIN chart_entry past
        ON past.granularity = :granularity AND past.region = :region
        AND past.song_id = number_one.song_id AND past.period_start = period.period_start
      WHERE number_one.position = 1
      ORDER BY period.period_start
      """;

  private static final String LEFT =
      """
      SELECT before.song_id, title, artist, before.rank AS previous_rank
      FROM chart_entry before LEFT JOIN song USING (song_id)
      WHERE before.granularity = :granularity AND before.region = :region
        AND before.period_start = :before AND before.position <= 10
        AND NOT EXISTS (
          SELECT FROM entry stayed
          WHERE stayed.position <= 10 AND stayed.song_id = before.song_id)
      ORDER BY before.position
      """;

  private final JdbcClient jdbc;
  private final Revisions revisions;

  Charts(JdbcClient jdbc, Revisions revisions) {
    this.jdbc = jdbc;
    this.revisions = revisions;
  }

  /**
   * @param at any instant in the period, or null for the newest settled chart, or the newest of all
   *     while none is settled
   */
  Optional<Chart> find(Region region, Granularity granularity, @Nullable Instant at, Limit limit) {
    return period(region, granularity, at)
        .flatMap(period -> read(CHART, new Asked(region, period, 0, WITH_ENTRY), limit));
  }

  /** A revision that another has superseded. Movement is what it is today against those ranks. */
  Optional<Chart> superseded(
      Region region, Granularity granularity, Instant at, Revision revision, Limit limit) {
    var period = Period.of(granularity, at);
    return read(REVISION, new Asked(region, period, revision.number(), WITH_REVISED_ENTRY), limit);
  }

  /** All there are of one period, newest first; none where there is no chart. */
  List<ChartRevision> revisions(Region region, Granularity granularity, @Nullable Instant at) {
    return period(region, granularity, at)
        .map(period -> revisions.all(region, period))
        .orElse(List.of());
  }

  /**
   * What a song did on one region's charts before the period. In a streak the n-th newest past row
   * is n periods old; after a gap it is older, and so are all before it: the first that is older
   * ends the search, and none is looked for where the whole past is one streak.
   *
   * @param region as an expression of the statement, as is song
   */
  static String past(String region, String song) {
    return """
    CROSS JOIN LATERAL (
      SELECT peak_rank, 1 + charted AS periods_on_chart,
        1 + CASE first_period
          WHEN :period - charted * make_interval(hours => :hours) THEN charted
          ELSE coalesce(
            (SELECT age - 1 FROM (
              SELECT period_start, row_number() OVER (ORDER BY period_start DESC) AS age
              FROM chart_entry
              WHERE granularity = :granularity AND region = <region>
                AND song_id = <song> AND period_start < :period) AS aged
            WHERE period_start <> :period - age * make_interval(hours => :hours)
            ORDER BY period_start DESC LIMIT 1), charted)
        END AS streak
      FROM (
        SELECT min(rank) AS peak_rank, count(*) AS charted, min(period_start) AS first_period
        FROM chart_entry
        WHERE granularity = :granularity AND region = <region>
          AND song_id = <song> AND period_start < :period) AS counted
      ) AS past
    """
        .replace("<region>", region)
        .replace("<song>", song);
  }

  /** The period of at; without it, that of the newest settled chart, or of the newest of all. */
  Optional<Period> period(Region region, Granularity granularity, @Nullable Instant at) {
    return (at == null ? latest(region, granularity) : Optional.of(at))
        .map(instant -> Period.of(granularity, instant));
  }

  private Optional<Instant> latest(Region region, Granularity granularity) {
    return jdbc.sql(LATEST)
        .param("granularity", granularity.wireName())
        .param("region", region.code())
        .query((row, n) -> Optional.ofNullable(instantOrNull(row, "period_start")))
        .single();
  }

  /**
   * @param revision counts only where withEntry asks for it
   * @param withEntry what the entries are read from
   */
  private record Asked(Region region, Period period, int revision, String withEntry) {}

  /** Beside the chart's row, not before it: a period without a chart costs one small query. */
  private Optional<Chart> read(String sql, Asked asked, Limit limit) {
    return sql(sql, asked)
        .query(
            (row, n) ->
                chart(
                    asked,
                    row,
                    revisions.change(asked.region, asked.period, row.getInt("revision")),
                    entries(asked, row.getLong("plays"), limit),
                    numberOneHistory(asked),
                    left(asked)))
        .optional();
  }

  private List<Entry> entries(Asked asked, long plays, Limit limit) {
    return sql(asked.withEntry + ENTRIES, asked)
        .param("plays", plays)
        .param("limit", limit.entries())
        .query((row, n) -> entry(row))
        .list();
  }

  private List<NumberOne> numberOneHistory(Asked asked) {
    return sql(asked.withEntry + NUMBER_ONE_HISTORY, asked)
        .query(
            (row, n) ->
                new NumberOne(instant(row, "period_start"), row.getObject("plays", Long.class)))
        .list();
  }

  private List<Left> left(Asked asked) {
    return sql(asked.withEntry + LEFT, asked)
        .query((row, n) -> new Left(songInShort(row), row.getInt("previous_rank")))
        .list();
  }

  private StatementSpec sql(String sql, Asked asked) {
    var period = asked.period;
    return jdbc.sql(sql)
        .param("granularity", period.granularity().wireName())
        .param("region", asked.region.code())
        .param("period", period.start().atOffset(ZoneOffset.UTC))
        .param("before", period.previous().start().atOffset(ZoneOffset.UTC))
        .param("hours", (int) period.granularity().length().toHours())
        .param("revision", asked.revision);
  }

  private static Chart chart(
      Asked asked,
      ResultSet row,
      @Nullable Change change,
      List<Entry> entries,
      List<NumberOne> numberOneHistory,
      List<Left> left)
      throws SQLException {
    return new Chart(
        asked.region.code(),
        asked.region.name(),
        asked.period.granularity().wireName(),
        asked.period.start(),
        asked.period.end(),
        status(row),
        row.getInt("revision"),
        instant(row, "computed_at"),
        row.getString("rules_version"),
        row.getString("run"),
        change,
        new Totals(row.getLong("plays"), row.getLong("listeners"), row.getLong("songs")),
        balance(row),
        instantOrNull(row, "previous_period"),
        instantOrNull(row, "next_period"),
        entries,
        numberOneHistory,
        left);
  }

  /** Held where the balance does not add up, also when that was not so as it was loaded. */
  static String status(ResultSet row) throws SQLException {
    long explained =
        row.getLong("counted")
            + row.getLong("duplicate")
            + row.getLong("too_short")
            + row.getLong("over_cap")
            + row.getLong("excluded");
    var addsUp =
        row.getLong("received") == explained && row.getLong("plays") == row.getLong("counted");
    return addsUp || row.getObject("received") == null ? row.getString("status") : "held";
  }

  static @Nullable Balance balance(ResultSet row) throws SQLException {
    return row.getObject("received") == null
        ? null
        : new Balance(
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

  static ShortSong songInShort(ResultSet row) throws SQLException {
    return new ShortSong(row.getString("song_id"), row.getString("title"), row.getString("artist"));
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    return row.getObject(column) == null ? null : instant(row, column);
  }
}
