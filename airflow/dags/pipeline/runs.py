"""The record of runs that /v1/status and the dashboard show: table pipeline_run."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any

DATABASE = "top_songs_db"

UPSERT = """
INSERT INTO pipeline_run (pipeline, run_id, status, interval_start, interval_end,
                          task, message, url, started_at, ended_at)
VALUES (%(pipeline)s, %(run_id)s, %(status)s, %(interval_start)s, %(interval_end)s,
        %(task)s, %(message)s, %(url)s, %(started_at)s, %(ended_at)s)
ON CONFLICT (pipeline, run_id) DO UPDATE
SET status = excluded.status, ended_at = excluded.ended_at,
    task = CASE excluded.status WHEN 'failed' THEN coalesce(excluded.task, pipeline_run.task) END,
    message = CASE excluded.status WHEN 'failed' THEN coalesce(excluded.message, pipeline_run.message) END,
    url = CASE excluded.status WHEN 'failed' THEN coalesce(excluded.url, pipeline_run.url) END
"""


def record_success(context: Any) -> None:
    """A DAG run ended well; what failed in it before is forgotten."""
    record(context, "success")


def record_failure(context: Any) -> None:
    """A DAG run failed. The failed task has told why, unless the run as a whole took too long."""
    reason = str(context.get("reason") or "")
    record(context, "failed", message=None if reason in ("", "task_failure") else reason)


def record_failed_task(context: Any) -> None:
    """A task failed for good. Its own error line ends its log and goes into the record."""
    ti, message = context["ti"], error_line(context.get("exception"))
    try:
        record(context, "failed", task=ti.task_id, message=message, url=getattr(ti, "log_url", None))
    finally:
        log_failed_try(context)


def log_failed_try(context: Any) -> None:
    """Ends the log of a try with what the job itself said."""
    logging.getLogger(__name__).error("%s", error_line(context.get("exception")))


def error_line(exception: Any) -> str:
    """What the job itself said: its last line that begins with Cannot, below all that Spark and Airflow add."""
    lines = [
        line.strip()
        for line in str("the task was killed" if exception is None else exception).splitlines()
        if line.strip()
    ]
    said = [line for line in lines if line.startswith("Cannot ") and not line.startswith("Cannot execute: ")]
    return (said or lines or [type(exception).__name__])[-1]


def record(context: Any, status: str, **failure: str | None) -> None:
    """Writes the run down. Airflow's own state does not depend on it."""
    from airflow.providers.postgres.hooks.postgres import PostgresHook

    run = context.get("dag_run")
    row = {
        "pipeline": context["dag"].dag_id,
        "run_id": context["run_id"],
        "status": status,
        "interval_start": getattr(run, "data_interval_start", None),
        "interval_end": getattr(run, "data_interval_end", None),
        "started_at": getattr(run, "start_date", None),
        "ended_at": datetime.now(UTC),
        "task": None,
        "message": None,
        "url": None,
    } | failure
    PostgresHook(DATABASE).run(UPSERT, parameters=row)
