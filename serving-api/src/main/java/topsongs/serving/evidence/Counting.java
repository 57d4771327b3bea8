package topsongs.serving.evidence;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import topsongs.contract.CountingRules;
import topsongs.contract.FlagKind;
import topsongs.serving.evidence.Evidence.Compared;
import topsongs.serving.evidence.Evidence.Comparison;
import topsongs.serving.evidence.Evidence.Count;
import topsongs.serving.evidence.Evidence.Fate;
import topsongs.serving.evidence.Evidence.Neighbour;
import topsongs.serving.evidence.Evidence.SongCount;
import topsongs.serving.evidence.Evidence.Standing;
import topsongs.serving.evidence.Evidence.TracedPlay;

/**
 * The counting rules of docs/data-contract.md as SQL, over the distinct plays of one chart's
 * period.
 */
final class Counting {
  /** Whose plays of an hour do not count: of one song, or of any where song_id is null. */
  private static final String EXCLUSION =
      """
      CREATE TABLE exclusion (hour TIMESTAMP NOT NULL, user_id VARCHAR NOT NULL, song_id VARCHAR)
      """;

  /** What a version of the rules leaves out, by the flags of the hours' plays in all regions. */
  private static final String EXCLUDE =
      """
      INSERT INTO exclusion
      WITH heard AS (
        SELECT
          date_trunc('hour', make_timestamp(epoch_us(played_at))) AS hour, region, user_id, song_id,
          least(ms_played, 3600000 - epoch_ms(played_at) % 3600000) AS ms_within_hour,
          ms_played >= getvariable('min_ms_played')
            OR coalesce(ms_played >= duration_ms, false) AS long_enough
        FROM read_parquet(getvariable('files'))),
      of_song AS (
        SELECT
          hour, region, user_id, song_id, count(*) AS plays,
          sum(count(*)) OVER (PARTITION BY hour, region, user_id) AS all_plays
        FROM heard
        GROUP BY hour, region, user_id, song_id),
      looper AS (
        SELECT *, count(*) OVER (PARTITION BY hour, region, song_id) AS loopers
        FROM of_song
        WHERE plays >= getvariable('loop_plays')
          AND 100 * plays >= getvariable('loop_percent') * all_plays),
      flagged AS (
        SELECT 'impossible' AS kind, hour, user_id, NULL AS song_id
        FROM heard
        GROUP BY hour, user_id
        HAVING sum(ms_within_hour) > getvariable('impossible_minutes') * 60000
        UNION ALL
        SELECT 'loop', hour, user_id, song_id
        FROM looper
        WHERE loopers >= getvariable('loop_listeners')
        UNION ALL
        SELECT 'over_cap', hour, user_id, song_id
        FROM heard
        WHERE long_enough
        GROUP BY hour, user_id, song_id
        HAVING count(*) > getvariable('over_cap_plays'))
      SELECT DISTINCT hour, user_id, song_id
      FROM flagged
      WHERE list_contains(string_split(getvariable('exclude_flagged'), ','), kind)
      """;

  /** The chart's plays. One that is excluded is nothing else. */
  private static final String PLAY =
      """
      WITH heard_at AS (
        SELECT *, date_trunc('hour', make_timestamp(epoch_us(played_at))) AS hour
        FROM read_parquet(getvariable('files'))
        WHERE getvariable('region') IN ('GLOBAL', region)),
      play AS (
        SELECT
          event_id, played_at, song_id, user_id, ms_played, platform, deliveries,
          title IS NOT NULL AS known,
          ms_played >= getvariable('min_ms_played')
            OR coalesce(ms_played >= duration_ms, false) AS long_enough,
          (hour, user_id) IN (SELECT (hour, user_id) FROM exclusion WHERE song_id IS NULL)
            OR (hour, user_id, song_id)
              IN (SELECT (hour, user_id, song_id) FROM exclusion WHERE song_id IS NOT NULL)
            AS excluded
        FROM heard_at)
      """;

  /** What one listener heard of one song. No more than the cap of what is countable counts. */
  private static final String HEARD =
      "CREATE OR REPLACE TABLE heard AS "
          + PLAY
          + """
          SELECT
            song_id, user_id,
            bool_or(known) AS known,
            sum(deliveries)::BIGINT AS received,
            sum(greatest(deliveries - 1, 0))::BIGINT AS duplicate,
            count(*) FILTER (excluded) AS excluded,
            count(*) FILTER (NOT excluded AND NOT long_enough) AS too_short,
            count(*) FILTER (NOT excluded AND long_enough) AS countable
          FROM play
          GROUP BY song_id, user_id
          """;

