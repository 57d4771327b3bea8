"""### Keeps the lake small and clean

Every night **find** lists what may go, and **remove** removes it:

- days of `plays/` and `rejected/` beyond their retention. Charts, `enriched/` and the catalogue stay;
- what killed writers left behind: `_temporary/` and staging folders that nobody has touched for a day;
- the record of runs (`pipeline_run`) after 30 days.

Trigger it with **dry_run** to see the list, which is in the log of `find`, without removing anything.
"""

from airflow.sdk import DAG, CronTriggerTimetable, Param

from pipeline import maintenance
from pipeline.defaults import DAGS, first_hour

with DAG(
    "lake_maintenance",
    schedule=CronTriggerTimetable("30 3 * * *", timezone="UTC"),
    start_date=first_hour(),
    catchup=False,
    doc_md=__doc__,
    tags=["lake"],
    params={
        "dry_run": Param(False, type="boolean", title="Dry run", description="Only list what would be removed."),
        "keep_plays_days": Param(
            90,
            type="integer",
            minimum=16,
            maximum=3650,
            title="Keep plays for days",
            description="At least 16: a play may be 14 days late, and its hour is then charted from all its plays.",
        ),
        "keep_rejected_days": Param(30, type="integer", minimum=1, maximum=3650, title="Keep rejected plays for days"),
    },
    **DAGS,
):
    maintenance.remove(maintenance.find())
