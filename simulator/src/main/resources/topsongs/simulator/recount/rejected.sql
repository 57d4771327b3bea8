-- What the stream refused, by arrival. A crash may have written a message twice.

INSERT INTO rejection
SELECT date_trunc('hour', utc(arrived_at)), count(DISTINCT (arrived_at, kafka_partition, kafka_offset))
FROM read_parquet(getvariable('files'))
GROUP BY 1;

INSERT INTO record
SELECT kafka_partition, kafka_offset, utc(arrived_at)
FROM read_parquet(getvariable('files'))
WHERE utc(arrived_at) > getvariable('now') - INTERVAL 14 DAY;
