#!/usr/bin/env bash
# Writes the fixtures of packages/datasets from TensorFlow, Keras, Pillow, numpy, pyarrow and datasets, then compares.
set -euo pipefail
cd "$(dirname "$0")/../.."
PYTHON="${PYTHON:-$(bash conformance/venv.sh)}"
"$PYTHON" -m pip install --quiet pillow==12.0.0 pyarrow==26.0.1 datasets==5.2.0
for script in resize_and_warp jpegs pixels draws parquet arrow; do
  KERAS_BACKEND=tensorflow TF_CPP_MIN_LOG_LEVEL=3 "$PYTHON" -B "conformance/datasets/$script.py"
done
node_modules/.bin/tsx conformance/datasets/browser-pixels.ts
node_modules/.bin/vitest run packages/datasets
