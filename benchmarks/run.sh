#!/usr/bin/env bash
# Runs one benchmark, ours and its peers in turns on this machine: `npx pnpm bench NAME`, where benchmarks/NAME has a bench.ts.
set -euo pipefail
cd "$(dirname "$0")/.."
name="${1:-}"
if [ ! -f "benchmarks/$name/bench.ts" ]; then
  echo "usage: pnpm bench NAME, where NAME is one of: $(cd benchmarks && ls -d */bench.ts 2>/dev/null | sed 's,/bench.ts,,' | tr '\n' ' ')" >&2
  exit 2
fi
node_modules/.bin/tsx packages/backends/src/cli.ts setup >&2
PYTHON="$(bash conformance/venv.sh)"
export PYTHON
node_modules/.bin/tsx "benchmarks/$name/bench.ts" "${@:2}"
node_modules/.bin/tsx benchmarks/past-one-machine.ts
