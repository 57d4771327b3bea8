"""The small tasks around the Spark jobs, as the DAGs chain them."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any

from airflow.sdk import chain, get_current_context, task, task_group
from airflow.sdk.exceptions import AirflowFailException

from pipeline import charts, jobs, lake
from pipeline.lake import Period

log = logging.getLogger(__name__)


def any_plays(granularity: str) -> Any:
    """Skips what follows when the run's period has neither plays nor a chart, and says that it has passed."""

    @task.short_circuit
    def any_plays(data_interval_start: datetime, data_interval_end: datetime) -> bool:
        period = Period(granularity, data_interval_start.astimezone(UTC))
        day = lake.floor("day", period.start)
        if period in lake.inputs(day, data_interval_end) or period in charts.charted(period.start, period.end):
            return True
        charts.pass_stage(f"{granularity}_charts", period.end)
        log.info("No play in %s: nothing to chart", period)
        return False

    return any_plays()  # type: ignore[call-arg] # Airflow passes the interval


@task.short_circuit
def any_progress() -> bool:
    """Skips what follows while the stream has not said where it is."""
    return lake.stream_passed() is not None


def reconcile(granularity: str) -> Any:
    """Fails the run when the charts of its period do not add up."""

    @task
    def reconcile(data_interval_start: datetime, data_interval_end: datetime) -> str:
        return charts.reconcile(granularity, data_interval_start, data_interval_end)

    return reconcile()  # type: ignore[call-arg] # Airflow passes the interval


@task(retries=0)
def check_range() -> dict[str, str]:
    """The form's range, or a clear refusal, and up to when its charts are final."""
    params = get_current_context()["params"]
    start, end = instant("from", params["from"]), instant("to", params["to"])
    if start >= end:
        raise AirflowFailException(f"Cannot backfill: from must be before to, got {params['from']} and {params['to']}")
    if end > lake.floor("hour", datetime.now(UTC)) + lake.HOUR:
        raise AirflowFailException(f"Cannot backfill: to must not be in the future, got {params['to']}")
    settled = lake.settled_until(lake.stream_passed())
    return {"from": start.isoformat(), "to": end.isoformat(), "settled": settled.isoformat()}


def instant(name: str, text: str) -> datetime:
    """A full UTC hour; without an offset it is taken as UTC."""
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError as error:
        raise AirflowFailException(
            f"Cannot backfill: {name} must be an instant such as 2026-11-22T13:00:00Z, got '{text}'"
        ) from error
    parsed = parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    if parsed != lake.floor("hour", parsed):
        raise AirflowFailException(f"Cannot backfill: {name} must be a full UTC hour, got {text}")
    return parsed.astimezone(UTC)


@task(task_id="reconcile")
def reconcile_range(asked: dict[str, str]) -> list[str]:
    """Reconciles every granularity that the form asked for."""
    start, end = datetime.fromisoformat(asked["from"]), datetime.fromisoformat(asked["to"])
    granularities = get_current_context()["params"]["granularity"].split(",")
    return [charts.reconcile(granularity, start, end) for granularity in granularities]


@task.short_circuit
def catalogue_changed() -> bool:
    """Skips what follows when PostgreSQL has the songs of the catalogue."""
    return charts.has_other_songs(lake.catalogue())


@task
def find_changed() -> list[dict[str, str]]:
    """The ranges of hours to be charted again, each with the three arguments of `restate`."""
    passed, now = lake.stream_passed(), datetime.now(UTC)
    if passed:
        charts.pass_stage("stream", passed)
    settled = lake.settled_until(passed)
    changed = charts.changed(now, settled)
    for period in changed:
        log.info("Other plays than its chart was made from: %s", period)
    return [
        {"start": start.isoformat(), "end": end.isoformat(), "settled": settled.isoformat()}
        for start, end in charts.ranges(changed)
    ]


@task_group
def restate(start: str, end: str, settled: str) -> None:
    """One range of hours, and the days they are of. A range that fails leaves the others alone."""
    both = "hour,day"
    chain(
        jobs.enrich(start, end, **jobs.LONG),
        jobs.aggregate(both, start, end, settled, **jobs.LONG),
        jobs.load(both, start, end, settled, **jobs.LONG),
        reconcile_both(start, end),
    )


@task(task_id="reconcile")
def reconcile_both(start: str, end: str) -> list[str]:
    """Reconciles the hours of a range, and their days."""
    instants = datetime.fromisoformat(start), datetime.fromisoformat(end)
    return [charts.reconcile(granularity, *instants) for granularity in ("hour", "day")]
