"""### Charts again what has other plays than its chart was made from

Every five minutes **find** lists the files of `plays/` of the last 15 days (no play may be older when it arrives) and
compares them, period by period, with what PostgreSQL says each chart was made from. What differs is charted again:

- a **late play** for an hour that is final: the hour and its day get a new revision, and no other chart changes;
- the **running** hour and day: provisional charts, a few minutes old at most;
- an hour or day that **failed** or was missed, an hour after its end.

Hours that lie together are one range; each range is three job runs. Nothing to do, nothing started.
"""

from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk import DAG, CronTriggerTimetable, chain

from pipeline import jobs, tasks
from pipeline.defaults import DAGS, first_hour


def run(*command: str):
    """A job's command line for a range that find has found."""
    return lambda found: [*command, *jobs.hours(found["from"], found["to"]), *found["charts"]]


with DAG(
    "top_songs_restate",
    schedule=CronTriggerTimetable("*/5 * * * *", timezone="UTC"),
    start_date=first_hour(),
    catchup=False,
    doc_md=__doc__,
    tags=["charts", "late plays"],
    **DAGS,
):
    found = tasks.find_changed()
    chain(
        SparkSubmitOperator.partial(**jobs.enrichment()).expand(
            application_args=found.map(lambda r: jobs.hours(r["from"], r["to"]))
        ),
        SparkSubmitOperator.partial(**jobs.aggregation("aggregate")).expand(
            application_args=found.map(run("aggregate"))
        ),
        SparkSubmitOperator.partial(**jobs.aggregation("load")).expand(application_args=found.map(run("load"))),
        tasks.reconcile_found(found),
    )
