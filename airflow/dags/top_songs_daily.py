"""### Closes every day

1. **wait** until the stream has passed the day's end and a minute of grace.
2. **wait_for_hours** until `top_songs_hourly` has closed every hour of the day.
3. **any_plays** skips the rest of a day in which nobody listened.
4. **aggregate** counts the whole day from its enriched hours: the cap on one listener's plays holds for the day, so a
   day is counted from plays and never added up from hours.
5. **load** and **reconcile** as in `top_songs_hourly`.

The running day is charted every few minutes by `top_songs_restate`, as provisional.
"""

from airflow.sdk import DAG, CronDataIntervalTimetable, chain

from pipeline import jobs, lake, tasks, waiting
from pipeline.defaults import DAGS, catches_up, first_hour

with DAG(
    "top_songs_daily",
    schedule=CronDataIntervalTimetable("@daily", timezone="UTC"),
    start_date=lake.floor("day", first_hour()),
    catchup=catches_up(),
    doc_md=__doc__,
    tags=["charts", "day"],
    **DAGS,
):
    chain(
        waiting.LakeSensor(task_id="wait", condition="stream"),
        waiting.LakeSensor(task_id="wait_for_hours", condition="hours"),
        tasks.any_plays("day"),
        jobs.aggregate("day"),
        jobs.load("day"),
        tasks.reconcile("day"),
    )
