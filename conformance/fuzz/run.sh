#!/usr/bin/env bash
# Reads 1,000 changed files with every reader, in processes with 1 GB and 10 s per file.
set -euo pipefail
cd "$(dirname "$0")/../.."
node_modules/.bin/tsx conformance/fuzz/fuzz.ts --files "${FILES:-1000}"
