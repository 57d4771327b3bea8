#!/bin/sh
# Runs once, on an empty volume: the product's database and Airflow's, each with a user of its name.
set -eu
for name in top_songs airflow; do
  psql --set=ON_ERROR_STOP=1 --set=name="$name" --username "$POSTGRES_USER" --dbname postgres <<'SQL'
\getenv password TOP_SONGS_DB_PASSWORD
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name" ENCODING 'UTF8' TEMPLATE template0;
SQL
done
