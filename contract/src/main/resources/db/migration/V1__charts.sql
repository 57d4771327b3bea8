-- The product's tables. aggregation-job writes them (one transaction per period), serving-api reads them.

CREATE TABLE song (
    song_id      text PRIMARY KEY CHECK (char_length(song_id) BETWEEN 1 AND 64),
    title        text NOT NULL,
    artist       text NOT NULL,
    album        text,
    genre        text,
    duration_ms  integer CHECK (duration_ms >= 0),
    release_date date
);

COMMENT ON TABLE song IS 'The catalogue as of the last load. Charts name songs by id, so a corrected title shows everywhere at once.';

CREATE TABLE chart (
    granularity   text        NOT NULL CHECK (granularity IN ('hour', 'day')),
    region        text        NOT NULL,
    period_start  timestamptz NOT NULL,
    status        text        NOT NULL CHECK (status IN ('provisional', 'final', 'held')),
    revision      integer     NOT NULL CHECK (revision >= 1),
    computed_at   timestamptz NOT NULL,
    rules_version text        NOT NULL,
    plays         bigint      NOT NULL,
    listeners     bigint      NOT NULL,
    songs         bigint      NOT NULL,
    content_hash  text        NOT NULL,
    PRIMARY KEY (granularity, region, period_start)
);

COMMENT ON COLUMN chart.revision IS 'Rises only when the content changed; computed_at and content_hash change with it.';

CREATE TABLE chart_entry (
    granularity  text        NOT NULL,
    region       text        NOT NULL,
    period_start timestamptz NOT NULL,
    position     smallint    NOT NULL,
    rank         smallint    NOT NULL,
    tied         boolean     NOT NULL,
    song_id      text        NOT NULL,
    plays        bigint      NOT NULL,
    listeners    bigint      NOT NULL,
    PRIMARY KEY (granularity, region, period_start, position),
    FOREIGN KEY (granularity, region, period_start) REFERENCES chart ON DELETE CASCADE
);

-- Movement, peak and streak are read from a song's past charts, never stored twice.
CREATE UNIQUE INDEX chart_entry_by_song
    ON chart_entry (granularity, region, song_id, period_start) INCLUDE (rank, plays);

CREATE TABLE balance (
    granularity  text        NOT NULL,
    region       text        NOT NULL,
    period_start timestamptz NOT NULL,
    received     bigint      NOT NULL,
    counted      bigint      NOT NULL,
    duplicate    bigint      NOT NULL,
    too_short    bigint      NOT NULL,
    over_cap     bigint      NOT NULL,
    rejected     bigint,
    unknown_song bigint      NOT NULL,
    PRIMARY KEY (granularity, region, period_start),
    FOREIGN KEY (granularity, region, period_start) REFERENCES chart ON DELETE CASCADE
);

COMMENT ON TABLE balance IS 'received = counted + duplicate + too_short + over_cap, or the chart is held. rejected: plays refused by the stream that arrived in the period; known for GLOBAL only.';

CREATE TABLE pipeline_stage (
    stage        text PRIMARY KEY,
    passed_until timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL
);

COMMENT ON TABLE pipeline_stage IS 'Up to when each stage has passed, such as stream: every play that arrived before passed_until is in the lake.';
