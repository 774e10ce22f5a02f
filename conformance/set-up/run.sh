#!/usr/bin/env bash
# Kills set-up of the native backend at random moments and fills its disk. bash conformance/set-up/run.sh [KILLS] [SEED]
set -euo pipefail
cd "$(dirname "$0")/../.."
node_modules/.bin/tsx conformance/set-up/kill-set-up.ts "$@"
