#!/bin/sh
# Anything that is no command is an argument of node.
if [ "${1#-}" != "$1" ] || ! command -v "$1" >/dev/null; then
  set -- node "$@"
fi
exec "$@"
