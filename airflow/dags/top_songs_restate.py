"""### Charts again what has other plays than its chart was made from

Every five minutes **find_changed** lists the files of `plays/` of the last 22 days (no play can come later) and
compares them, period by period, with what PostgreSQL says each chart was made from. What differs is charted again:

- a **late play** for an hour that is final: the hour and its day get a new revision, and no other chart changes;
- the **running** hour and day: provisional charts, a few minutes old at most;
- an hour or day that **failed** or was missed, an hour after its end.

Hours that lie together are one range, and each range is three job runs; at most six ranges at a time. Nothing to do,
nothing started.

Beside it **catalogue_changed** compares the catalogue's ETag with the one that PostgreSQL's songs are of; where it is
another, **songs** loads them. Charts name songs by their ids: new titles show at once, and nothing is counted again.
"""

from airflow.sdk import DAG, CronTriggerTimetable

from pipeline import jobs, tasks
from pipeline.defaults import DAGS, TASKS, first_hour

with DAG(
    "top_songs_restate",
    schedule=CronTriggerTimetable("*/5 * * * *", timezone="UTC"),
    start_date=first_hour(),
    catchup=False,
    doc_md=__doc__,
    tags=["charts", "late plays"],
    # Where runs wait for the pool, late plays wait longest: they would get ahead of the first history.
    **DAGS | {"default_args": TASKS | {"priority_weight": 1}},
):
    tasks.catalogue_changed() >> jobs.songs()
    tasks.restate.expand_kwargs(tasks.find_changed())
