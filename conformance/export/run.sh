#!/usr/bin/env bash
# Exports classifiers on every architecture in every form, and runs each in the software that reads the form.
set -euo pipefail
cd "$(dirname "$0")/../.."
PYTHON="${PYTHON:-$(bash conformance/venv.sh)}"
onnx="$(bash conformance/export/onnx-venv.sh)"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
export KERAS_BACKEND=tensorflow TF_CPP_MIN_LOG_LEVEL=3
node_modules/.bin/tsx conformance/export/export.ts "$folder"
"$PYTHON" -B conformance/export/saved_model.py "$folder"
THAW_PYTHON="$PYTHON" node_modules/.bin/tsx packages/cli/src/main.ts export "$folder/efficientnet_lite0" --to tflite
"$PYTHON" -B conformance/export/tflite_file.py "$folder/efficientnet_lite0"
"$onnx" -B conformance/export/onnx_file.py "$folder"
"$PYTHON" -B conformance/export/keras_file.py "$folder"
node_modules/.bin/tsx conformance/export/read-back.ts "$folder"
"$PYTHON" -B conformance/export/exact.py "$folder"
