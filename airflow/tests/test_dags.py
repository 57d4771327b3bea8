"""What holds for the structure of all DAGs at once. Their runs are the journey's business."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from airflow.dag_processing.dagbag import DagBag
from conftest import DAGS

IDS = [
    "lake_maintenance",
    "top_songs_audit",
    "top_songs_backfill",
    "top_songs_daily",
    "top_songs_hourly",
    "top_songs_restate",
]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(DAGS)}
SPARK_JOBS = ["enrich", "aggregate", "load", "audit", "songs"]


@pytest.fixture(scope="session")
def bag() -> DagBag:
    return DagBag(str(DAGS))


@pytest.fixture(params=IDS)
def dag(request, bag):
    return bag.dags[request.param]


def test_every_file_is_one_dag_of_its_name_without_import_errors(bag):
    assert bag.import_errors == {}
    assert sorted(bag.dags) == IDS
    assert sorted(path.stem for path in DAGS.glob("*.py")) == IDS


def test_documented_tagged_and_owned(dag):
    assert dag.doc_md.startswith("### ")
    assert dag.tags
    assert {task.owner for task in dag.tasks} == {"top-songs"}


def test_one_run_at_a_time_whose_end_is_recorded(dag):
    assert dag.max_active_runs == 1
    assert dag.on_success_callback
    assert dag.on_failure_callback


def test_every_task_is_retried_with_backoff_limited_and_tells_when_it_fails(dag):
    for task in dag.tasks:
        assert timedelta(0) < task.execution_timeout <= timedelta(hours=3), task.task_id
        assert task.on_failure_callback, task.task_id
        if task.task_id not in ("check_range", "audit"):  # another look at the same would not help
            assert task.retries >= 2, task.task_id
            assert task.retry_exponential_backoff, task.task_id
            assert task.max_retry_delay == timedelta(minutes=10), task.task_id


@pytest.mark.parametrize(("setting", "delay"), [({}, 30.0), ({"TOP_SONGS_RETRY_DELAY": "3"}, 3.0)])
def test_delay_before_the_second_try_is_a_setting(setting, delay):
    script = "from pipeline import defaults; print(defaults.TASKS['retry_delay'].total_seconds())"
    environment = {name: value for name, value in ENVIRONMENT.items() if name != "TOP_SONGS_RETRY_DELAY"} | setting
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment)
    assert float(ran.stdout.splitlines()[-1]) == delay


def test_no_cycles_and_no_task_alone(dag):
    assert len(dag.topological_sort()) == len(dag.tasks)
    for task in dag.tasks:
        assert task.upstream_task_ids or task.downstream_task_ids, task.task_id


def test_spark_jobs_queue_in_the_pool_of_one(dag):
    for task in dag.tasks:
        is_job = task.task_id.removeprefix("restate.") in SPARK_JOBS
        assert task.pool == ("charting" if is_job else "default_pool"), task.task_id
        assert task.task_type == "SparkSubmitOperator" if is_job else True


@pytest.mark.parametrize(
    ("dag_id", "order"),
    [
        ("top_songs_hourly", ["wait", "any_plays", "enrich", "aggregate", "load", "reconcile"]),
        ("top_songs_daily", ["wait", "wait_for_hours", "any_plays", "aggregate", "load", "reconcile"]),
        ("top_songs_backfill", ["check_range", "enrich", "aggregate", "load", "reconcile"]),
        (
            "top_songs_restate",
            [
                "catalogue_changed",
                "songs",
                "find_changed",
                *(f"restate.{task}" for task in ("enrich", "aggregate", "load", "reconcile")),
            ],
        ),
        ("lake_maintenance", ["find", "remove"]),
        ("top_songs_audit", ["any_progress", "audit"]),
    ],
)
def test_order_of_tasks(bag, dag_id, order):
    assert [task.task_id for task in bag.dags[dag_id].topological_sort()] == order


def test_backfill_offers_every_version_of_the_counting_rules(bag):
    published = (DAGS.parents[1] / "contract/src/main/resources/counting-rules").glob("*.properties")
    offered = bag.dags["top_songs_backfill"].params.get_param("rules").schema["enum"]
    assert offered == ["same", *sorted(file.stem for file in published)]


def test_songs_are_loaded_only_after_the_catalogue_changed_and_charts_do_not_wait_for_them(bag):
    restate = bag.dags["top_songs_restate"]
    assert restate.get_task("songs").upstream_task_ids == {"catalogue_changed"}
    assert not restate.get_task("songs").downstream_task_ids
    assert not restate.get_task("find_changed").upstream_task_ids


@pytest.mark.parametrize(
    ("dag_id", "start", "end"),
    [
        ("top_songs_hourly", datetime(2026, 11, 22, 13, tzinfo=UTC), datetime(2026, 11, 22, 14, tzinfo=UTC)),
        ("top_songs_daily", datetime(2026, 11, 22, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC)),
    ],
)
def test_data_interval_is_the_whole_period(bag, dag_id, start, end):
    dag = bag.dags[dag_id]
    from airflow.serialization.serialized_objects import DagSerialization

    timetable = DagSerialization.from_dict(DagSerialization.to_dict(dag)).timetable
    from airflow.timetables.base import TimeRestriction

    first = timetable.next_dagrun_info(
        last_automated_data_interval=None, restriction=TimeRestriction(dag.start_date, None, dag.catchup)
    )
    assert (first.data_interval.start, first.data_interval.end) == (start, end)


def test_files_work_at_the_top_level_for_less_than_a_second_of_processor_time():
    """Beyond Airflow's own import: seconds of this process, not of the clock."""
    script = (
        "import time, sys, glob, runpy; import airflow.sdk, airflow.triggers.base;"
        "import airflow.providers.apache.spark.operators.spark_submit;"
        "begun = time.process_time();"
        f"[runpy.run_path(file) for file in glob.glob({str(DAGS)!r} + '/*.py')];"
        "print(time.process_time() - begun)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=ENVIRONMENT)
    assert float(ran.stdout.splitlines()[-1]) < 1.0, ran.stderr


def test_no_file_talks_to_the_outside_while_it_is_read():
    """The lake and the database are asked in tasks: at module level nothing of them is called."""
    for file in DAGS.rglob("*.py"):
        for node in ast.parse(file.read_text()).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
                continue
            called = {ast.unparse(call.func) for call in ast.walk(node) if isinstance(call, ast.Call)}
            assert not {
                name
                for name in called
                if name.startswith(("lake.client", "lake.read", "lake.stream", "lake.inputs", "charts."))
            }, file
