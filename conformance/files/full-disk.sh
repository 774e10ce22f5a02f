#!/usr/bin/env bash
# Saves and exports to a small disk (tmpfs; needs root) with less and less free space: the old model must stay whole.
set -euo pipefail
cd "$(dirname "$0")/../.."
disk="$(mktemp -d)"
mount -t tmpfs -o size=3m tmpfs "$disk" || { echo "no tmpfs can be mounted here: left out"; rmdir "$disk"; exit 0; }
trap 'umount "$disk"; rmdir "$disk"' EXIT
node_modules/.bin/tsx conformance/files/full-disk.ts "$disk" "${TRIES:-40}"