  /** Competition rank on plays. Text is ordered by its bytes in UTF-8, and so by code point. */
  private static final String SONG =
      """
      CREATE TABLE %s AS
      WITH counted AS (
        SELECT
          song_id,
          bool_or(known) AS known,
          sum(received)::BIGINT AS received,
          sum(duplicate)::BIGINT AS duplicate,
          sum(too_short)::BIGINT AS too_short,
          sum(excluded)::BIGINT AS excluded,
          sum(least(countable, getvariable('cap')))::BIGINT AS plays,
          sum(greatest(countable - getvariable('cap'), 0))::BIGINT AS over_cap,
          count(*) FILTER (countable > 0) AS listeners
        FROM heard
        GROUP BY song_id)
      SELECT
        *,
        row_number() OVER (ORDER BY plays DESC, listeners DESC, song_id) AS position,
        rank() OVER (ORDER BY plays DESC) AS rank,
        count(*) OVER (PARTITION BY plays) > 1 AS tied
      FROM counted
      """;

  private static final String COUNT =
      """
      SELECT
        coalesce(sum(plays), 0)::BIGINT AS plays,
        (SELECT count(DISTINCT user_id) FROM heard WHERE countable > 0) AS listeners,
        count(*) FILTER (plays > 0) AS songs,
        coalesce(sum(received), 0)::BIGINT AS received,
        coalesce(sum(duplicate), 0)::BIGINT AS duplicate,
        coalesce(sum(too_short), 0)::BIGINT AS too_short,
        coalesce(sum(over_cap), 0)::BIGINT AS over_cap,
        coalesce(sum(excluded), 0)::BIGINT AS excluded,
        coalesce(sum(plays) FILTER (NOT known), 0)::BIGINT AS unknown_song
      FROM %s
      """;

  private static final String COMPARED =
      """
      WITH base AS (SELECT * FROM base_song WHERE plays > 0),
        other AS (SELECT * FROM other_song WHERE plays > 0)
      SELECT coalesce(other.song_id, base.song_id) AS song_id,
        base.position, base.rank, base.tied, base.plays, base.listeners,
        other.position, other.rank, other.tied, other.plays, other.listeners
      FROM base FULL JOIN other USING (song_id)
      WHERE base.position <= getvariable('best') OR other.position <= getvariable('best')
      ORDER BY other.position NULLS LAST, base.position NULLS LAST
      """;

  private static final String SONG_AND_NEIGHBOURS =
      """
      WITH in_order AS (
        SELECT *,
          lag(song_id) OVER (ORDER BY position) AS above, lag(plays) OVER (ORDER BY position) AS above_plays,
          lead(song_id) OVER (ORDER BY position) AS below, lead(plays) OVER (ORDER BY position) AS below_plays
        FROM song)
      SELECT position, rank, tied, plays, listeners,
        received, duplicate, too_short, over_cap, excluded, above, above_plays, below, below_plays
      FROM in_order
      WHERE song_id = getvariable('song')
      """;

  /**
   * Which plays over the cap are over it is no property of a play: the first are called counted.
   */
  private static final String OUTCOME =
      PLAY
          + """
          , turn AS (
            SELECT *,
              row_number() OVER (
                PARTITION BY user_id, long_enough AND NOT excluded ORDER BY played_at, event_id) AS nth
            FROM play
            WHERE song_id = getvariable('song')),
          outcome AS (
            SELECT *,
              CASE
                WHEN excluded THEN 'excluded'
                WHEN NOT long_enough THEN 'too_short'
                WHEN nth > getvariable('cap') THEN 'over_cap'
                ELSE 'counted'
              END AS outcome
            FROM turn)
          """;

  private static final String PLAYS =
      OUTCOME
          + """
          SELECT event_id, epoch_ms(played_at) AS played_at, ms_played, platform, deliveries, outcome
          FROM outcome
          ORDER BY outcome.played_at, event_id
          LIMIT getvariable('best')
          """;

  private static final String FIRST_AND_LAST =
      OUTCOME
          + """
          SELECT min(epoch_ms(played_at)) AS first_play, max(epoch_ms(played_at)) AS last_play
          FROM outcome
          WHERE outcome = 'counted'
          """;

  private static final String FATE =
      OUTCOME
          + """
          SELECT outcome, nth
          FROM outcome
          WHERE event_id = getvariable('event') AND played_at = getvariable('played_at')
          """;

  private final Tables tables;
  private final ChartKey chart;

  /**
   * @param enriched files of the chart's period: at least one
   */
  Counting(Tables tables, ChartKey chart, List<Path> enriched) {
    this.tables = tables;
    this.chart = chart;
    tables.set("files", enriched);
    tables.set("region", chart.region());
    tables.run(EXCLUSION);
  }

