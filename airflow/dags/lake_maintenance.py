"""### Keeps the lake small and clean

Every night **find** lists what may go, and **remove** removes it:

- days of `plays/` and `rejected/` beyond their retention. Charts, `flags/` and `enriched/` stay, and such a day is not
  charted again: enrichment refuses an hour whose plays are gone;
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
        "keep_days": Param(
            90,
            type="integer",
            minimum=23,
            maximum=3650,
            title="Keep plays and rejected plays for days",
            description="At least 23: an hour is charted from all its plays, and late ones come for 22 days.",
        ),
    },
    **DAGS,
):
    maintenance.remove(maintenance.find())
