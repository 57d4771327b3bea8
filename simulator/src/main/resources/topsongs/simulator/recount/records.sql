-- Which offsets the day's plays have: those of the last week, and of one more to tell an older topic by.
INSERT INTO record
SELECT kafka_partition, kafka_offset, utc(received_at)
FROM read_parquet(getvariable('files'))
WHERE utc(received_at) > getvariable('now') - INTERVAL 14 DAY;
