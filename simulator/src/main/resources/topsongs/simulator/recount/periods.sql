-- What is to be done with each period that has a chart or plays:
--   counted  its plays are in the lake, and it is over
--   moving   it runs, or is provisional
--   gone     its plays have left the lake, as they may after 23 days

CREATE TABLE period_state AS
WITH known_period AS (
  SELECT granularity, period, status FROM served_period
  UNION ALL
  SELECT granularity, period, NULL FROM counted_chart)
SELECT
  granularity,
  period,
  CASE
    WHEN period < getvariable('lake_start') AND period + INTERVAL 23 DAY < getvariable('now') THEN 'gone'
    WHEN getvariable('provisional') THEN 'counted'
    WHEN period + length_of(granularity) > getvariable('now') THEN 'moving'
    WHEN coalesce(bool_or(status = 'provisional'), false) THEN 'moving'
    ELSE 'counted'
  END AS state,
  period < getvariable('to')
    AND period + length_of(granularity) > getvariable('from')
    AND period + length_of(granularity) <= getvariable('before') AS asked
FROM known_period
GROUP BY granularity, period;

CREATE TABLE compared AS
SELECT granularity, period FROM period_state WHERE asked AND state = 'counted';

-- Movement looks back: what cannot be counted of the past is taken as served.
CREATE TABLE wanted_chart AS
SELECT granularity, period, region
FROM served_period
JOIN period_state USING (granularity, period)
WHERE (asked AND state = 'counted')
  OR (state <> 'counted' AND period < (
    SELECT max(compared.period) FROM compared WHERE compared.granularity = served_period.granularity));
