#!/usr/bin/env bash
# Runs recipes of Thaw by thaw_keras: on one process, on two, and killed and resumed. Then Thaw loads what it wrote.
set -euo pipefail
cd "$(dirname "$0")/../.."
python="$(bash python/venv.sh)"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
export PYTHONPATH="$PWD/python/src" PYTHONDONTWRITEBYTECODE=1
node_modules/.bin/tsx conformance/python/write-cases.ts "$folder"
status=0
"$python" -W ignore conformance/python/compare.py "$folder" || status=1
node_modules/.bin/tsx conformance/python/read-back.ts "$folder" || status=1
bash conformance/python/ray.sh || status=1
exit $status
