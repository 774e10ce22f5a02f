#!/usr/bin/env bash
# What is on the disk after kills, simulated power losses and full disks: the old files or the new ones, whole.
set -euo pipefail
cd "$(dirname "$0")/../.."
node_modules/.bin/tsx conformance/files/power-loss.ts 300
bash conformance/files/full-disk.sh
node_modules/.bin/tsx conformance/files/kills.ts
node_modules/.bin/tsx conformance/files/cli-kills.ts
