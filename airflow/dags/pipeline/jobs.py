"""The Java jobs as tasks: one helper makes every spark-submit."""

from __future__ import annotations

import os
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk import BaseOperator

from pipeline.defaults import POOL

ROOT = Path(os.environ.get("TOP_SONGS_ROOT", Path(__file__).parents[3]))
VERSION = "0.1.0"
ENRICHMENT = "topsongs.enrichment.EnrichmentJob"
AGGREGATION = "topsongs.aggregation.AggregationJob"

# Of the counting rules: those that each period was last charted by.
SAME_RULES = "same"

START = "{{ data_interval_start | ts }}"
END = "{{ data_interval_end | ts }}"


def spark_job(task_id: str, room: str, java_class: str, arguments: list[Any], **kwargs: Any) -> BaseOperator:
    """A spark-submit of a room's main class.

    The master comes from the connection spark_default, driver memory and the like from spark-defaults.conf, endpoints
    and secrets from TOP_SONGS_… in the environment. Name and job descriptions carry the DAG and its run into the Spark
    UI; spark.topsongs.log, in its environment tab, leads back. The job ends with the process of its task.
    """
    return SparkSubmitOperator(
        task_id=task_id,
        application=str(ROOT / room / "target" / f"{room}-{VERSION}.jar"),
        java_class=java_class,
        application_args=arguments,
        jars=",".join(libraries(room)),
        name=f"{{{{ dag.dag_id }}}} {task_id} {{{{ run_id }}}}",
        conf={"spark.topsongs.log": "{{ ti.log_url }}"},
        env_vars={"TOP_SONGS_RUN": "{{ dag.dag_id }} {{ run_id }}", "TOP_SONGS_TASK": "{{ process_id() }}"},
        pool=POOL,
        **kwargs,
    )


def libraries(room: str) -> list[str]:
    """The jars of a room's classpath that Spark does not bring itself; none before the room is built."""
    spark = find_spec("pyspark")
    own = Path(str(spark and spark.origin)).parent / "jars"
    classpath = ROOT / room / "target" / "classpath.txt"
    jars = classpath.read_text().strip().split(":") if classpath.exists() else []
    return [jar for jar in jars if not (own / Path(jar).name).exists()]


def enrich(start: Any = START, end: Any = END, **kwargs: Any) -> BaseOperator:
    """enrichment-job over a half-open range of hours: plays/ → enriched/."""
    return spark_job("enrich", "enrichment-job", ENRICHMENT, hours(start, end), **kwargs)


def aggregate(
    granularity: str,
    start: Any = START,
    end: Any = END,
    settled: Any = END,
    rules: Any = SAME_RULES,
    **kwargs: Any,
) -> BaseOperator:
    """aggregation-job: enriched/ → charts/. What ends after `settled` is provisional."""
    arguments = ["aggregate", *hours(start, end), *charts(granularity, settled), "--rules", rules]
    return spark_job("aggregate", "aggregation-job", AGGREGATION, arguments, **kwargs)


def load(granularity: str, start: Any = START, end: Any = END, settled: Any = END, **kwargs: Any) -> BaseOperator:
    """aggregation-job: charts/ → PostgreSQL."""
    arguments = ["load", *hours(start, end), *charts(granularity, settled)]
    return spark_job("load", "aggregation-job", AGGREGATION, arguments, **kwargs)


def audit() -> BaseOperator:
    """aggregation-job: Kafka's offsets against plays/ and rejected/. A record is as missing at a second look."""
    return spark_job("audit", "aggregation-job", AGGREGATION, ["audit"], retries=0)


def songs(**kwargs: Any) -> BaseOperator:
    """aggregation-job: catalogue/ → PostgreSQL."""
    return spark_job("songs", "aggregation-job", AGGREGATION, ["songs"], **kwargs)


def hours(start: Any, end: Any) -> list[Any]:
    return ["--from", start, "--to", end]


def charts(granularity: str, settled: Any) -> list[Any]:
    return ["--granularity", granularity, "--settled-until", settled]


LONG = {"execution_timeout": timedelta(hours=3)}
