#!/usr/bin/env bash
# Writes the fixtures of packages/datasets from TensorFlow and Keras, then compares.
set -euo pipefail
cd "$(dirname "$0")/../.."
PYTHON="${PYTHON:-$(bash conformance/venv.sh)}"
KERAS_BACKEND=tensorflow TF_CPP_MIN_LOG_LEVEL=3 "$PYTHON" -B conformance/datasets/resize_and_warp.py
node_modules/.bin/vitest run packages/datasets
