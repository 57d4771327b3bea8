-- Kafka's offsets against the lake, as of the last audit. aggregation-job replaces it as a whole.

CREATE TABLE offset_audit (
    kafka_partition integer     PRIMARY KEY,
    first_offset    bigint      NOT NULL,
    next_offset     bigint      NOT NULL CHECK (next_offset >= first_offset),
    in_lake         bigint      NOT NULL CHECK (in_lake >= 0),
    missing         bigint      NOT NULL CHECK (missing >= 0 AND missing = next_offset - first_offset - in_lake),
    note            text,
    audited_at      timestamptz NOT NULL
);

COMMENT ON TABLE offset_audit IS 'Of the records of topic plays from first_offset up to next_offset, not included: how many are in plays/ or rejected/, and how many in neither. note says where, or that the topic was made anew.';
