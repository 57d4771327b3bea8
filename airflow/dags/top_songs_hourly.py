"""### Charts every hour, once, when it is over

1. **wait** until the stream has passed the hour's end and a minute of grace. A deferred task: it holds no worker.
2. **any_plays** skips the rest of an hour in which nobody listened.
3. **enrich** removes duplicates and puts each play beside its song (`plays/` → `enriched/`, Spark).
4. **aggregate** counts and ranks every region (`enriched/` → `charts/`, Spark).
5. **load** brings PostgreSQL to what `charts/` holds; a chart's revision rises only when its content changed.
6. **reconcile** holds the database against the lake and every chart against its balance.

Every task replaces its hour, so any of them may be killed, retried or cleared. After an outage the missing hours are
caught up one after the other. Plays that come later are the business of `top_songs_restate`; hours from before the
schedule began, of `top_songs_backfill`.
"""

from airflow.sdk import DAG, CronDataIntervalTimetable, chain

from pipeline import jobs, tasks, waiting
from pipeline.defaults import DAGS, catches_up, first_hour

with DAG(
    "top_songs_hourly",
    schedule=CronDataIntervalTimetable("@hourly", timezone="UTC"),
    start_date=first_hour(),
    catchup=catches_up(),
    doc_md=__doc__,
    tags=["charts", "hour"],
    **DAGS,
):
    chain(
        waiting.LakeSensor(task_id="wait", condition="stream"),
        tasks.any_plays("hour"),
        jobs.enrich(),
        jobs.aggregate("hour"),
        jobs.load("hour"),
        tasks.reconcile("hour"),
    )
