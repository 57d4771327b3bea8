-- A believable fortnight up to now, for working on the dashboard: 60 songs (two of them unknown to the catalogue), six
-- charts, three days of hours and two weeks of days. The running hour and day are provisional, one hour is held, one
-- is missing. Run it on an empty, migrated database; the same now() gives the same charts.

INSERT INTO song
SELECT 's-' || lpad(n::text, 4, '0'),
    (ARRAY['Copper', 'Paper', 'Midnight', 'Velvet', 'Salt', 'Neon', 'Winter', 'Golden', 'Hollow', 'Electric'])[1 + n % 10]
        || ' ' || (ARRAY['Weather', 'Lanterns', 'Rivers', 'Halo', 'Cities', 'Mirrors'])[1 + n / 10],
    (ARRAY['Ines Varga', 'The Tall Ships', 'Kofi Mensah', 'Lumen', 'Ayumi Sato', 'Northern Line', 'Rosa & Dário', 'DJ Tern'])[1 + n * 7 % 8],
    CASE WHEN n % 4 = 0 THEN NULL ELSE 'Album ' || n % 9 END,
    (ARRAY['pop', 'indie', 'hip-hop', 'electronic', NULL])[1 + n % 5],
    150000 + 1000 * (n * 37 % 120),
    date '2023-01-06' + n * 17
FROM generate_series(0, 57) AS n;

CREATE TEMPORARY TABLE demo AS
WITH region (region, size) AS (
    VALUES ('GLOBAL', 9000), ('CA', 1400), ('BR', 2600), ('DE', 1800), ('JP', 2100), ('NG', 1100)
), period AS (
    SELECT 'hour' AS granularity, 1 AS weight, start AS period_start,
        start = date_trunc('hour', now(), 'UTC') AS running
    FROM generate_series(date_trunc('hour', now(), 'UTC') - interval '72 hours', now(), interval '1 hour') AS start
    WHERE start <> date_trunc('hour', now(), 'UTC') - interval '30 hours'
    UNION ALL
    SELECT 'day', 20, start, start = date_trunc('day', now(), 'UTC')
    FROM generate_series(date_trunc('day', now(), 'UTC') - interval '336 hours', now(), interval '24 hours') AS start
), played AS (
    SELECT granularity, region, period_start, running, n AS number,
        (size * weight * CASE WHEN running THEN 0.4 ELSE 1 END
            / (3 + (n * 13 + ascii(region) * 7) % 60)
            * (1 + 0.45 * sin(extract(epoch FROM period_start) / (30000 + 900 * n) + n + ascii(region)))
            * (1 + 0.3 * sin(extract(epoch FROM period_start) / 13750.987)))::bigint AS plays
    FROM region CROSS JOIN period CROSS JOIN generate_series(0, 59) AS n
    -- Some songs come out on the way, some are heard only now and then.
    WHERE (n % 11 <> 0 OR period_start > now() - make_interval(hours => 5 + n))
        AND (n % 7 <> 3 OR (extract(epoch FROM period_start) / 3600 / (4 + n % 5))::int % 3 > 0)
)
SELECT granularity, region, period_start, running, 's-' || lpad(number::text, 4, '0') AS song_id, plays,
    (plays * 0.82)::bigint + 1 AS listeners
FROM played
WHERE plays > 20;

INSERT INTO chart
SELECT granularity, region, period_start,
    CASE WHEN running THEN 'provisional'
        WHEN period_start = date_trunc('hour', now(), 'UTC') - interval '20 hours' AND region = 'DE' THEN 'held'
        ELSE 'final' END,
    CASE WHEN extract(hour FROM period_start AT TIME ZONE 'UTC')::int % 6 = 0 THEN 2 ELSE 1 END,
    least(now(), period_start + CASE granularity WHEN 'hour' THEN interval '65 minutes' ELSE interval '24 hours 20 minutes' END),
    '1', sum(plays), (sum(plays) * 0.31)::bigint, count(*), md5(string_agg(song_id || plays, ',' ORDER BY song_id))
FROM demo
GROUP BY granularity, region, period_start, running;

INSERT INTO chart_entry
SELECT * FROM (
    SELECT granularity, region, period_start,
        row_number() OVER (chart ORDER BY plays DESC, listeners DESC, song_id COLLATE "C") AS position,
        rank() OVER (chart ORDER BY plays DESC),
        count(*) OVER (PARTITION BY granularity, region, period_start, plays) > 1,
        song_id, plays, listeners
    FROM demo
    WINDOW chart AS (PARTITION BY granularity, region, period_start)) AS ranked
WHERE position <= 100;

INSERT INTO balance
SELECT granularity, region, period_start,
    plays + plays / 40 + plays / 60 + plays / 900 + CASE status WHEN 'held' THEN 7 ELSE 0 END,
    plays, plays / 40, plays / 60, plays / 900, CASE region WHEN 'GLOBAL' THEN plays / 5000 END, plays / 700
FROM chart;

INSERT INTO pipeline_stage VALUES
    ('stream', now() - interval '9 seconds', now() - interval '2 seconds'),
    ('hour_charts', date_trunc('hour', now(), 'UTC'), now() - interval '2 seconds'),
    ('day_charts', date_trunc('day', now(), 'UTC'), now() - interval '2 seconds');

-- The missing hour is one that failed; later runs have gone well.
INSERT INTO pipeline_run
SELECT 'top_songs_hourly', 'scheduled__' || hour, CASE WHEN failed THEN 'failed' ELSE 'success' END,
    hour - interval '1 hour', hour,
    CASE WHEN failed THEN 'load' END, CASE WHEN failed THEN 'Cannot load charts: the database does not answer' END, NULL,
    hour + interval '1 minute', hour + interval '3 minutes'
FROM (
    SELECT hour, hour = date_trunc('hour', now(), 'UTC') - interval '29 hours' AS failed
    FROM generate_series(date_trunc('hour', now(), 'UTC') - interval '72 hours', now() - interval '3 minutes', interval '1 hour') AS hour
) AS run;

DROP TABLE demo;
ANALYZE;
