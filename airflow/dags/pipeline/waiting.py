"""Waiting for the lake without holding a worker: the triggerer looks, the task sleeps."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import BaseOperator
from airflow.triggers.base import BaseTrigger, TriggerEvent

from pipeline import lake

LOOK_EVERY = timedelta(seconds=10)


def stream_behind(_start: datetime, end: datetime) -> str | None:
    """Why the range is not complete in plays/ yet, or None: the stream must have passed its end and the grace."""
    passed, wanted = lake.stream_passed(), end + lake.GRACE
    if passed and passed >= wanted:
        return None
    return f"the stream has passed {f'{passed:%Y-%m-%dT%H:%M:%SZ}' if passed else 'nothing'}, not {wanted:%H:%M:%SZ}"


def hours_open(start: datetime, end: datetime) -> str | None:
    """Why the hours of the range are not all closed yet, or None. What comes late to a closed hour is restated."""
    hours = lake.open_hours(start, end)
    return f"{len(hours)} hours have no final chart, such as {hours[0]}" if hours else None


CONDITIONS = {"stream": stream_behind, "hours": hours_open}


class LakeTrigger(BaseTrigger):
    """Fires when a condition on the lake holds, or with the reason why it does not at the deadline."""

    def __init__(self, condition: str, start: str, end: str, deadline: str) -> None:
        super().__init__()
        self.condition, self.start, self.end, self.deadline = condition, start, end, deadline

    def serialize(self) -> tuple[str, dict[str, Any]]:
        fields = ("condition", "start", "end", "deadline")
        return "pipeline.waiting.LakeTrigger", {name: getattr(self, name) for name in fields}

    async def run(self) -> AsyncIterator[TriggerEvent]:
        while (reason := await self.look()) and datetime.now(UTC) < datetime.fromisoformat(self.deadline):
            await asyncio.sleep(LOOK_EVERY.total_seconds())
        yield TriggerEvent(reason)

    async def look(self) -> str | None:
        """A store that is away for a moment is one more reason to wait."""
        from minio.error import MinioException
        from urllib3.exceptions import HTTPError

        start, end = datetime.fromisoformat(self.start), datetime.fromisoformat(self.end)
        try:
            return await asyncio.to_thread(CONDITIONS[self.condition], start, end)
        except (MinioException, HTTPError) as error:
            return f"the lake cannot be read: {error}"


class LakeSensor(BaseOperator):
    """Waits until the run's data interval is complete in the lake.

    :param condition: stream (plays/ has every play that arrived by the end and the grace) or hours (each is closed)
    :param patience: how long to wait before the task fails with the reason
    """

    def __init__(self, *, condition: str, patience: timedelta = timedelta(hours=2), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.condition = condition
        self.patience = patience

    def execute(self, context: Any) -> None:
        """Defers, which frees the worker; the time until the deadline begins now."""
        trigger = LakeTrigger(
            self.condition,
            context["data_interval_start"].isoformat(),
            context["data_interval_end"].isoformat(),
            (datetime.now(UTC) + self.patience).isoformat(),
        )
        # The longer limit is for a triggerer that is not there to look.
        self.defer(trigger=trigger, method_name="resume", timeout=self.patience + timedelta(minutes=10))

    def resume(self, context: Any, event: str | None) -> None:
        """Ends well, or fails with what was still missing at the deadline."""
        if event:
            raise TimeoutError(
                f"Cannot chart {context['data_interval_start']:%Y-%m-%dT%H:%MZ} to "
                f"{context['data_interval_end']:%H:%MZ}: after {self.patience} {event}. Is streaming-job running?"
            )
