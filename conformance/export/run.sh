#!/usr/bin/env bash
# A ResNet50 exported by exportSavedModel, loaded by TensorFlow in Python: the same probabilities.
set -euo pipefail
cd "$(dirname "$0")/../.."
PYTHON="${PYTHON:-$(bash conformance/venv.sh)}"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
node_modules/.bin/tsx conformance/export/export.ts "$folder"
TF_CPP_MIN_LOG_LEVEL=3 "$PYTHON" -B conformance/export/saved_model.py "$folder"
