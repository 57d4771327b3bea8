#!/bin/sh
# "server /data" is an argument of minio.
if [ "$1" != minio ] && [ -n "$1" ]; then
  set -- minio "$@"
fi
exec "$@"
