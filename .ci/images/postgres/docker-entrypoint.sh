#!/usr/bin/env bash
# The part of the official image's contract that this project uses: the first start makes the database and runs the scripts.
set -euo pipefail

# A setting given as NAME or, for secrets, as a file that NAME_FILE names.
setting() {
  local name=$1 default=${2:-} file=$1_FILE
  if [ -n "${!file:-}" ]; then cat "${!file}"; else printf %s "${!name:-$default}"; fi
}

query() {
  local in=$1
  shift
  psql -v ON_ERROR_STOP=1 --no-psqlrc --quiet --username "$POSTGRES_USER" --dbname "$in" "$@"
}

# Only those who know the password are let in from outside. The client programs look for the socket where Debian has it.
make_cluster() {
  local password
  password=$(setting POSTGRES_PASSWORD)
  if [ -z "$password" ] && [ "${POSTGRES_HOST_AUTH_METHOD:-}" != trust ]; then
    echo "Cannot make the database: POSTGRES_PASSWORD is empty" >&2
    exit 1
  fi
  # shellcheck disable=SC2086 # several arguments, as in the official image
  initdb --username="$POSTGRES_USER" ${password:+--pwfile=<(printf '%s\n' "$password")} ${POSTGRES_INITDB_ARGS:-}
  printf "listen_addresses = '*'\nunix_socket_directories = '/var/run/postgresql'\n" >>"$PGDATA/postgresql.conf"
  printf '\nhost all all all %s\n' "${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}" >>"$PGDATA/pg_hba.conf"
}

run_scripts() {
  local script
  for script in /docker-entrypoint-initdb.d/*; do
    # shellcheck disable=SC1090 # known only when it runs
    case $script in
      *.sh) if [ -x "$script" ]; then "$script"; else source "$script"; fi ;;
      *.sql) query "$POSTGRES_DB" --file="$script" ;;
      *.sql.gz) gunzip --stdout "$script" | query "$POSTGRES_DB" ;;
    esac
  done
}

# Not to be seen from outside before it is whole.
fill_cluster() {
  PGUSER=$POSTGRES_USER pg_ctl --pgdata="$PGDATA" -o "-c listen_addresses='' -p 5432" --wait start
  if [ "$POSTGRES_DB" != postgres ]; then
    query postgres --set=name="$POSTGRES_DB" <<<'CREATE DATABASE :"name"'
  fi
  run_scripts
  pg_ctl --pgdata="$PGDATA" --mode=fast --wait stop
}

[ "${1#-}" = "$1" ] || set -- postgres "$@"
if [ "$1" = postgres ]; then
  mkdir -p "$PGDATA"
  chmod 0700 "$PGDATA"
  if [ "$(id -u)" = 0 ]; then
    find "$PGDATA" \! -user postgres -exec chown postgres {} +
    exec gosu postgres "$0" "$@"
  fi
  if [ ! -s "$PGDATA/PG_VERSION" ]; then
    POSTGRES_USER=$(setting POSTGRES_USER postgres)
    POSTGRES_DB=$(setting POSTGRES_DB "$POSTGRES_USER")
    export POSTGRES_USER POSTGRES_DB
    make_cluster
    fill_cluster
  fi
fi
exec "$@"
