#!/usr/bin/env bash
# Checks the disk after kills, simulated power losses and full disks: it must have whole old files or whole new ones.
set -euo pipefail
cd "$(dirname "$0")/../.."
node_modules/.bin/tsx conformance/files/power-loss.ts 300
bash conformance/files/full-disk.sh
node_modules/.bin/tsx conformance/files/kills.ts
node_modules/.bin/tsx conformance/files/cli-kills.ts
node_modules/.bin/tsx conformance/files/browser-kills.ts
