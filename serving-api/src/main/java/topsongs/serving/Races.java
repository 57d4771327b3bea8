package topsongs.serving;

import static topsongs.serving.Charts.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
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
import topsongs.serving.ChartResource.ShortSong;
import topsongs.serving.Parameters.Periods;
import topsongs.serving.Parameters.Region;
import topsongs.serving.RaceResource.Race;
import topsongs.serving.RaceResource.RacePeriod;
import topsongs.serving.RaceResource.Racer;

/** The first ten of each of successive periods, and how they stood in all of them. */
@Repository
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
class Races {
  private static final String PERIODS =
      """
      SELECT period.period_start AS start, status, chart.plays, balance.*
      FROM generate_series(:from, :to, make_interval(hours => :hours)) AS period (period_start)
      LEFT JOIN chart
        ON chart.granularity = :granularity AND chart.region = :region
        AND chart.period_start = period.period_start
      LEFT JOIN balance
        ON balance.granularity = :granularity AND balance.region = :region
        AND balance.period_start = period.period_start
      ORDER BY start
      """;

  /** One row for each period that charted a racer, racers in their order. */
  private static final String PLACES =
      """
      WITH place AS (
        SELECT period_start, position, song_id, rank, plays FROM chart_entry
        WHERE granularity = :granularity AND region = :region
          AND period_start BETWEEN :from AND :to
      ), racer AS (
        SELECT song_id, min(position) AS best, min(rank) FILTER (WHERE period_start = :to) AS last,
          (SELECT min(period_start) FROM chart_entry AS entry
            WHERE granularity = :granularity AND region = :region
              AND entry.song_id = place.song_id) AS first_charted
        FROM place GROUP BY song_id HAVING min(position) <= 10
      )
      SELECT song_id, title, artist, period_start, rank, plays, first_charted
      FROM racer JOIN place USING (song_id) LEFT JOIN song USING (song_id)
      ORDER BY last NULLS LAST, best, song_id COLLATE "C", period_start
      """;

  private final JdbcClient jdbc;
  private final Charts charts;

  Races(JdbcClient jdbc, Charts charts) {
    this.jdbc = jdbc;
    this.charts = charts;
  }

  /**
   * Empty when the last period has no chart.
   *
   * @param at any instant in the last period, or null as for a chart
   */
  Optional<Race> find(
      Region region, Granularity granularity, @Nullable Instant at, Periods periods) {
    return charts
        .period(region, granularity, at)
        .map(last -> race(new Asked(region, last, periods.count())))
        .filter(race -> race.periods().get(periods.count() - 1).status() != null);
  }

  private record Asked(Region region, Period last, int count) {
    Duration length() {
      return last.granularity().length();
    }

    Instant first() {
      return last.start().minus(length().multipliedBy(count - 1));
    }

    int index(Instant start) {
      return Math.toIntExact(Duration.between(first(), start).dividedBy(length()));
    }
  }

  private Race race(Asked asked) {
    return new Race(
        asked.region.code(),
        asked.region.name(),
        asked.last.granularity().wireName(),
        sql(PERIODS, asked).query((row, n) -> period(row)).list(),
        racers(asked));
  }

  private List<Racer> racers(Asked asked) {
    var racers = new LinkedHashMap<ShortSong, Racer>();
    sql(PLACES, asked)
        .query(
            row -> {
              var firstCharted = instant(row, "first_charted");
              var racer =
                  racers.computeIfAbsent(
                      Charts.songInShort(row),
                      song ->
                          new Racer(
                              song,
                              Arrays.asList(new Integer[asked.count]),
                              Arrays.asList(new Long[asked.count]),
                              firstCharted));
              var index = asked.index(instant(row, "period_start"));
              racer.ranks().set(index, row.getInt("rank"));
              racer.plays().set(index, row.getLong("plays"));
            });
    return List.copyOf(racers.values());
  }

  private StatementSpec sql(String sql, Asked asked) {
    return jdbc.sql(sql)
        .param("granularity", asked.last.granularity().wireName())
        .param("region", asked.region.code())
        .param("from", asked.first().atOffset(ZoneOffset.UTC))
        .param("to", asked.last.start().atOffset(ZoneOffset.UTC))
        .param("hours", (int) asked.length().toHours());
  }

  private static RacePeriod period(ResultSet row) throws SQLException {
    return new RacePeriod(
        instant(row, "start"), row.getString("status") == null ? null : Charts.status(row));
  }
}
