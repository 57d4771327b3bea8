"""Whether charts add up, asked of a real PostgreSQL: the one that `mvn -pl launcher -am package` makes."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from airflow.sdk.exceptions import AirflowFailException

from pipeline import charts

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "launcher" / "target"
MIGRATIONS = ROOT / "contract" / "src" / "main" / "resources" / "db" / "migration"

AT_13 = datetime(2026, 11, 22, 13, tzinfo=UTC)
AT_14 = AT_13 + timedelta(hours=1)

CHART = """
INSERT INTO chart (granularity, region, period_start, status, revision, computed_at, rules_version,
                   plays, listeners, songs, content_hash)
VALUES ('hour', %s, %s, 'final', 1, now(), '1', %s, 1, 1, 'hash')
"""

BALANCE = """
INSERT INTO balance (granularity, region, period_start, received, counted, duplicate, too_short, over_cap, unknown_song)
VALUES ('hour', %s, %s, %s, %s, 2, 0, 0, 0)
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[str]:
    """The address of an empty database."""
    classpath = f"{TARGET / 'launcher-0.1.0.jar'}:{(TARGET / 'classpath.txt').read_text().strip()}"
    serve = ["java", "-cp", classpath, "topsongs.launcher.TopSongs", "serve", "postgres", "--stop-with-parent"]
    folder = f"--folder={tmp_path_factory.mktemp('postgres')}"
    process = subprocess.Popen([*serve, folder], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        port = next(line.split()[1] for line in process.stdout if line.startswith("ready "))
        yield f"postgresql://top_songs:any@127.0.0.1:{port}/top_songs"
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture(scope="module")
def database(server) -> Iterator[psycopg.Connection]:
    """The charts' tables."""
    with psycopg.connect(server, autocommit=True) as connection:
        for migration in sorted(MIGRATIONS.glob("V*.sql"), key=lambda file: int(file.name[1:].split("__")[0])):
            connection.execute(migration.read_bytes())
        yield connection


@pytest.fixture(autouse=True)
def charted_hour(server, database, monkeypatch) -> None:
    """An hour that adds up: 40 of 42 plays of Canada counted, and so of the world."""
    monkeypatch.setenv("AIRFLOW_CONN_TOP_SONGS_DB", server)
    database.execute("TRUNCATE chart, chart_period CASCADE")
    for region in ("CA", "GLOBAL"):
        database.execute(CHART, (region, AT_13, 40))
        database.execute(BALANCE, (region, AT_13, 42, 40))


def test_hour_that_adds_up_is_not_found():
    assert charts.unbalanced("hour", AT_13, AT_14) == []
    assert charts.unsummed("hour", AT_13, AT_14) == []


@pytest.mark.parametrize(
    ("tampering", "said"),
    [
        ("UPDATE balance SET duplicate = 3 WHERE region = 'CA'", "13:00Z CA received 42, which is not 40 counted"),
        ("UPDATE chart SET plays = 41 WHERE region = 'CA'", "13:00Z CA received 42"),
        ("UPDATE chart SET status = 'held' WHERE region = 'CA'", "13:00Z CA received 42"),
        ("UPDATE balance SET received = 43, counted = 41 WHERE region = 'CA'", "received 42 plays in the world and 43"),
    ],
)
def test_hour_that_was_tampered_with_fails_its_run_without_another_try(database, tampering, said):
    database.execute(tampering)
    with pytest.raises(AirflowFailException, match="Cannot reconcile: .*" + said):
        charts.reconcile("hour", AT_13, AT_14)


def test_other_hours_do_not_fail_with_it(database):
    database.execute("UPDATE balance SET duplicate = 3")
    assert charts.unbalanced("hour", AT_14, AT_14 + timedelta(hours=1)) == []
