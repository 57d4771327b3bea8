#!/usr/bin/env bash
# The official image's contract: wait for the database, migrate it when asked to, then run bash, python or airflow.
set -euo pipefail
umask 0002

wait_for_database() {
  local tries=${CONNECTION_CHECK_MAX_COUNT:-20} output
  [ "$tries" -gt 0 ] || return 0
  until output=$(airflow db check 2>&1); do
    tries=$((tries - 1))
    if [ "$tries" -le 0 ]; then
      echo "Cannot reach Airflow's database: $output" >&2
      exit 1
    fi
    sleep "${CONNECTION_CHECK_SLEEP_TIME:-3}"
  done
}

wait_for_database
if [ -n "${_AIRFLOW_DB_MIGRATE:-}" ]; then
  airflow db migrate || true
fi
case ${1:-} in
  bash | python) exec "$@" ;;
  airflow) shift ;;
esac
exec airflow "$@"
