-- A day of enriched/, from which charts are counted: in it a play may be once.

INSERT INTO counted
SELECT event_id::UUID, utc(played_at), count(*) FROM read_parquet(getvariable('files')) GROUP BY ALL;
