-- A song's course through the best 100 of one region and granularity. A period that serving-api has no chart of is a gap.

CREATE TABLE moved AS
WITH history AS (
  SELECT granularity, period, region, song_id, rank
  FROM counted_entry
  JOIN period_state USING (granularity, period)
  SEMI JOIN served_period USING (granularity, period, region)
  WHERE state = 'counted'
  UNION ALL
  SELECT granularity, period, region, song_id, rank
  FROM served_entry
  JOIN period_state USING (granularity, period)
  WHERE state <> 'counted'),
course AS (
  SELECT
    *,
    length_of(granularity) AS length,
    lag(period) OVER earlier AS last_period,
    lag(rank) OVER earlier AS last_rank,
    min(rank) OVER earlier AS peak_rank,
    row_number() OVER earlier AS periods_on_chart
  FROM history
  WINDOW earlier AS (PARTITION BY granularity, region, song_id ORDER BY period)),
against_before AS (
  SELECT
    *,
    CASE WHEN last_period = period - length THEN last_rank END AS previous_rank,
    -- Periods without a gap are as far apart as their numbers: they share the start of their streak.
    period - length * periods_on_chart::INTEGER AS streak_start
  FROM course)
SELECT
  granularity, period, region, song_id, previous_rank, peak_rank, periods_on_chart,
  CASE
    WHEN periods_on_chart = 1 THEN 'new'
    WHEN previous_rank IS NULL THEN 're_entry'
    WHEN rank < previous_rank THEN 'up'
    WHEN rank > previous_rank THEN 'down'
    ELSE 'same'
  END AS movement,
  row_number() OVER (PARTITION BY granularity, region, song_id, streak_start ORDER BY period) AS streak
FROM against_before;
