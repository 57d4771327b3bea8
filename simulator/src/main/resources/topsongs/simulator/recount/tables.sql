-- What was counted from plays/, and what serving-api says. Times are UTC.

CREATE MACRO length_of(granularity) AS CASE granularity WHEN 'hour' THEN INTERVAL 1 HOUR ELSE INTERVAL 1 DAY END;
CREATE MACRO utc(instant) AS make_timestamp(epoch_us(instant));
CREATE MACRO rfc3339(instant) AS strftime(instant, '%Y-%m-%dT%H:%M:%SZ');

CREATE TABLE song (song_id VARCHAR, duration_ms BIGINT);
CREATE TABLE rejection (hour TIMESTAMP, messages BIGINT);

CREATE TABLE record (kafka_partition INTEGER, kafka_offset BIGINT, arrival TIMESTAMP);
CREATE TABLE stream_offset (
  kafka_partition INTEGER, next_offset BIGINT, began_with BIGINT, began_at TIMESTAMP, complete_until TIMESTAMP);

CREATE TABLE counted_chart (
  rules_version VARCHAR, granularity VARCHAR, period TIMESTAMP, region VARCHAR,
  plays BIGINT, listeners BIGINT, songs BIGINT,
  received BIGINT, duplicate BIGINT, too_short BIGINT, over_cap BIGINT, excluded BIGINT, rejected BIGINT,
  unknown_song BIGINT);

CREATE TABLE counted_entry (
  rules_version VARCHAR, granularity VARCHAR, period TIMESTAMP, region VARCHAR,
  position INTEGER, rank INTEGER, tied BOOLEAN, song_id VARCHAR, plays BIGINT, listeners BIGINT, share DOUBLE);

CREATE TABLE served_period (granularity VARCHAR, period TIMESTAMP, region VARCHAR, status VARCHAR);

CREATE TABLE served_chart (
  granularity VARCHAR, period TIMESTAMP, region VARCHAR, rules_version VARCHAR, computed_at TIMESTAMP,
  plays BIGINT, listeners BIGINT, songs BIGINT);

CREATE TABLE served_entry (
  granularity VARCHAR, period TIMESTAMP, region VARCHAR,
  position INTEGER, rank INTEGER, tied BOOLEAN, song_id VARCHAR, plays BIGINT, listeners BIGINT, share DOUBLE,
  previous_rank INTEGER, movement VARCHAR, peak_rank INTEGER, periods_on_chart INTEGER, streak INTEGER);

CREATE TABLE served_balance (
  granularity VARCHAR, period TIMESTAMP, region VARCHAR,
  received BIGINT, counted BIGINT, duplicate BIGINT, too_short BIGINT, over_cap BIGINT, excluded BIGINT,
  rejected BIGINT, unknown_song BIGINT);
