-- What was acknowledged, each play once, and room for what the lake holds of it.

CREATE TABLE acknowledged AS
SELECT event_id, utc(played_at) AS played_at, utc(min(acknowledged_at)) AS acknowledged_at, count(*) AS deliveries
FROM read_csv(
  getvariable('accounts'),
  auto_detect = false,
  delim = ',',
  header = false,
  columns = {'event_id': 'UUID', 'played_at': 'TIMESTAMPTZ', 'acknowledged_at': 'TIMESTAMPTZ'})
GROUP BY event_id, utc(played_at);

CREATE TABLE stored (event_id UUID, played_at TIMESTAMP);
CREATE TABLE counted (event_id UUID, played_at TIMESTAMP, times BIGINT);
