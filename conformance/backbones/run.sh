#!/usr/bin/env bash
# Compares our networks with their references: bash conformance/backbones/run.sh
# Python with keras and tensorflow-cpu: $PYTHON, or else Thaw's venv in the cache folder. PyTorch has a separate venv of 6 GB.
set -euo pipefail
cd "$(dirname "$0")/../.."
cache="${XDG_CACHE_HOME:-$HOME/.cache}/thaw"
python="${PYTHON:-$cache/conformance-venv/bin/python}"
torch="$(bash conformance/backbones/torch-venv.sh)"
outputs="$cache/conformance/resnet50"
networks="$cache/conformance/networks"
photographs="$cache/conformance/photographs"
export KERAS_BACKEND=tensorflow TF_CPP_MIN_LOG_LEVEL=3
[ -f "$outputs/cases.json" ] || "$python" conformance/backbones/resnet50_outputs.py "$outputs"
node_modules/.bin/tsx conformance/backbones/compare-resnet50.ts "$outputs"
written="$networks/by-$(cat conformance/backbones/*networks*.py conformance/backbones/reference_weights.py | sha256sum | cut -c 1-12)"
if [ ! -f "$written" ]; then
  rm -rf "$networks"
  mkdir -p "$networks/files"
  "$python" conformance/backbones/networks_keras.py "$networks/files"
  "$torch" conformance/backbones/networks_torch.py "$networks/files"
  touch "$written"
fi
node_modules/.bin/tsx conformance/backbones/compare-files.ts "$networks/files"
"$python" conformance/backbones/photographs.py "$photographs"
node_modules/.bin/tsx conformance/backbones/photographs.ts "$photographs"
"$python" conformance/backbones/models_keras.py "$cache/conformance/models"
node_modules/.bin/tsx conformance/backbones/models.ts "$cache/conformance/models"
"$python" conformance/backbones/brought_keras.py "$cache/conformance/brought"
node_modules/.bin/tsx conformance/backbones/brought.ts "$cache/conformance/brought"
if [ ! -d "$cache/conformance/nsfwjs/package" ]; then
  mkdir -p "$cache/conformance/nsfwjs"
  tarball="$(npm pack --silent --pack-destination "$cache/conformance/nsfwjs" nsfwjs@4.4.0)"
  tar -xzf "$cache/conformance/nsfwjs/$tarball" -C "$cache/conformance/nsfwjs"
fi
node_modules/.bin/tsx conformance/backbones/nsfwjs.ts "$cache/conformance/nsfwjs/package"
