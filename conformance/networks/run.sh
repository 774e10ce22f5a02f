#!/usr/bin/env bash
# Compares every network with its reference, as docs/networks.md describes: bash conformance/networks/run.sh [NETWORK…]
# Without names, all networks. One network takes a minute or two; earlier figures of other networks stay in the table. The
# columns of files that are read come from conformance/backbones/run.sh.
set -euo pipefail
cd "$(dirname "$0")/../.."
cache="${XDG_CACHE_HOME:-$HOME/.cache}/thaw"
python="${PYTHON:-$(bash conformance/venv.sh)}"
torch="$(bash conformance/backbones/torch-venv.sh)"
onnx="$(bash conformance/export/onnx-venv.sh)"
export KERAS_BACKEND=tensorflow TF_CPP_MIN_LOG_LEVEL=3
here=conformance/networks
names=("$@")
if [ ${#names[@]} -eq 0 ]; then
  read -r -a names <<<"$(node_modules/.bin/tsx $here/names.ts)"
fi
failed=()
for name in "${names[@]}"; do
  echo "== $name"
  folder="$(mktemp -d)"
  trap 'rm -rf "$folder"' EXIT
  case "$(node_modules/.bin/tsx $here/names.ts "$name")" in
    keras) "$python" $here/gradients_keras.py "$folder" "$name" ;;
    *) "$torch" $here/gradients_torch.py "$folder" "$name" ;;
  esac
  node_modules/.bin/tsx $here/gradients.ts "$folder" "$name" || failed+=("$name") # the other columns are measured all the same
  node_modules/.bin/tsx $here/out.ts "$folder" "$name"
  "$python" $here/out.py "$folder" keras "$name"
  "$python" $here/out.py "$folder" saved-model "$name"
  "$onnx" $here/out.py "$folder" onnx "$name"
  node_modules/.bin/tsx $here/out-results.ts "$folder" "$name"
  rm -rf "$folder"
done
node_modules/.bin/tsx $here/table.ts
node_modules/.bin/biome format --write docs/networks.md
if [ ${#failed[@]} -gt 0 ]; then
  echo "above a limit: ${failed[*]}"
  exit 1
fi
