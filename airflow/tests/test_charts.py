"""Which periods are charted again, and in which ranges."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from pipeline import charts, lake, runs
from pipeline.lake import Period

HOUR = timedelta(hours=1)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def hour(offset: int) -> Period:
    return Period("hour", NOON + offset * HOUR)


def test_digest_is_that_of_sorted_lines():
    """As aggregation-job's Input has it: the value is of `printf 'a\\nb\\n' | sha256sum`."""
    assert lake.digest(["b", "a"]) == "911169ddaaf146aff539f58c26c489af3b892dff0fe283c1c264c65ae5aa59a2"


def test_periods_have_a_part_in_the_half_open_range():
    assert lake.periods("hour", NOON, NOON + 2 * HOUR) == [hour(0), hour(1)]
    assert lake.periods("day", NOON, NOON + 12 * HOUR) == [Period("day", NOON.replace(hour=0))]
    assert len(lake.periods("day", NOON, NOON + 13 * HOUR)) == 2


@pytest.mark.parametrize(
    ("status", "made_from", "settled", "again"),
    [
        ("final", "same", NOON + HOUR, False),
        ("final", "other", NOON + HOUR, True),  # a late play
        ("none", "", NOON + HOUR, False),  # just over: the hourly DAG closes it
        ("provisional", "same", NOON + HOUR, False),
        ("none", "", NOON + 2 * HOUR, True),  # overdue
        ("provisional", "same", NOON + 2 * HOUR, True),
        ("none", "", NOON, True),  # running
        ("provisional", "same", NOON, False),
        ("provisional", "other", NOON, True),
    ],
)
def test_what_is_charted_again(status, made_from, settled, again):
    due = charts.is_due(hour(0), status, settled)
    assert (due and charts.is_changed(hour(0), status, made_from != "same", settled)) is again


def test_hours_that_lie_together_are_one_range():
    day = Period("day", NOON.replace(hour=0))
    assert charts.ranges([day, hour(0), hour(1), hour(3)]) == [
        (NOON, NOON + 2 * HOUR),
        (NOON + 3 * HOUR, NOON + 4 * HOUR),
    ]


def test_day_without_changed_hours_is_reached_through_one_of_its_hours():
    day = Period("day", NOON.replace(hour=0))
    assert charts.ranges([day]) == [(day.start, day.start + HOUR)]


def test_of_many_ranges_the_newest_and_some_others_have_their_turn_without_the_gaps_between():
    changed = [hour(3 * n) for n in range(40)]
    found = charts.ranges(changed)
    assert len(found) == charts.MAX_RANGES
    assert found[-1] == (changed[-1].start, changed[-1].end)
    assert set(found) <= {(each.start, each.end) for each in changed}


def test_nothing_changed_is_no_range():
    assert charts.ranges([]) == []


class Records:
    """PostgreSQL that has loaded one catalogue, or none."""

    def __init__(self, *versions: str) -> None:
        self.rows = [(version,) for version in versions]

    def get_records(self, sql: str, parameters: tuple[str]) -> list[tuple[str]]:
        assert sql == charts.CATALOGUE and parameters == ("catalogue/songs.jsonl",)
        return self.rows


@pytest.mark.parametrize(
    ("loaded", "catalogue", "changed"),
    [(["a"], "a", False), (["a"], "b", True), ([], "a", True), (["a"], None, False), ([], None, False)],
)
def test_songs_are_loaded_where_the_catalogue_is_another_one(monkeypatch, loaded, catalogue, changed):
    monkeypatch.setattr(charts, "database", lambda: Records(*loaded))
    assert charts.has_other_songs(catalogue) is changed


def test_error_line_is_the_jobs_own():
    failure = (
        "Cannot execute: spark-submit --class X. Error code is: 1.\nLast spark-submit output:\n"
        "\tat java\nCannot load charts: no route\n"
    )
    assert runs.error_line(failure) == "Cannot load charts: no route"
    assert runs.error_line(ValueError("bad")) == "bad"
    assert runs.error_line(TimeoutError()) == "TimeoutError"
    assert runs.error_line(None) == "the task was killed"


class Tables:
    """Holds the two tables that are asked, as PostgreSQL answers: SQLite reads the same statement."""

    def __init__(self, *balances: tuple[object, ...]) -> None:
        self.database = sqlite3.connect(":memory:")
        key = "granularity, period_start, region"
        self.database.execute(f"CREATE TABLE chart ({key}, status, plays)")
        self.database.execute(
            f"CREATE TABLE balance ({key}, received, counted, duplicate, too_short, over_cap, excluded)"
        )
        for region, *numbers in balances:
            at = ("hour", NOON.isoformat(), region)
            self.database.execute("INSERT INTO chart VALUES (?, ?, ?, 'final', ?)", (*at, numbers[1]))
            self.database.execute("INSERT INTO balance VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*at, *numbers))

    def get_records(self, sql: str, parameters: tuple[object, ...]) -> list[tuple[object, ...]]:
        given = [each.isoformat() if isinstance(each, datetime) else each for each in parameters]
        rows = self.database.execute(sql.replace("%s", "?"), given)
        return [(name, datetime.fromisoformat(at), *others) for name, at, *others in rows]


def test_what_is_excluded_balances(monkeypatch):
    tables = Tables(("CA", 15, 5, 1, 2, 3, 4))
    monkeypatch.setattr(charts, "database", lambda: tables)
    assert charts.unbalanced("hour", NOON, NOON + HOUR) == []


def test_what_does_not_add_up_is_told_line_by_line(monkeypatch):
    tables = Tables(("CA", 15, 5, 1, 2, 3, 4), ("FR", 15, 5, 1, 2, 3, 0))
    monkeypatch.setattr(charts, "database", lambda: tables)
    assert charts.unbalanced("hour", NOON, NOON + HOUR) == [
        "hour 2026-11-22T12:00Z FR received 15, which is not 5 counted"
        " + 1 duplicate + 2 too short + 3 over the cap + 0 excluded"
    ]
