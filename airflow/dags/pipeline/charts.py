"""The charts' database: what was charted from what, and whether it adds up."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk.exceptions import AirflowFailException

from pipeline import lake, runs
from pipeline.lake import Period

# A play may be 14 days old when it arrives, wait 7 more in Kafka while the stream is down, and a day for Airflow.
HORIZON = timedelta(days=22)

# A period's first final chart is left to the hourly and the daily DAG for this long.
OVERDUE = timedelta(hours=1)

# Each range costs three job runs. The next run of the DAG takes the next ones, older by then.
MAX_RANGES = 6

SHOWN_PERIODS = 3

CHARTED = (
    "SELECT granularity, period_start, input, status FROM chart_period WHERE period_start >= %s AND period_start < %s"
)

CATALOGUE = "SELECT version FROM catalogue WHERE path = %s"

UNBALANCED = """
SELECT granularity, period_start, region, received, counted, duplicate, too_short, over_cap, excluded
FROM balance JOIN chart USING (granularity, region, period_start)
WHERE granularity = %s AND period_start >= %s AND period_start < %s
  AND (status = 'held' OR received <> counted + duplicate + too_short + over_cap + excluded OR plays <> counted)
ORDER BY period_start, region LIMIT 5
"""

# Plays as received: what is counted may be less in the world than in its regions, for the cap holds in each chart.
UNSUMMED = """
SELECT period_start,
       sum(received) FILTER (WHERE region = 'GLOBAL') AS world,
       sum(received) FILTER (WHERE region <> 'GLOBAL') AS regions
FROM balance WHERE granularity = %s AND period_start >= %s AND period_start < %s
GROUP BY period_start
HAVING sum(received) FILTER (WHERE region = 'GLOBAL') IS DISTINCT FROM sum(received) FILTER (WHERE region <> 'GLOBAL')
ORDER BY period_start LIMIT 5
"""

PASS_STAGE = """
INSERT INTO pipeline_stage (stage, passed_until, updated_at) VALUES (%s, %s, now())
ON CONFLICT (stage) DO UPDATE SET passed_until = excluded.passed_until, updated_at = excluded.updated_at
WHERE pipeline_stage.passed_until < excluded.passed_until
"""


def database() -> Any:
    """The connection top_songs_db."""
    from airflow.providers.postgres.hooks.postgres import PostgresHook

    return PostgresHook(runs.DATABASE)


def charted(start: datetime, end: datetime) -> dict[Period, tuple[str, str]]:
    """What every charted period of the range was made from, as a digest, and as what: final or provisional."""
    rows = database().get_records(CHARTED, parameters=(start, end))
    return {Period(granularity, at.astimezone(UTC)): (made_from, status) for granularity, at, made_from, status in rows}


def has_other_songs(catalogue: str | None) -> bool:
    """Whether PostgreSQL's songs are not those of this catalogue, of an ETag; without one they stay."""
    return catalogue is not None and (catalogue,) not in database().get_records(CATALOGUE, parameters=(lake.SONGS,))


def pass_stage(stage: str, until: datetime) -> None:
    """Says that a stage has passed everything before this. It never goes back."""
    database().run(PASS_STAGE, parameters=(stage, until))


def changed(now: datetime, settled: datetime) -> list[Period]:
    """The hours and days whose plays in the lake are not those that their chart was made from.

    A period that has just ended and has no final chart yet is not among them: its own DAG closes it.
    """
    start = lake.floor("day", now - HORIZON)
    end = lake.floor("day", now) + timedelta(days=2)
    known = charted(start, end)
    changed_periods = []
    for period, digest in lake.inputs(start, end).items():
        made_from, status = known.get(period, ("", "none"))
        if is_due(period, status, settled) and is_changed(period, status, digest != made_from, settled):
            changed_periods.append(period)
    return sorted(changed_periods, key=lambda period: (period.start, period.granularity))


def is_due(period: Period, status: str, settled: datetime) -> bool:
    """Running, charted as final before, or left open longer than its own DAG takes."""
    return period.end > settled or status == "final" or period.end + OVERDUE <= settled


def is_changed(period: Period, status: str, has_other_plays: bool, settled: datetime) -> bool:
    """Other plays, or a provisional chart of a period that is over."""
    return has_other_plays or (status == "provisional" and period.end <= settled)


def ranges(changed_periods: list[Period]) -> list[tuple[datetime, datetime]]:
    """The ranges of hours that lie together and have a part in every changed period.

    Of many, the newest and any of the others: whatever changes again and again, each has its turn.
    """
    hours = sorted({period.start for period in changed_periods if period.granularity == "hour"})
    days = (period for period in changed_periods if period.granularity == "day")
    alone = [day.start for day in days if not any(day.start <= hour < day.end for hour in hours)]
    found: list[tuple[datetime, datetime]] = []
    for hour in sorted(hours + alone):
        if found and found[-1][1] == hour:
            found[-1] = (found[-1][0], hour + lake.HOUR)
        else:
            found.append((hour, hour + lake.HOUR))
    others = random.sample(found[:-1], min(MAX_RANGES - 1, len(found) - 1)) if found else []
    return sorted(others) + found[-1:]


def reconcile(granularity: str, start: datetime, end: datetime) -> str:
    """Holds PostgreSQL against the lake and every chart against its balance.

    :raises AirflowFailException: charts do not add up; trying again would not change it
    :raises RuntimeError: the lake has other charts, as it does for a moment while another run replaces them
    """
    start = lake.floor(granularity, start)
    if wrong := [*unbalanced(granularity, start, end), *unsummed(granularity, start, end)]:
        raise AirflowFailException(f"Cannot reconcile: {'; '.join(wrong)}")
    if unlike := unlike_lake(granularity, start, end):
        shown = "; ".join(unlike[:SHOWN_PERIODS])
        raise RuntimeError(f"Cannot reconcile {len(unlike)} periods, such as {shown}")
    count = sum(period.granularity == granularity for period in charted(start, end))
    return f"Every {granularity} chart from {start:%Y-%m-%dT%H:%MZ} to {end:%Y-%m-%dT%H:%MZ} adds up ({count} periods)"


def unbalanced(granularity: str, start: datetime, end: datetime) -> list[str]:
    rows = database().get_records(UNBALANCED, parameters=(granularity, start, end))
    return [
        f"{Period(name, at.astimezone(UTC))} {region} received {received}, which is not {counted} counted"
        f" + {duplicate} duplicate + {too_short} too short + {over_cap} over the cap + {excluded} excluded"
        for name, at, region, received, counted, duplicate, too_short, over_cap, excluded in rows
    ]


def unsummed(granularity: str, start: datetime, end: datetime) -> list[str]:
    rows = database().get_records(UNSUMMED, parameters=(granularity, start, end))
    return [
        f"{Period(granularity, at.astimezone(UTC))} received {world} plays in the world and {regions} in its regions"
        for at, world, regions in rows
    ]


def unlike_lake(granularity: str, start: datetime, end: datetime) -> list[str]:
    loaded = charted(start, end)
    return [
        f"{period} in PostgreSQL is not the one in charts/"
        for period in lake.periods(granularity, start, end)
        if loaded.get(period) != lake.charted(period)
    ]
