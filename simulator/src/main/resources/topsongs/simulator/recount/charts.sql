-- The charts of the day's hours, or of the day: of every region, and of GLOBAL, which hears every play.

-- What one listener heard of one song. No more than the cap of it counts.
CREATE OR REPLACE TEMP TABLE heard AS
WITH play_of_chart AS (
  SELECT date_trunc(getvariable('granularity'), hour) AS period, unnest([region, 'GLOBAL']) AS chart_region, play.*
  FROM play),
listened AS (
  SELECT
    period, chart_region AS region, song_id, user_id, known,
    sum(deliveries)::BIGINT AS received,
    count(*) AS plays,
    count(*) FILTER (excluded) AS excluded,
    count(*) FILTER (long_enough AND NOT excluded) AS long_enough
  FROM play_of_chart
  GROUP BY period, chart_region, song_id, user_id, known)
SELECT
  period, region, song_id, user_id, known, received,
  received - plays AS duplicate,
  plays - excluded - long_enough AS too_short,
  least(long_enough, getvariable('cap')) AS counted,
  greatest(long_enough - getvariable('cap'), 0) AS over_cap,
  excluded
FROM listened;

INSERT INTO counted_chart
SELECT
  getvariable('rules_version'), getvariable('granularity'), period, region,
  sum(counted),
  count(DISTINCT user_id) FILTER (counted > 0),
  count(DISTINCT song_id) FILTER (counted > 0),
  sum(received),
  sum(duplicate),
  sum(too_short),
  sum(over_cap),
  sum(excluded),
  CASE region WHEN 'GLOBAL' THEN (
    SELECT coalesce(sum(messages), 0) FROM rejection
    WHERE date_trunc(getvariable('granularity'), hour) = period) END,
  coalesce(sum(counted) FILTER (NOT known), 0)
FROM heard
GROUP BY period, region;

-- Competition rank on plays. Text is ordered by its bytes in UTF-8, and so by code point.
INSERT INTO counted_entry
WITH song_of_chart AS (
  SELECT period, region, song_id, sum(counted)::BIGINT AS plays, count(*) AS listeners
  FROM heard
  WHERE counted > 0
  GROUP BY period, region, song_id),
ranked AS (
  SELECT
    period, region,
    row_number() OVER (PARTITION BY period, region ORDER BY plays DESC, listeners DESC, song_id) AS position,
    rank() OVER (PARTITION BY period, region ORDER BY plays DESC) AS rank,
    count(*) OVER (PARTITION BY period, region, plays) > 1 AS tied,
    song_id, plays, listeners,
    (sum(plays) OVER (PARTITION BY period, region))::BIGINT AS total
  FROM song_of_chart)
SELECT
  getvariable('rules_version'), getvariable('granularity'), period, region, position, rank, tied, song_id, plays, listeners,
  -- Rounded half up, in whole numbers.
  ((2000000 * plays + total) // (2 * total)) / 1e6
FROM ranked
WHERE position <= getvariable('chart_size');
