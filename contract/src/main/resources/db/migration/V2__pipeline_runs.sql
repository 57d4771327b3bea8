-- What the charts of a period were made from, and how the runs that make them end.

CREATE TABLE chart_period (
    granularity  text        NOT NULL CHECK (granularity IN ('hour', 'day')),
    period_start timestamptz NOT NULL,
    status       text        NOT NULL CHECK (status IN ('provisional', 'final')),
    input        text        NOT NULL,
    loaded_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (granularity, period_start)
);

COMMENT ON COLUMN chart_period.input IS 'SHA-256 of the sorted paths below plays/ of the files the charts were made from, a line each. Another one means that plays came since.';

CREATE TABLE pipeline_run (
    pipeline       text        NOT NULL,
    run_id         text        NOT NULL,
    status         text        NOT NULL CHECK (status IN ('success', 'failed')),
    interval_start timestamptz,
    interval_end   timestamptz,
    task           text,
    message        text,
    url            text,
    started_at     timestamptz,
    ended_at       timestamptz NOT NULL,
    PRIMARY KEY (pipeline, run_id)
);

COMMENT ON TABLE pipeline_run IS 'How the runs of Airflow''s DAGs ended. task, message and url belong to a failure: what failed, in its own words, and where its log is.';
