#!/usr/bin/env bash
# Makes the Python with ONNX and ONNX Runtime that checks exported models, once, in the cache folder, and prints its path.
set -euo pipefail
venv="${XDG_CACHE_HOME:-$HOME/.cache}/thaw/onnx-venv"
if [ ! -f "$venv/complete" ]; then
  rm -rf "$venv"
  python3 -m venv "$venv" >&2
  "$venv/bin/pip" install --quiet onnx==1.20.1 onnxruntime==1.32.0 numpy==2.4.6 >&2
  touch "$venv/complete"
fi
echo "$venv/bin/python"
