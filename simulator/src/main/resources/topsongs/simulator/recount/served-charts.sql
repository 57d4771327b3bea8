-- Answers of GET /v1/charts/{region}/{granularity}, one a line.

CREATE OR REPLACE TEMP TABLE answer AS
SELECT *, period_start::TIMESTAMP AS period
FROM read_json(
  getvariable('answers'),
  format = 'newline_delimited',
  columns = {
    region: 'VARCHAR', granularity: 'VARCHAR', period_start: 'VARCHAR', rules_version: 'VARCHAR',
    computed_at: 'VARCHAR',
    totals: 'STRUCT(plays BIGINT, listeners BIGINT, songs BIGINT)',
    entries: 'STRUCT(
      "position" INTEGER, rank INTEGER, tied BOOLEAN, song STRUCT(song_id VARCHAR), plays BIGINT, listeners BIGINT,
      share DOUBLE, previous_rank INTEGER, movement VARCHAR, peak_rank INTEGER, periods_on_chart INTEGER,
      streak INTEGER)[]'});

INSERT INTO served_chart
SELECT
  granularity, period, region, rules_version, computed_at::TIMESTAMP,
  totals.plays, totals.listeners, totals.songs FROM answer;

INSERT INTO served_entry
SELECT
  granularity, period, region,
  entry.position, entry.rank, entry.tied, entry.song.song_id, entry.plays, entry.listeners, entry.share,
  entry.previous_rank, entry.movement, entry.peak_rank, entry.periods_on_chart, entry.streak
FROM (SELECT granularity, period, region, unnest(entries) AS entry FROM answer);
