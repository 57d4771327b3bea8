-- The catalogue knows a song by its last line, if that has an id of 1 to 64 characters, a title and an artist, and no NUL.
-- A length that is not above 0 is none.

INSERT INTO song
SELECT song_id, CASE WHEN duration_ms > 0 THEN duration_ms END
FROM (
  SELECT *, row_number() OVER (PARTITION BY song_id ORDER BY line DESC) AS from_last
  FROM (
    SELECT *, row_number() OVER () AS line
    FROM read_json(
      getvariable('songs'),
      format = 'newline_delimited',
      columns = {
        song_id: 'VARCHAR', title: 'VARCHAR', artist: 'VARCHAR', album: 'VARCHAR', genre: 'VARCHAR',
        duration_ms: 'BIGINT'})))
WHERE from_last = 1
  AND length(song_id) BETWEEN 1 AND 64
  AND title IS NOT NULL
  AND artist IS NOT NULL
  AND NOT contains(concat_ws('', song_id, title, artist, album, genre), chr(0));
