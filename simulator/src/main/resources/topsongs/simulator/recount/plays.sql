-- Each play of the day once: of the rows of one event_id and played_at the first to arrive.
-- Rows of one partition and offset of Kafka are one delivery, which the stream wrote twice.

CREATE OR REPLACE TEMP TABLE play AS
WITH once AS (
  SELECT
    event_id,
    played_at,
    count(DISTINCT (kafka_partition, kafka_offset)) AS deliveries,
    arg_min(
      {'region': region, 'song_id': song_id, 'user_id': user_id, 'ms_played': ms_played},
      {'received_at': received_at, 'partition': kafka_partition, 'offset': kafka_offset}) AS first
  FROM read_parquet(getvariable('files'))
  WHERE utc(played_at)::DATE = getvariable('day')
  GROUP BY event_id, played_at)
SELECT
  date_trunc('hour', utc(played_at)) AS hour,
  -- Within the hour.
  least(first.ms_played, 3600000 - epoch_ms(utc(played_at)) % 3600000) AS ms_heard,
  false AS excluded,
  first.region AS region,
  first.song_id AS song_id,
  first.user_id AS user_id,
  deliveries,
  song.song_id IS NOT NULL AS known,
  first.ms_played >= getvariable('min_ms_played')
    OR coalesce(first.ms_played >= song.duration_ms, false) AS long_enough
FROM once
LEFT JOIN song ON song.song_id = first.song_id;
