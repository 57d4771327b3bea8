-- Every revision of a chart: the newest in chart, chart_entry and balance, those before it here, as what sets them apart.

ALTER TABLE chart ADD COLUMN run text;

COMMENT ON COLUMN chart.run IS 'The run that made this revision, as TOP_SONGS_RUN named it.';

CREATE TABLE chart_revision (
    granularity   text        NOT NULL,
    region        text        NOT NULL,
    period_start  timestamptz NOT NULL,
    revision      integer     NOT NULL,
    status        text        NOT NULL,
    computed_at   timestamptz NOT NULL,
    rules_version text        NOT NULL,
    run           text,
    plays         bigint      NOT NULL,
    listeners     bigint      NOT NULL,
    songs         bigint      NOT NULL,
    content_hash  text        NOT NULL,
    balance       json,
    last_tied     boolean     NOT NULL,
    entries       json        NOT NULL,
    PRIMARY KEY (granularity, region, period_start, revision),
    FOREIGN KEY (granularity, region, period_start) REFERENCES chart ON DELETE CASCADE
);

COMMENT ON TABLE chart_revision IS 'Superseded revisions, written with the one that superseded them. They are never changed and go with their chart.';
COMMENT ON COLUMN chart_revision.balance IS 'The row of balance, its key aside.';
COMMENT ON COLUMN chart_revision.last_tied IS 'Whether the last entry is tied, perhaps with a song that is not on the chart.';
COMMENT ON COLUMN chart_revision.entries IS 'Of each song that stood otherwise in the next revision, [plays, listeners] in this one; null: not on the chart. Such as {"halo":[3,2],"salt":null}.';

-- The entries of any revision. The oldest word on a song, from this revision on, is the one that holds. Rank and
-- position follow from plays, listeners and song_id by the counting rules of every version.
CREATE FUNCTION revised_entry(of_granularity text, of_region text, of_period timestamptz, of_revision integer)
RETURNS TABLE ("position" smallint, rank smallint, tied boolean, song_id text, plays bigint, listeners bigint)
LANGUAGE sql STABLE AS $$
    WITH word AS (
        SELECT revision, song.key AS song_id, (song.value ->> 0)::bigint AS plays, (song.value ->> 1)::bigint AS listeners
        FROM chart_revision CROSS JOIN json_each(entries) AS song
        WHERE granularity = of_granularity AND region = of_region AND period_start = of_period
            AND revision >= of_revision
        UNION ALL
        SELECT NULL, song_id, plays, listeners FROM chart_entry
        WHERE granularity = of_granularity AND region = of_region AND period_start = of_period
    ), entry AS (
        SELECT DISTINCT ON (song_id) song_id, plays, listeners FROM word ORDER BY song_id, revision NULLS LAST
    ), ranked AS (
        SELECT row_number() OVER (ORDER BY plays DESC, listeners DESC, song_id COLLATE "C") AS position,
            rank() OVER (ORDER BY plays DESC) AS rank, count(*) OVER (PARTITION BY plays) > 1 AS tied,
            count(*) OVER () AS last, song_id, plays, listeners
        FROM entry WHERE plays IS NOT NULL
    )
    SELECT position::smallint, rank::smallint, tied OR position = last AND coalesce(
            (SELECT last_tied FROM chart_revision
                WHERE granularity = of_granularity AND region = of_region AND period_start = of_period
                    AND revision = of_revision),
            (SELECT chart_entry.tied FROM chart_entry
                WHERE granularity = of_granularity AND region = of_region AND period_start = of_period
                ORDER BY chart_entry.position DESC LIMIT 1)),
        song_id, plays, listeners
    FROM ranked ORDER BY position
$$;

COMMENT ON FUNCTION revised_entry IS 'The rows that chart_entry had for a period in one of its revisions.';
