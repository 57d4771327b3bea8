"""Airflow reads its settings when it is first imported: an empty home, and the DAGs of this folder."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

DAGS = Path(__file__).parents[1] / "dags"

os.environ["AIRFLOW_HOME"] = tempfile.mkdtemp(prefix="top-songs-airflow-")
os.environ["AIRFLOW__CORE__DAGS_FOLDER"] = str(DAGS)
os.environ["AIRFLOW__CORE__LOAD_EXAMPLES"] = "False"
os.environ["TOP_SONGS_FIRST_HOUR"] = "2026-11-22T13:00:00Z"
