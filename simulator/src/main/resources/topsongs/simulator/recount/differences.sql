-- Expected is what was counted, got is what serving-api says.

CREATE TABLE difference (
  granularity VARCHAR, period TIMESTAMP, region VARCHAR, place INTEGER, what VARCHAR, expected VARCHAR, got VARCHAR);

CREATE TEMP VIEW expected_chart AS SELECT * FROM counted_chart SEMI JOIN compared USING (granularity, period);
CREATE TEMP VIEW got_chart AS SELECT * FROM served_chart SEMI JOIN compared USING (granularity, period);
CREATE TEMP VIEW in_both AS
SELECT granularity, period, region FROM expected_chart SEMI JOIN got_chart USING (granularity, period, region);

INSERT INTO difference
SELECT
  granularity, period, region, 0, 'chart',
  CASE WHEN counted.plays IS NULL THEN 'none' ELSE counted.plays || ' plays' END,
  CASE WHEN served.plays IS NULL THEN 'none' ELSE served.plays || ' plays' END
FROM expected_chart AS counted
FULL JOIN got_chart AS served USING (granularity, period, region)
WHERE counted.plays IS NULL OR served.plays IS NULL;

INSERT INTO difference
SELECT granularity, period, region, 0, field.what, field.expected, field.got
FROM (
  SELECT granularity, period, region, unnest([
    {what: 'rules_version', expected: counted.rules_version, got: served.rules_version},
    {what: 'plays', expected: counted.plays::VARCHAR, got: served.plays::VARCHAR},
    {what: 'listeners', expected: counted.listeners::VARCHAR, got: served.listeners::VARCHAR},
    {what: 'songs', expected: counted.songs::VARCHAR, got: served.songs::VARCHAR}]) AS field
  FROM expected_chart AS counted
  JOIN got_chart AS served USING (granularity, period, region))
WHERE field.expected IS DISTINCT FROM field.got;

-- Where another song holds the position, its numbers are others too: the song says it all.
INSERT INTO difference
SELECT granularity, period, region, position, 'position ' || position || ' ' || field.what, field.expected, field.got
FROM (
  SELECT
    granularity, period, region, position,
    counted.song_id = served.song_id AS same_song,
    unnest([
      {what: 'song_id',
        expected: counted.song_id || ' (' || counted.plays || ' plays)',
        got: served.song_id || ' (' || served.plays || ' plays)'},
      {what: 'rank', expected: counted.rank::VARCHAR, got: served.rank::VARCHAR},
      {what: 'tied', expected: counted.tied::VARCHAR, got: served.tied::VARCHAR},
      {what: 'plays', expected: counted.plays::VARCHAR, got: served.plays::VARCHAR},
      {what: 'listeners', expected: counted.listeners::VARCHAR, got: served.listeners::VARCHAR},
      {what: 'share', expected: counted.share::VARCHAR, got: served.share::VARCHAR},
      {what: 'previous_rank', expected: counted.previous_rank::VARCHAR, got: served.previous_rank::VARCHAR},
      {what: 'movement', expected: counted.movement, got: served.movement},
      {what: 'peak_rank', expected: counted.peak_rank::VARCHAR, got: served.peak_rank::VARCHAR},
      {what: 'periods_on_chart', expected: counted.periods_on_chart::VARCHAR, got: served.periods_on_chart::VARCHAR},
      {what: 'streak', expected: counted.streak::VARCHAR, got: served.streak::VARCHAR}]) AS field
  FROM (
    SELECT *
    FROM counted_entry
    JOIN moved USING (granularity, period, region, song_id)
    SEMI JOIN in_both USING (granularity, period, region)) AS counted
  FULL JOIN (
    SELECT * FROM served_entry SEMI JOIN in_both USING (granularity, period, region)) AS served
  USING (granularity, period, region, position))
WHERE field.expected IS DISTINCT FROM field.got
  AND (field.what = 'song_id') = (same_song IS NOT TRUE);

INSERT INTO difference
SELECT granularity, period, region, 101, 'balance ' || field.what, field.expected, field.got
FROM (
  SELECT granularity, period, region, unnest([
    {what: 'received', expected: counted.received::VARCHAR, got: served.received::VARCHAR},
    {what: 'counted', expected: counted.plays::VARCHAR, got: served.counted::VARCHAR},
    {what: 'duplicate', expected: counted.duplicate::VARCHAR, got: served.duplicate::VARCHAR},
    {what: 'too_short', expected: counted.too_short::VARCHAR, got: served.too_short::VARCHAR},
    {what: 'over_cap', expected: counted.over_cap::VARCHAR, got: served.over_cap::VARCHAR},
    {what: 'excluded', expected: counted.excluded::VARCHAR, got: served.excluded::VARCHAR},
    {what: 'rejected', expected: counted.rejected::VARCHAR, got: served.rejected::VARCHAR},
    {what: 'unknown_song', expected: counted.unknown_song::VARCHAR, got: served.unknown_song::VARCHAR}]) AS field
  FROM (SELECT * FROM expected_chart SEMI JOIN in_both USING (granularity, period, region)) AS counted
  LEFT JOIN served_balance AS served USING (granularity, period, region))
WHERE field.expected IS DISTINCT FROM field.got;

-- A chart's plays got their songs hour by hour, some minutes before its hours' charts were loaded. Which were unknown then,
-- the catalogue of now does not say, where it was written since.
CREATE TABLE of_older_catalogue AS
SELECT difference.*
FROM difference
SEMI JOIN (
  SELECT chart.granularity, chart.period, chart.region
  FROM served_chart AS chart
  JOIN served_chart AS part
    ON part.region = chart.region
    AND part.granularity IN ('hour', chart.granularity)
    AND part.period >= chart.period
    AND part.period < chart.period + length_of(chart.granularity)
  GROUP BY ALL
  HAVING min(part.computed_at) - INTERVAL 10 MINUTE < getvariable('songs_changed'))
USING (granularity, period, region)
WHERE what = 'balance unknown_song';

DELETE FROM difference USING of_older_catalogue AS excused
WHERE difference.what = excused.what
  AND difference.granularity = excused.granularity
  AND difference.period = excused.period
  AND difference.region = excused.region;

-- Charts that differ, the oldest first: a wrong hour shows in the movement of those after it.
CREATE TABLE differing_chart AS
SELECT
  granularity, rfc3339(period) AS period_start, region, period,
  any_value(counted.received) - any_value(served.received) AS more_received,
  bool_and(what SIMILAR TO 'position \d+ (previous_rank|movement|peak_rank|periods_on_chart|streak)') AS only_movement,
  count(*) AS differences
FROM difference
LEFT JOIN counted_chart AS counted USING (granularity, period, region)
LEFT JOIN served_balance AS served USING (granularity, period, region)
GROUP BY granularity, period, region;
