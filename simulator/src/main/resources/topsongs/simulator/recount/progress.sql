-- progress.sql
-- How far the stream is: every record before next_offset is in plays/ or rejected/. It began with began_with.

INSERT INTO stream_offset
SELECT entry.key::INTEGER, entry.value, first_offsets[entry.key], began_at::TIMESTAMP, complete_until::TIMESTAMP
FROM (
  SELECT unnest(map_entries(offsets)) AS entry, first_offsets, began_at, complete_until
  FROM read_json(
    getvariable('progress'),
    columns = {
      offsets: 'MAP(VARCHAR, BIGINT)', first_offsets: 'MAP(VARCHAR, BIGINT)',
      began_at: 'VARCHAR', complete_until: 'VARCHAR'}));
