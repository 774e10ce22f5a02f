#!/usr/bin/env bash
# Writes to a small disk (tmpfs; needs root) with less and less free space: what was there must stay whole. Arguments name
# writers; without any, those of thaw_keras run, too.
set -euo pipefail
cd "$(dirname "$0")/../.."
disk="$(mktemp -d)"
mount -t tmpfs -o size=3m tmpfs "$disk" || { echo "no tmpfs can be mounted here: left out"; rmdir "$disk"; exit 0; }
trap 'umount "$disk"; rmdir "$disk"' EXIT
status=0
node_modules/.bin/tsx conformance/files/full-disk.ts "$disk" "${TRIES:-40}" "$@" || status=1
if [ $# -eq 0 ]; then
  PYTHONPATH="$PWD/python/src" "$(bash python/venv.sh)" -B -W ignore conformance/files/full_disk.py "$disk" "${TRIES:-40}" || status=1
fi
exit $status
