#!/usr/bin/env bash
# Makes the Python with PyTorch that writes fixtures, once, in the cache folder, and prints its path. It takes some 6 GB.
set -euo pipefail
venv="${XDG_CACHE_HOME:-$HOME/.cache}/thaw/torch-venv"
if [ ! -f "$venv/complete" ]; then
  rm -rf "$venv"
  python3 -m venv "$venv" >&2
  "$venv/bin/pip" install --quiet torch==2.15.0 torchvision==0.29.2 timm==1.0.31 safetensors==0.8.0 \
    efficientnet-lite-pytorch==0.1.0 >&2
  touch "$venv/complete"
fi
echo "$venv/bin/python"
