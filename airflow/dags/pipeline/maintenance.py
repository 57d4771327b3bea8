"""What may leave the lake: plays beyond their retention, and what killed writers left behind."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from airflow.sdk import get_current_context, task

from pipeline import charts, lake

log = logging.getLogger(__name__)

TABLES = ("plays", "rejected", "enriched", "flags", "charts/granularity=hour", "charts/granularity=day")

# A job that still writes touches its staging folder; an execution timeout ends it long before this.
ABANDONED = timedelta(days=1)

KEEP_RUNS = "30 days"


@task
def find() -> list[dict[str, str]]:
    """What may go: prefixes, each with the instant since which its objects must be untouched. The log has the sizes."""
    now = datetime.now(UTC)
    first_kept = now.date() - timedelta(days=get_current_context()["params"]["keep_days"])
    found = [
        *((prefix, now) for table in ("plays", "rejected") for prefix in expired_days(table, first_kept)),
        *((prefix, now - ABANDONED) for prefix in staging_folders()),
    ]
    for prefix, since in found:
        entries = untouched(prefix, since)
        log.info("May go: %d objects of %s, %.1f MB", len(entries), prefix, sum(e.size or 0 for e in entries) / 1e6)
    return [{"prefix": prefix, "since": since.isoformat()} for prefix, since in found]


@task
def remove(found: list[dict[str, str]]) -> str:
    """Removes it, unless the run is a dry one.

    :raises RuntimeError: the store refused some
    """
    if get_current_context()["params"]["dry_run"]:
        return f"Dry run: what find has listed below {len(found)} prefixes stays"
    removed = sum(remove_below(each["prefix"], datetime.fromisoformat(each["since"])) for each in found)
    charts.database().run(f"DELETE FROM pipeline_run WHERE ended_at < now() - interval '{KEEP_RUNS}'")
    return f"Removed {removed} objects"


def remove_below(prefix: str, since: datetime) -> int:
    """Removes the prefix's untouched objects; how many there were."""
    from minio.deleteobjects import DeleteObject

    names = [entry.object_name for entry in untouched(prefix, since)]
    errors = list(lake.client().remove_objects(lake.BUCKET, map(DeleteObject, names)))
    if errors:
        raise RuntimeError(f"Cannot remove {len(errors)} of {len(names)} objects: {errors[0].message}")
    return len(names)


def expired_days(table: str, first_kept: date) -> Iterator[str]:
    """The day folders of a table before the first day that is kept."""
    for entry in lake.client().list_objects(lake.BUCKET, f"{table}/"):
        day = entry.object_name.rstrip("/").partition("event_date=")[2]
        if day and date.fromisoformat(day) < first_kept:
            yield entry.object_name


def staging_folders() -> Iterator[str]:
    """The folders that Spark's committers write to first, of running jobs and of killed ones."""
    for table in TABLES:
        for entry in lake.client().list_objects(lake.BUCKET, f"{table}/"):
            folder = entry.object_name.removeprefix(f"{table}/")
            if folder.startswith(("_temporary/", ".spark-staging")):
                yield entry.object_name


def untouched(prefix: str, since: datetime) -> list[Any]:
    """The prefix's objects that nobody has touched since. A folder's own marker stays: it may be in use again."""
    return [
        entry
        for entry in lake.client().list_objects(lake.BUCKET, prefix, recursive=True)
        if not entry.object_name.endswith("/") and entry.last_modified < since
    ]
