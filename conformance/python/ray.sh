#!/usr/bin/env bash
# Scores on a local Ray of two workers, one of which is killed. The probabilities and metrics must be those of one process.
set -euo pipefail
cd "$(dirname "$0")/../.."
python="$(bash conformance/python/ray-venv.sh)"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
export PYTHONPATH="$PWD/python/src" PYTHONDONTWRITEBYTECODE=1
thaw() { node_modules/.bin/tsx packages/cli/src/main.ts "$@"; }
node_modules/.bin/tsx conformance/python/ray-images.ts "$folder"
"$python" -W ignore conformance/python/ray_scores.py "$folder"
data=("$folder/images" "$folder/labels.csv" --model "$folder/model" --json)
thaw evaluate "${data[@]}" --from "$folder"/scores/*.parquet >"$folder/from.json"
thaw evaluate "${data[@]}" >"$folder/whole.json"
node_modules/.bin/tsx conformance/python/compare-evaluations.ts "$folder/from.json" "$folder/whole.json"
