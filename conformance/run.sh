#!/usr/bin/env bash
# Compares Thaw with Keras and scikit-learn, value by value: rewrites the fixtures and compares. `npx pnpm conformance`
set -euo pipefail
cd "$(dirname "$0")"
PYTHON="$(bash venv.sh)"
export PYTHON
for area in */run.sh; do
  echo "== ${area%/run.sh}"
  bash "$area"
done
