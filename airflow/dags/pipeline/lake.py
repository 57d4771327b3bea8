"""What the lake holds, read from its file names and small files. Rows are the Spark jobs' business.

Layout and names are contract's Lake.java; times are UTC.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minio import Minio

BUCKET = os.environ.get("TOP_SONGS_LAKE", "s3a://top-songs").removeprefix("s3a://").rstrip("/")
SONGS = "catalogue/songs.jsonl"
HOUR = timedelta(hours=1)

# How long after a period's end its stragglers are waited for; later plays are restated.
GRACE = timedelta(minutes=1)
LENGTH = {"hour": HOUR, "day": timedelta(days=1)}


@dataclass(frozen=True)
class Period:
    """A chart period. Half open."""

    granularity: str
    start: datetime

    @property
    def end(self) -> datetime:
        return self.start + LENGTH[self.granularity]

    def __str__(self) -> str:
        return f"{self.granularity} {self.start:%Y-%m-%dT%H:%MZ}"


def client() -> Minio:
    """The object store of TOP_SONGS_S3_ENDPOINT, by the same variables as every other part."""
    from minio import Minio

    endpoint = os.environ.get("TOP_SONGS_S3_ENDPOINT", "http://127.0.0.1:9000")
    scheme, _, address = endpoint.partition("://")
    return Minio(
        address,
        access_key=os.environ.get("TOP_SONGS_S3_ACCESS_KEY", ""),
        secret_key=os.environ.get("TOP_SONGS_S3_SECRET_KEY", ""),
        region="us-east-1",
        secure=scheme == "https",
    )


def stream_passed() -> datetime | None:
    """Every play that arrived before this is in the lake; None while the stream has said nothing."""
    text = read("progress/stream.json")
    passed = json.loads(text).get("complete_until") if text else None
    return datetime.fromisoformat(passed) if passed else None


def settled_until(passed: datetime | None) -> datetime:
    """Up to when hours are complete, given how far the stream is; the epoch when nobody knows."""
    return floor("hour", passed - GRACE) if passed else datetime.fromtimestamp(0, UTC)


def floor(granularity: str, instant: datetime) -> datetime:
    """The start of the UTC hour or day that holds the instant."""
    hour = instant.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    return hour if granularity == "hour" else hour.replace(hour=0)


def periods(granularity: str, start: datetime, end: datetime) -> list[Period]:
    """Every period that has a part in the half-open range."""
    found, at = [], floor(granularity, start)
    while at < end:
        found.append(Period(granularity, at))
        at += LENGTH[granularity]
    return found


def inputs(start: datetime, end: datetime) -> dict[Period, str]:
    """The digest of the plays/ files of every hour and day in the range of whole days that has any.

    It is what aggregation-job stores as chart_period.input: SHA-256 of the sorted paths below plays/, a line each.
    """
    found: dict[Period, list[str]] = {}
    for day in periods("day", start, end):
        for path in play_files(day.start.date()):
            for period in (Period("hour", day.start + hour_of(path)), day):
                found.setdefault(period, []).append(path)
    return {period: digest(paths) for period, paths in found.items()}


def digest(paths: list[str]) -> str:
    """SHA-256, in hex, of the sorted paths with a newline each."""
    return hashlib.sha256("".join(f"{path}\n" for path in sorted(paths)).encode()).hexdigest()


def play_files(day: date) -> Iterator[str]:
    """Paths below plays/ of the day's Parquet files, such as event_date=2026-11-22/event_hour=9/part-….parquet."""
    for path in names(f"plays/event_date={day}/"):
        if path.endswith(".parquet") and not path.rpartition("/")[2].startswith(("_", ".")):
            yield path.removeprefix("plays/")


def hour_of(path: str) -> timedelta:
    """The hour of the day that a file's path names."""
    return timedelta(hours=int(path.split("event_hour=")[1].split("/", maxsplit=1)[0]))


def charted(period: Period) -> tuple[str, str] | None:
    """What charts/ of this period were made from, as a digest, and as what: final or provisional."""
    text = read(f"charts/granularity={period.granularity}/period_start={period.start:%Y-%m-%dT%H}/_input")
    if not text:
        return None
    digest_of_input, status = text.split()
    return digest_of_input, status


def open_hours(start: datetime, end: datetime) -> list[Period]:
    """The hours of a range of whole days that have plays and no final chart yet."""
    hours = (period for period in inputs(start, end) if period.granularity == "hour")
    return [hour for hour in hours if (charted(hour) or ("", ""))[1] != "final"]


def catalogue() -> str | None:
    """Which catalogue there is: its ETag, as aggregation-job stores it; None where there is none."""
    from minio.error import S3Error

    try:
        return client().stat_object(BUCKET, SONGS).etag
    except S3Error as error:
        if error.code in ("NoSuchKey", "NoSuchBucket"):
            return None
        raise


def names(prefix: str) -> Iterator[str]:
    """The objects below a prefix, whatever depth."""
    return (entry.object_name for entry in client().list_objects(BUCKET, prefix, recursive=True))


def read(path: str) -> str | None:
    """A small object as text; None where there is none."""
    from minio.error import S3Error

    try:
        response = client().get_object(BUCKET, path)
    except S3Error as error:
        if error.code in ("NoSuchKey", "NoSuchBucket"):
            return None
        raise
    try:
        return response.read().decode()
    finally:
        response.close()
        response.release_conn()
