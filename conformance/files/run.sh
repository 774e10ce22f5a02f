#!/usr/bin/env bash
# What is on the disk after 1,000 kills, 4,000 simulated power losses and a full disk: the old files or the new ones, whole.
set -euo pipefail
cd "$(dirname "$0")/../.."
node_modules/.bin/tsx conformance/files/power-loss.ts 4000
bash conformance/files/full-disk.sh
node_modules/.bin/tsx conformance/files/kills.ts 1000
