#!/usr/bin/env bash
# Writes the fixtures of core's optimizers, losses, schedules and training from Keras and PyTorch, and compares; then whole trainings, all weights.
# bash conformance/training/run.sh [native|wasm|cpu] [PART OF A CASE'S NAME…] [OPTION OF PHASE=VALUE…]
set -euo pipefail
cd "$(dirname "$0")/../.."
PYTHON="${PYTHON:-$(bash conformance/venv.sh)}"
fixtures=packages/core/test/fixtures
scripts="$(cat conformance/training/{fixed_values,networks,keras_training}.py conformance/venv.sh | sha256sum | cut -c 1-12)"
trainings="${XDG_CACHE_HOME:-$HOME/.cache}/thaw/conformance/training/$scripts"
export KERAS_BACKEND=tensorflow TF_CPP_MIN_LOG_LEVEL=3
"$PYTHON" -B conformance/training/adam_and_loss.py
"$PYTHON" -B conformance/training/optimizers.py
"$PYTHON" -B conformance/training/schedules.py
"$PYTHON" -B conformance/training/losses.py
"$PYTHON" -B conformance/training/plateau.py
"${TORCH_PYTHON:-$(bash conformance/backbones/torch-venv.sh)}" -B conformance/training/schedules_torch.py
"$PYTHON" -B conformance/training/layers.py
"$PYTHON" -B conformance/training/logistic_regression.py
"$PYTHON" -B conformance/training/keras_training.py "$fixtures/keras-training.json"
tests=packages/core/test
node_modules/.bin/vitest run "$tests/optimizers" "$tests/losses" "$tests/schedules" "$tests/training/callbacks" \
  "$tests/training/keras-parity.test.ts" "$tests/training/head" "$tests/model/keras-layers.test.ts"
[ -f "$trainings/cases.json" ] || "$PYTHON" -B conformance/training/keras_training.py "$trainings"
node_modules/.bin/tsx conformance/training/compare-training.ts "$trainings" "$@"
