#!/usr/bin/env bash
# Makes the Python that the conformance scripts compare with, once, in the cache folder, and prints its path.
set -euo pipefail
venv="${XDG_CACHE_HOME:-$HOME/.cache}/thaw/conformance-venv"
if [ ! -f "$venv/complete" ]; then
  rm -rf "$venv"
  python3 -m venv "$venv" >&2
  "$venv/bin/pip" install --quiet keras==3.15.1 tensorflow-cpu==2.21.0 scikit-learn==1.9.1 h5py==3.14.0 \
    tf_keras==2.21.0 >&2
  touch "$venv/complete"
fi
echo "$venv/bin/python"
