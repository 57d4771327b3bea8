-- What the stream refused, by arrival. A crash may have written a message twice.

INSERT INTO rejection
SELECT date_trunc('hour', utc(arrived_at)), count(DISTINCT (arrived_at, kafka_partition, kafka_offset))
FROM read_parquet(getvariable('files'))
GROUP BY 1;
