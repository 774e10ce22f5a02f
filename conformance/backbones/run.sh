#!/usr/bin/env bash
# ResNet50 beside Keras' own, on the same random weights: sh conformance/backbones/run.sh
# Python with keras and tensorflow-cpu: $PYTHON, else Thaw's venv in the cache folder.
set -euo pipefail
cd "$(dirname "$0")/../.."
cache="${XDG_CACHE_HOME:-$HOME/.cache}/thaw"
python="${PYTHON:-$cache/conformance-venv/bin/python}"
outputs="$cache/conformance/resnet50"
export KERAS_BACKEND=tensorflow TF_CPP_MIN_LOG_LEVEL=3
[ -f "$outputs/cases.json" ] || "$python" conformance/backbones/resnet50_outputs.py "$outputs"
node_modules/.bin/tsx conformance/backbones/compare-resnet50.ts "$outputs"
