package topsongs.serving;

import static topsongs.serving.Charts.instantOrNull;
import static topsongs.serving.Charts.past;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import topsongs.contract.Granularity;
import topsongs.contract.Period;
import topsongs.contract.Regions;
import topsongs.serving.Parameters.Region;
import topsongs.serving.WorldResource.Climber;
import topsongs.serving.WorldResource.NewEntry;
import topsongs.serving.WorldResource.RegionalChart;
import topsongs.serving.WorldResource.RegionalNumberOne;
import topsongs.serving.WorldResource.World;

/** All regions' charts of one period side by side. */
@Repository
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
class Worlds {
  private static final String CODES = String.join(",", Regions.CODES);

  /** A look-up in the index for each code there is: no index begins with the period. */
  private static final String REGIONS =
      """
      SELECT chart.region, status, revision, chart.plays, balance.*,
        number_one.song_id, title, artist, number_one.plays AS number_one_plays, number_one.tied,
        before.rank AS previous_rank,
        CASE
          WHEN before.rank = 1 THEN 'same'
          WHEN before.rank > 1 THEN 'up'
          WHEN EXISTS (
            SELECT FROM chart_entry past
            WHERE past.granularity = :granularity AND past.region = chart.region
              AND past.song_id = number_one.song_id AND past.period_start < :period) THEN 're_entry'
          ELSE 'new'
        END AS movement,
        past.streak
      FROM unnest(string_to_array(:codes, ',')) AS code
      JOIN chart
        ON chart.granularity = :granularity AND chart.region = code
        AND chart.period_start = :period
      LEFT JOIN balance
        ON balance.granularity = :granularity AND balance.region = code
        AND balance.period_start = :period
      LEFT JOIN chart_entry number_one
        ON number_one.granularity = :granularity AND number_one.region = code
        AND number_one.period_start = :period AND number_one.position = 1
      LEFT JOIN song USING (song_id)
      LEFT JOIN chart_entry before
        ON before.granularity = :granularity AND before.region = code
        AND before.song_id = number_one.song_id AND before.period_start = :before
      """
          + past("code", "number_one.song_id")
          + """
          ORDER BY chart.region COLLATE "C"
          """;

  private static final String WITH_TEN =
      """
      WITH ten AS (
        SELECT entry.*, before.rank AS previous_rank
        FROM unnest(string_to_array(:codes, ',')) AS code
        JOIN chart_entry entry
          ON entry.granularity = :granularity AND entry.region = code
          AND entry.period_start = :period AND entry.rank <= 10
        LEFT JOIN chart_entry before
          ON before.granularity = :granularity AND before.region = code
          AND before.song_id = entry.song_id AND before.period_start = :before)
      """;

  private static final String CLIMBERS =
      WITH_TEN
          + """
          SELECT region, song_id, title, artist, rank, previous_rank, plays
          FROM ten LEFT JOIN song USING (song_id)
          WHERE previous_rank > rank
          ORDER BY previous_rank - rank DESC, rank, region COLLATE "C", position LIMIT 10
          """;

  private static final String NEW_ENTRIES =
      WITH_TEN
          + """
          SELECT region, song_id, title, artist, rank, plays,
            CASE WHEN charted_before THEN 're_entry' ELSE 'new' END AS movement
          FROM ten
          CROSS JOIN LATERAL (
            SELECT EXISTS (
              SELECT FROM chart_entry past
              WHERE past.granularity = :granularity AND past.region = ten.region
                AND past.song_id = ten.song_id AND past.period_start < :period)
              AS charted_before) AS past
          LEFT JOIN song USING (song_id)
          WHERE previous_rank IS NULL
          ORDER BY charted_before, rank, plays DESC, region COLLATE "C", position LIMIT 10
          """;

  private final JdbcClient jdbc;
  private final Charts charts;

  Worlds(JdbcClient jdbc, Charts charts) {
    this.jdbc = jdbc;
    this.charts = charts;
  }

  /**
   * @param at any instant in the period, or null for GLOBAL's newest settled one, or its newest of
   *     all while none is settled
   */
  Optional<World> find(Granularity granularity, @Nullable Instant at) {
    return charts
        .period(Region.GLOBAL, granularity, at)
        .flatMap(
            period ->
                sql(Charts.CHART, period)
                    .param("region", Regions.GLOBAL)
                    .query((global, n) -> world(period, global))
                    .optional());
  }

  private World world(Period period, ResultSet global) throws SQLException {
    return new World(
        period.granularity().wireName(),
        period.start(),
        period.end(),
        Charts.status(global),
        instantOrNull(global, "previous_period"),
        instantOrNull(global, "next_period"),
        sql(REGIONS, period).query((row, n) -> regionalChart(row)).list(),
        sql(CLIMBERS, period).query((row, n) -> climber(row)).list(),
        sql(NEW_ENTRIES, period).query((row, n) -> newEntry(row)).list());
  }

  private StatementSpec sql(String sql, Period period) {
    return jdbc.sql(sql)
        .param("codes", CODES)
        .param("granularity", period.granularity().wireName())
        .param("period", period.start().atOffset(ZoneOffset.UTC))
        .param("before", period.previous().start().atOffset(ZoneOffset.UTC))
        .param("hours", (int) period.granularity().length().toHours());
  }

  private static RegionalChart regionalChart(ResultSet row) throws SQLException {
    var region = row.getString("region");
    return new RegionalChart(
        region,
        Regions.name(region),
        Charts.status(row),
        row.getInt("revision"),
        row.getLong("plays"),
        row.getString("song_id") == null ? null : numberOne(row));
  }

  private static RegionalNumberOne numberOne(ResultSet row) throws SQLException {
    return new RegionalNumberOne(
        Charts.songInShort(row),
        row.getLong("number_one_plays"),
        row.getObject("previous_rank", Integer.class),
        row.getString("movement"),
        row.getInt("streak"),
        row.getBoolean("tied"));
  }

  private static Climber climber(ResultSet row) throws SQLException {
    return new Climber(
        row.getString("region"),
        Regions.name(row.getString("region")),
        Charts.songInShort(row),
        row.getInt("rank"),
        row.getInt("previous_rank"),
        row.getLong("plays"));
  }

  private static NewEntry newEntry(ResultSet row) throws SQLException {
    return new NewEntry(
        row.getString("region"),
        Regions.name(row.getString("region")),
        Charts.songInShort(row),
        row.getInt("rank"),
        row.getLong("plays"),
        row.getString("movement"));
  }
}
