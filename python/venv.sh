#!/usr/bin/env bash
# Makes the Python that python/ is tested with, once per set of versions, in the cache folder, and prints its path.
set -euo pipefail
packages=(keras==3.15.1 "jax[cpu]==0.10.2" numpy==2.4.6 h5py==3.14.0 pillow==13.0.0 pyarrow==26.0.1 onnxruntime==1.32.0 kubernetes-validate==1.37.0 pytest==9.2.0
  mypy==2.4.1 ruff==0.17.6)
name="$(printf '%s\n' "${packages[@]}" | sha256sum | cut -c1-12)"
venv="${XDG_CACHE_HOME:-$HOME/.cache}/thaw/python-$name"
if [ ! -f "$venv/complete" ]; then
  rm -rf "$venv"
  python3 -m venv "$venv" >&2
  "$venv/bin/pip" install --quiet "${packages[@]}" >&2
  touch "$venv/complete"
fi
echo "$venv/bin/python"
