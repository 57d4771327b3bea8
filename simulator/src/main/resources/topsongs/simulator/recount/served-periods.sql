INSERT INTO served_period
SELECT granularity, period_start::TIMESTAMP, region, status
FROM read_json(
  getvariable('answers'),
  format = 'newline_delimited',
  columns = {granularity: 'VARCHAR', region: 'VARCHAR', period_start: 'VARCHAR', status: 'VARCHAR'});
