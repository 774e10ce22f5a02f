#!/usr/bin/env bash
# Writes the fixtures of packages/metrics from scikit-learn and Keras, then compares.
# Needs a Python with keras==3.15.1 tensorflow-cpu==2.21.0 scikit-learn==1.9.1 numpy (PYTHON, default: the conformance venv).
# torchmetrics is not among the peers: its torch brings several GB of CUDA libraries on Linux. What scikit-learn has no name for is
# compared with its parts (specificity is the recall of label 0, calibration errors are sums over its bins) or with the definition.
set -euo pipefail
cd "$(dirname "$0")"
PYTHON="${PYTHON:-${XDG_CACHE_HOME:-$HOME/.cache}/thaw/conformance-venv/bin/python}"
export KERAS_BACKEND=tensorflow TF_CPP_MIN_LOG_LEVEL=3
for script in cases.py scikit_learn.py ranking.py weights.py curves.py probabilities.py keras_auc.py label_statistics.py intervals.py; do "$PYTHON" -B "$script"; done
cd ../..
node_modules/.bin/vitest run packages/metrics
