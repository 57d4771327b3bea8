"""The Java jobs as tasks: one helper makes every spark-submit."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator

from pipeline.defaults import POOL

ROOT = Path(os.environ.get("TOP_SONGS_ROOT", Path(__file__).parents[3]))
VERSION = "0.1.0"

START = "{{ data_interval_start | ts }}"
END = "{{ data_interval_end | ts }}"


def spark_job(task_id: str, room: str, java_class: str, **kwargs: Any) -> dict[str, Any]:
    """The arguments of a SparkSubmitOperator that runs a room's main class.

    The master comes from the connection spark_default, driver memory and the like from spark-defaults.conf, endpoints
    and secrets from TOP_SONGS_… in the environment. Name and job descriptions carry the DAG and its run into the Spark
    UI; spark.topsongs.log, in its environment tab, leads back.
    """
    return {
        "task_id": task_id,
        "application": str(ROOT / room / "target" / f"{room}-{VERSION}.jar"),
        "java_class": java_class,
        "jars": ",".join(libraries(room)),
        "name": f"{{{{ dag.dag_id }}}} {task_id} {{{{ run_id }}}}",
        "conf": {"spark.topsongs.log": "{{ ti.log_url }}"},
        "env_vars": {"TOP_SONGS_RUN": "{{ dag.dag_id }} {{ run_id }}"},
        "pool": POOL,
        **kwargs,
    }


def libraries(room: str) -> list[str]:
    """The jars of a room's classpath that Spark does not bring itself; none before the room is built."""
    import pyspark

    own = Path(pyspark.__file__).parent / "jars"
    classpath = ROOT / room / "target" / "classpath.txt"
    jars = classpath.read_text().strip().split(":") if classpath.exists() else []
    return [jar for jar in jars if not (own / Path(jar).name).exists()]


def enrich(start: str = START, end: str = END, **kwargs: Any) -> SparkSubmitOperator:
    """enrichment-job over a half-open range of hours: plays/ → enriched/."""
    return SparkSubmitOperator(**enrichment(**kwargs), application_args=hours(start, end))


def aggregate(
    granularity: str, start: str = START, end: str = END, settled: str = END, **kwargs: Any
) -> SparkSubmitOperator:
    """aggregation-job: enriched/ → charts/. What ends after `settled` is provisional."""
    return SparkSubmitOperator(
        **aggregation("aggregate", **kwargs),
        application_args=["aggregate", *hours(start, end), *charts(granularity, settled)],
    )


def load(
    granularity: str, start: str = START, end: str = END, settled: str = END, **kwargs: Any
) -> SparkSubmitOperator:
    """aggregation-job: charts/ → PostgreSQL."""
    return SparkSubmitOperator(
        **aggregation("load", **kwargs),
        application_args=["load", *hours(start, end), *charts(granularity, settled)],
    )


def enrichment(**kwargs: Any) -> dict[str, Any]:
    return spark_job("enrich", "enrichment-job", "topsongs.enrichment.EnrichmentJob", **kwargs)


def aggregation(task_id: str, **kwargs: Any) -> dict[str, Any]:
    return spark_job(task_id, "aggregation-job", "topsongs.aggregation.AggregationJob", **kwargs)


def hours(start: str, end: str) -> list[str]:
    return [f"--from={start}", f"--to={end}"]


def charts(granularity: str, settled: str) -> list[str]:
    return [f"--granularity={granularity}", f"--settled-until={settled}"]


LONG = {"execution_timeout": timedelta(hours=3)}
