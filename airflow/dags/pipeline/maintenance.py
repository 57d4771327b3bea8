"""What may leave the lake: plays beyond their retention, and what killed writers left behind."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from airflow.sdk import get_current_context, task

from pipeline import charts, lake

log = logging.getLogger(__name__)

TABLES = ("plays", "rejected", "enriched", "charts")

# A job that still writes touches its staging folder; an execution timeout ends it long before this.
ABANDONED = timedelta(days=1)

KEEP_RUNS = "30 days"


@task
def find() -> list[str]:
    """The prefixes and objects that may go, with their size in the log."""
    params, now = get_current_context()["params"], datetime.now(UTC)
    expired = [
        *expired_days("plays", now.date() - timedelta(days=params["keep_plays_days"])),
        *expired_days("rejected", now.date() - timedelta(days=params["keep_rejected_days"])),
    ]
    found = [*expired, *abandoned(now - ABANDONED)]
    for prefix in found:
        objects = list(lake.client().list_objects(lake.BUCKET, prefix, recursive=True))
        log.info("May go: %s (%d objects, %.1f MB)", prefix, len(objects), sum(o.size or 0 for o in objects) / 1e6)
    return found


@task
def remove(found: list[str]) -> str:
    """Removes them, unless the run is a dry one."""
    if get_current_context()["params"]["dry_run"]:
        return f"Dry run: {len(found)} folders and files would be removed"
    removed = sum(remove_below(prefix) for prefix in found)
    charts.database().run(f"DELETE FROM pipeline_run WHERE ended_at < now() - interval '{KEEP_RUNS}'")
    return f"Removed {removed} objects"


def expired_days(table: str, first_kept: date) -> Iterator[str]:
    """The day folders of a table before the first day that is kept."""
    for entry in lake.client().list_objects(lake.BUCKET, f"{table}/"):
        day = entry.object_name.rstrip("/").partition("event_date=")[2]
        if day and date.fromisoformat(day) < first_kept:
            yield entry.object_name


def abandoned(untouched_since: datetime) -> Iterator[str]:
    """Objects in the folders that Spark's committers write to first, whose job is long gone."""
    for table in TABLES:
        for entry in lake.client().list_objects(lake.BUCKET, f"{table}/", recursive=True):
            folders = entry.object_name.split("/")[:-1]
            if any(f == "_temporary" or f.startswith(".spark-staging") for f in folders) and (
                entry.last_modified < untouched_since
            ):
                yield entry.object_name


def remove_below(prefix: str) -> int:
    """Removes every object below the prefix; how many there were.

    :raises RuntimeError: the store refused some
    """
    from minio.deleteobjects import DeleteObject

    objects = [o.object_name for o in lake.client().list_objects(lake.BUCKET, prefix, recursive=True)]
    errors = list(lake.client().remove_objects(lake.BUCKET, map(DeleteObject, objects)))
    if errors:
        raise RuntimeError(f"Cannot remove {len(errors)} of {len(objects)} objects below {prefix}: {errors[0].message}")
    return len(objects)
