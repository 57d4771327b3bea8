-- Which catalogue table song was brought up to.

CREATE TABLE catalogue (
    path      text PRIMARY KEY,
    version   text        NOT NULL,
    loaded_at timestamptz NOT NULL DEFAULT now()
);

COMMENT ON COLUMN catalogue.version IS 'The ETag of the object below the lake''s root; in a folder, its length and time of change. Another one means that songs may have changed since.';
