#!/usr/bin/env bash
# 1,000 changed files for every reader, in processes of 1 GB that have 10 s for each.
set -euo pipefail
cd "$(dirname "$0")/../.."
node_modules/.bin/tsx conformance/fuzz/fuzz.ts --files "${FILES:-1000}"
