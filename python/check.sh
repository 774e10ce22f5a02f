#!/usr/bin/env bash
# Types and tests of the Python package. Arguments go to pytest.
set -euo pipefail
cd "$(dirname "$0")"
python="$(bash venv.sh)"
export PYTHONPATH="$PWD/src" PYTHONDONTWRITEBYTECODE=1
"$python" -m ruff check --no-cache .
"$python" -m ruff format --no-cache --check .
"$python" -m mypy --cache-dir=/dev/null
"$python" -m pytest -W ignore "$@"
