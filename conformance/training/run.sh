#!/usr/bin/env bash
# Writes the fixtures of core's optimizer and loss from Keras, then compares.
set -euo pipefail
cd "$(dirname "$0")/../.."
PYTHON="${PYTHON:-$(bash conformance/venv.sh)}"
KERAS_BACKEND=tensorflow TF_CPP_MIN_LOG_LEVEL=3 "$PYTHON" -B conformance/training/adam_and_loss.py
KERAS_BACKEND=tensorflow TF_CPP_MIN_LOG_LEVEL=3 "$PYTHON" -B conformance/training/optimizers.py
node_modules/.bin/vitest run packages/core/test/training/optimizers packages/core/test/training/binary-crossentropy.test.ts
