#!/usr/bin/env bash
# Makes the Python with Ray and onnxruntime, once, in the cache folder, and prints its path.
set -euo pipefail
venv="${XDG_CACHE_HOME:-$HOME/.cache}/thaw/ray-venv"
if [ ! -f "$venv/complete" ]; then
  rm -rf "$venv"
  python3 -m venv "$venv" >&2
  "$venv/bin/pip" install --quiet "ray[default,data]==2.60.0" onnxruntime==1.32.0 keras==3.15.1 "jax[cpu]==0.10.2" \
    numpy==2.4.6 h5py==3.14.0 pillow==13.0.0 pyarrow==26.0.1 >&2
  touch "$venv/complete"
fi
echo "$venv/bin/python"
