#!/usr/bin/env bash
# The real one has more to do only for Kubernetes.
exec "$@"
