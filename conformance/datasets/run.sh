#!/usr/bin/env bash
# Writes the fixtures of packages/datasets from TensorFlow, Keras, Pillow, numpy and pyarrow, then compares.
set -euo pipefail
cd "$(dirname "$0")/../.."
PYTHON="${PYTHON:-$(bash conformance/venv.sh)}"
"$PYTHON" -m pip install --quiet pillow==12.0.0 pyarrow==22.0.0
for script in resize_and_warp jpegs pixels draws parquet; do
  KERAS_BACKEND=tensorflow TF_CPP_MIN_LOG_LEVEL=3 "$PYTHON" -B "conformance/datasets/$script.py"
done
node_modules/.bin/tsx conformance/datasets/browser-pixels.ts
node_modules/.bin/vitest run packages/datasets
