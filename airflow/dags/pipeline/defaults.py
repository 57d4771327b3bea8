"""What holds for every DAG: retries, limits, the pool, where the schedule begins."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

from pipeline import runs

# Jobs over the same hours replace the same files, and two Spark drivers would starve two cores: one at a time.
POOL = "charting"

# Before a task's second try; each later one waits twice as long.
RETRY_DELAY = timedelta(seconds=float(os.environ.get("TOP_SONGS_RETRY_DELAY", "30")))

TASKS = {
    "owner": "top-songs",
    # Where runs wait for the pool, what has begun is finished first.
    "weight_rule": "upstream",
    "priority_weight": 10,
    "retries": 2,
    "retry_delay": RETRY_DELAY,
    "retry_exponential_backoff": 2.0,
    "max_retry_delay": timedelta(minutes=10),
    "execution_timeout": timedelta(minutes=30),
    "on_retry_callback": runs.log_failed_try,
    "on_failure_callback": runs.record_failed_task,
}

# One run after another: an outage heals hour by hour and leaves a core for the stream.
DAGS = {
    "default_args": TASKS,
    "max_active_runs": 1,
    # Fields are rendered by the process that then runs the task.
    "user_defined_macros": {"process_id": os.getpid},
    "on_success_callback": runs.record_success,
    "on_failure_callback": runs.record_failure,
}


def first_hour() -> datetime:
    """The first hour the schedule answers for: TOP_SONGS_FIRST_HOUR; what is older is for a backfill."""
    return datetime.fromisoformat(os.environ.get("TOP_SONGS_FIRST_HOUR", "2026-01-01T00:00:00Z")).astimezone(UTC)


def catches_up() -> bool:
    """Where nobody said since when there are plays, catching up would begin with thousands of empty hours."""
    return "TOP_SONGS_FIRST_HOUR" in os.environ
