-- Plays that this version of the rules leaves out, because their listener is flagged in their hour.

CREATE OR REPLACE TEMP TABLE flagged AS
WITH listener AS (
  SELECT hour, user_id
  FROM play
  GROUP BY hour, user_id
  HAVING sum(ms_heard) > getvariable('impossible_minutes') * 60000),
of_song AS (
  SELECT
    hour, region, user_id, song_id, count(*) AS plays,
    sum(count(*)) OVER (PARTITION BY hour, region, user_id) AS all_plays
  FROM play
  GROUP BY hour, region, user_id, song_id),
looper AS (
  SELECT *, count(*) OVER (PARTITION BY hour, region, song_id) AS loopers
  FROM of_song
  WHERE plays >= getvariable('loop_plays') AND 100 * plays >= getvariable('loop_percent') * all_plays)
SELECT 'impossible' AS kind, hour, user_id, NULL AS song_id FROM listener
UNION ALL
SELECT 'loop', hour, user_id, song_id FROM looper WHERE loopers >= getvariable('loop_listeners')
UNION ALL
SELECT 'over_cap', hour, user_id, song_id
FROM play
WHERE long_enough
GROUP BY hour, user_id, song_id
HAVING count(*) > getvariable('over_cap_plays');

UPDATE play
SET excluded = true
FROM flagged
WHERE list_contains(string_split(getvariable('exclude_flagged'), ','), flagged.kind)
  AND flagged.hour = play.hour
  AND flagged.user_id = play.user_id
  AND (flagged.song_id IS NULL OR flagged.song_id = play.song_id);
