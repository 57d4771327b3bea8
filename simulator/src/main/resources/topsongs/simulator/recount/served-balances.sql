-- Rows of GET /v1/balance, one a line.

INSERT INTO served_balance
SELECT
  granularity, period_start::TIMESTAMP, region,
  received, counted, duplicate, too_short, over_cap, coalesce(excluded, 0), rejected, unknown_song
FROM read_json(
  getvariable('answers'),
  format = 'newline_delimited',
  columns = {
    granularity: 'VARCHAR', period_start: 'VARCHAR', region: 'VARCHAR',
    received: 'BIGINT', counted: 'BIGINT', duplicate: 'BIGINT', too_short: 'BIGINT', over_cap: 'BIGINT',
    excluded: 'BIGINT', rejected: 'BIGINT', unknown_song: 'BIGINT'});
