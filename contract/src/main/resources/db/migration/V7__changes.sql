-- Who listens hears of each chart whose row is inserted, updated or deleted, as it is committed, whoever did it: LISTEN chart_changed, and LISTEN
-- pipeline_changed. Not told: what is written beside the chart alone (balance, song without catalogue), and TRUNCATE.

CREATE FUNCTION tell_changed_charts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Fifty charts take less than the 8,000 bytes that a notification may have; more would fail the load that is to be told of.
    PERFORM pg_notify('chart_changed', json_build_object(
        'granularity', granularity,
        'period_start', to_char(period_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'charts', json_agg(json_build_object('region', region, 'status', status, 'revision', revision) ORDER BY region))::text)
    FROM (
        SELECT granularity, period_start, region,
            CASE TG_OP WHEN 'DELETE' THEN NULL ELSE status END AS status,
            CASE TG_OP WHEN 'DELETE' THEN NULL ELSE revision END AS revision,
            (row_number() OVER (PARTITION BY granularity, period_start ORDER BY region) - 1) / 50 AS fifty
        FROM changed
        WHERE octet_length(region) <= 8) AS chart
    GROUP BY granularity, period_start, fifty
    ORDER BY granularity, period_start, fifty;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION tell_changed_charts IS 'Charts of one period as {"granularity", "period_start", "charts": [{"region", "status", "revision"}]}; status and revision are those of the row, and null where the chart is gone.';

CREATE TRIGGER tell_new_charts AFTER INSERT ON chart
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tell_changed_charts();
CREATE TRIGGER tell_revised_charts AFTER UPDATE ON chart
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tell_changed_charts();
CREATE TRIGGER tell_removed_charts AFTER DELETE ON chart
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tell_changed_charts();

CREATE FUNCTION tell_changed_pipeline() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- In one transaction the same is told once.
    PERFORM pg_notify('pipeline_changed', TG_TABLE_NAME);
    RETURN NULL;
END
$$;

CREATE TRIGGER tell_changed_stages AFTER INSERT OR UPDATE OR DELETE ON pipeline_stage
    FOR EACH STATEMENT EXECUTE FUNCTION tell_changed_pipeline();
CREATE TRIGGER tell_changed_runs AFTER INSERT OR UPDATE OR DELETE ON pipeline_run
    FOR EACH STATEMENT EXECUTE FUNCTION tell_changed_pipeline();
CREATE TRIGGER tell_audits AFTER INSERT OR UPDATE OR DELETE ON offset_audit
    FOR EACH STATEMENT EXECUTE FUNCTION tell_changed_pipeline();
-- Songs that were renamed stand in charts that did not change.
CREATE TRIGGER tell_changed_songs AFTER INSERT OR UPDATE ON catalogue
    FOR EACH STATEMENT EXECUTE FUNCTION tell_changed_pipeline();
