-- offsets.sql
-- A record of the last 7 days whose offset is in neither plays/ nor rejected/ is missing. None has left the lake:
-- a play is at most 14 days old when it arrives, and is kept for 23.

CREATE TABLE found AS
SELECT kafka_partition, kafka_offset, min(arrival) AS first_arrival, max(arrival) AS last_arrival
FROM record
GROUP BY kafka_partition, kafka_offset;

-- A stamp is within an hour of the arrival, and arrivals rise with the offsets: what follows one that is 3 hours into
-- the window is in the window, even where clocks differ by an hour.
CREATE TABLE offset_range AS
WITH reached AS (
  SELECT
    kafka_partition,
    coalesce(any_value(next_offset), max(kafka_offset) + 1) AS next_offset,
    any_value(began_with) AS began_with,
    any_value(began_at) AS began_at,
    any_value(complete_until) AS complete_until
  FROM found FULL JOIN stream_offset USING (kafka_partition)
  GROUP BY kafka_partition),
-- A topic that was made anew: an offset was used twice, or the stream has passed the time of one, but not come to it.
begun AS (
  SELECT
    kafka_partition,
    greatest(
      getvariable('now') - INTERVAL 7 DAY,
      max(first_arrival) FILTER (first_arrival < last_arrival),
      max(last_arrival) FILTER (
        kafka_offset >= next_offset AND last_arrival < complete_until - INTERVAL 2 HOUR)) AS since
  FROM reached LEFT JOIN found USING (kafka_partition)
  GROUP BY kafka_partition)
SELECT
  kafka_partition, next_offset, since,
  least(next_offset, coalesce(
    CASE WHEN began_at >= since AND coalesce(min(last_arrival) > since, true) THEN began_with END,
    min(kafka_offset) FILTER (last_arrival >= since + INTERVAL 3 HOUR),
    next_offset)) AS first_offset
FROM reached JOIN begun USING (kafka_partition) LEFT JOIN found USING (kafka_partition)
GROUP BY kafka_partition, next_offset, since, began_at, began_with;

CREATE TABLE gap AS
WITH present AS (
  SELECT kafka_partition, kafka_offset, next_offset
  FROM found JOIN offset_range USING (kafka_partition)
  WHERE kafka_offset >= first_offset AND kafka_offset < next_offset AND last_arrival > since
  UNION ALL
  SELECT kafka_partition, first_offset - 1, next_offset FROM offset_range)
SELECT kafka_partition, kafka_offset + 1 AS first_missing, following - 1 AS last_missing
FROM (
  SELECT
    *,
    coalesce(lead(kafka_offset) OVER (PARTITION BY kafka_partition ORDER BY kafka_offset), next_offset) AS following
  FROM present)
WHERE following > kafka_offset + 1;
