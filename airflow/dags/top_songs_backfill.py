"""### Charts a range of the past again

Trigger it with a form: **from** and **to** are full UTC hours, the range is half open. Whatever its length it is three
job runs: `enrich`, `aggregate` and `load` each take the whole range. Every hour and every day that has a part in it is
charted, as far as the stream has passed it as final, and what is still running as provisional.

Running it again over the same plays changes nothing. Other **rules** give the range's charts new revisions, and later
runs over it, as for late plays, stay with those rules.
"""

from airflow.sdk import DAG, Param, chain

from pipeline import jobs, tasks
from pipeline.defaults import DAGS, first_hour

WHEN = {"type": "string", "format": "date-time", "section": "Range"}

with DAG(
    "top_songs_backfill",
    schedule=None,
    start_date=first_hour(),
    catchup=False,
    doc_md=__doc__,
    tags=["charts", "by hand"],
    params={
        "from": Param(**WHEN, title="From", description="Start of the first hour, such as 2026-11-22T13:00:00Z."),
        "to": Param(**WHEN, title="To", description="End of the last hour; not in the range."),
        "granularity": Param(
            "hour,day", enum=["hour,day", "hour", "day"], title="Charts", description="Which charts to make."
        ),
        "rules": Param(
            jobs.SAME_RULES,
            enum=[jobs.SAME_RULES, "1", "2", "3"],
            title="Counting rules",
            description="A version, or same: those that each period was last charted by, and so those of a late play.",
        ),
    },
    **DAGS,
):
    asked = tasks.check_range()
    start, end, settled = (f"{{{{ ti.xcom_pull('check_range')['{name}'] }}}}" for name in ("from", "to", "settled"))
    granularity = "{{ params.granularity }}"
    chain(
        asked,
        jobs.enrich(start, end, **jobs.LONG),
        jobs.aggregate(granularity, start, end, settled, "{{ params.rules }}", **jobs.LONG),
        jobs.load(granularity, start, end, settled, **jobs.LONG),
        tasks.reconcile_range(asked),
    )