  Comparison compare(CountingRules base, CountingRules other, int best) {
    var baseCount = count(base, "base_song");
    var otherCount = count(other, "other_song");
    tables.set("best", best);
    return new Comparison(baseCount, otherCount, tables.rows(COMPARED, Counting::compared));
  }

  Optional<SongCount> song(CountingRules rules, String songId) {
    rank(rules, "song");
    tables.set("song", songId);
    return tables.row(SONG_AND_NEIGHBOURS, Counting::song).map(this::withFirstAndLast);
  }

  /** The song's plays by the time they began. */
  List<TracedPlay> plays(CountingRules rules, String songId, int most) {
    by(rules);
    tables.set("song", songId);
    tables.set("best", most);
    return tables.rows(PLAYS, Counting::play);
  }

  /** Empty when the play is not among those that the chart hears. */
  Optional<Fate> fate(CountingRules rules, String songId, String eventId, Instant playedAt) {
    by(rules);
    tables.set("song", songId);
    tables.set("event", eventId);
    tables.set("played_at", playedAt);
    return tables.row(FATE, row -> new Fate(row.getString("outcome"), row.getLong("nth")));
  }

  private Count count(CountingRules rules, String table) {
    rank(rules, table);
    return tables.row(COUNT.formatted(table), Counting::count).orElseThrow();
  }

  private void rank(CountingRules rules, String table) {
    by(rules);
    tables.run(HEARD);
    tables.run(SONG.formatted(table));
  }

  private void by(CountingRules rules) {
    tables.set("min_ms_played", rules.minMsPlayed());
    tables.set("cap", rules.cap(chart.period().granularity()));
    exclude(rules);
  }

  private void exclude(CountingRules rules) {
    tables.run("DELETE FROM exclusion");
    if (!rules.excludeFlagged().isEmpty()) {
      var kinds = rules.excludeFlagged().stream().map(FlagKind::wireName).toList();
      var flags = rules.flags();
      tables.set("exclude_flagged", String.join(",", kinds));
      tables.set("over_cap_plays", flags.overCapPlays());
      tables.set("impossible_minutes", flags.impossibleMinutes());
      tables.set("loop_plays", flags.loopPlays());
      tables.set("loop_percent", flags.loopPercent());
      tables.set("loop_listeners", flags.loopListeners());
      tables.run(EXCLUDE);
    }
  }

  private SongCount withFirstAndLast(SongCount song) {
    return tables
        .row(
            FIRST_AND_LAST,
            row -> song.played(instant(row, "first_play"), instant(row, "last_play")))
        .orElseThrow();
  }

  private static Count count(ResultSet row) throws SQLException {
    return new Count(
        row.getLong("plays"),
        row.getLong("listeners"),
        row.getLong("songs"),
        row.getLong("received"),
        row.getLong("duplicate"),
        row.getLong("too_short"),
        row.getLong("over_cap"),
        row.getLong("excluded"),
        row.getLong("unknown_song"));
  }

  private static Compared compared(ResultSet row) throws SQLException {
    return new Compared(row.getString(1), standing(row, 2), standing(row, 7));
  }

  /** From five columns on. */
  private static @Nullable Standing standing(ResultSet row, int from) throws SQLException {
    return row.getObject(from) == null
        ? null
        : new Standing(
            row.getInt(from),
            row.getInt(from + 1),
            row.getBoolean(from + 2),
            row.getLong(from + 3),
            row.getLong(from + 4));
  }

  private static SongCount song(ResultSet row) throws SQLException {
    return new SongCount(
        new Standing(
            row.getInt("position"),
            row.getInt("rank"),
            row.getBoolean("tied"),
            row.getLong("plays"),
            row.getLong("listeners")),
        row.getLong("received"),
        row.getLong("duplicate"),
        row.getLong("too_short"),
        row.getLong("over_cap"),
        row.getLong("excluded"),
        neighbour(row, "above"),
        neighbour(row, "below"),
        null,
        null);
  }

  /** A song without a counted play is no neighbour, and has none. */
  private static @Nullable Neighbour neighbour(ResultSet row, String which) throws SQLException {
    long plays = row.getLong(which + "_plays");
    return plays == 0 || row.getLong("plays") == 0
        ? null
        : new Neighbour(row.getString(which), plays, Math.abs(plays - row.getLong("plays")));
  }

  private static TracedPlay play(ResultSet row) throws SQLException {
    return new TracedPlay(
        row.getString("event_id"),
        Instant.ofEpochMilli(row.getLong("played_at")),
        row.getInt("ms_played"),
        row.getString("platform"),
        row.getLong("deliveries"),
        row.getString("outcome"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column) == null ? null : Instant.ofEpochMilli(row.getLong(column));
  }
}
