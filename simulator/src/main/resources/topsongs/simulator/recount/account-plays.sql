-- A day of plays/, in which a play may be several times.

INSERT INTO stored
SELECT DISTINCT event_id::UUID, utc(played_at) FROM read_parquet(getvariable('files'));
