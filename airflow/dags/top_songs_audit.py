"""### Accounts for every record of Kafka, every hour

Each record of topic `plays` has a partition and an offset, and both are in the lake beside what it became: a play in
`plays/`, or a refused one in `rejected/`. **audit** looks for every offset of the records that arrived in the last 7
days, as far as the stream is, and fails when one is in neither: `Cannot account for 12 records: partition 3 offsets
120 to 131`. What to do then is in docs/operations.md; `/v1/audit` has what was found of each partition.

**any_progress** skips the rest while the stream has said nothing yet.
"""

from airflow.sdk import DAG, CronTriggerTimetable, chain

from pipeline import jobs, tasks
from pipeline.defaults import DAGS, first_hour

with DAG(
    "top_songs_audit",
    schedule=CronTriggerTimetable("20 * * * *", timezone="UTC"),
    start_date=first_hour(),
    catchup=False,
    doc_md=__doc__,
    tags=["lake", "balance"],
    **DAGS,
):
    chain(tasks.any_progress(), jobs.audit())
