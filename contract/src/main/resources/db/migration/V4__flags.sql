-- Listening that looks like no person's, hour by hour, and plays that a version of the rules does not count for it.

CREATE TABLE flag (
    hour      timestamptz NOT NULL,
    kind      text        NOT NULL CHECK (kind IN ('over_cap', 'impossible', 'loop')),
    region    text,
    listener  text CHECK (listener ~ '^[0-9a-f]{12}$'),
    song_id   text,
    plays     bigint      NOT NULL,
    listeners bigint      NOT NULL,
    minutes   bigint
);

CREATE INDEX flag_by_hour ON flag (hour);

COMMENT ON TABLE flag IS 'A flag changes no count unless the chart''s rules_version says so. As of the hour''s last load.';
COMMENT ON COLUMN flag.listener IS 'The first 12 hex digits of SHA-256 of the user_id, which itself is in the lake only. Null for a loop, which has many.';

ALTER TABLE balance ADD COLUMN excluded bigint NOT NULL DEFAULT 0;

COMMENT ON TABLE balance IS 'received = counted + duplicate + too_short + over_cap + excluded, or the chart is held. rejected: plays refused by the stream that arrived in the period; known for GLOBAL only.';
COMMENT ON COLUMN balance.excluded IS 'Plays that are flagged, where the chart''s rules_version excludes those.';
