#!/bin/sh
# Fills the templates in from the environment, runs what stands in /docker-entrypoint.d, then the command.
set -e

if [ "$1" = nginx ]; then
  defined=$(env | cut -d= -f1 | sed 's/.*/${&}/' | tr '\n' ' ')
  for template in /etc/nginx/templates/*.template; do
    [ -e "$template" ] || continue
    name=${template##*/}
    envsubst "$defined" <"$template" >"${NGINX_ENVSUBST_OUTPUT_DIR:-/etc/nginx/conf.d}/${name%.template}"
  done
  for script in /docker-entrypoint.d/*.sh; do
    [ ! -x "$script" ] || "$script"
  done
fi
exec "$@"
