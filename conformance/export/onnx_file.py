"""Checks ONNX files with onnx' checker and runs them with ONNX Runtime. Usage: onnx_file.py FOLDER"""

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime

from expected import compare, images

runtime = f"ONNX Runtime {onnxruntime.__version__}"
failed = []
for folder in sorted(path.parent for path in Path(sys.argv[1]).glob("*/model.onnx")):
    expected = json.loads((folder / "expected.json").read_text())
    model = onnx.load(folder / "model.onnx")
    onnx.checker.check_model(model, full_check=True)
    metadata = {entry.key: entry.value for entry in model.metadata_props}
    ok = json.loads(metadata["labels"]) == expected["labels"]
    ok = json.loads(metadata["thresholds"]) == expected["thresholds"] and ok
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(folder / "model.onnx", options, providers=["CPUExecutionProvider"])
    pixels = images(expected)
    theirs = session.run(["probabilities"], {"images": pixels})[0]
    ok = compare(folder, runtime, theirs, expected) and ok
    first = session.run(["probabilities"], {"images": pixels[:1]})[0]
    ok = bool(np.abs(first - theirs[:1]).max() < 1e-5) and ok
    integers = onnxruntime.InferenceSession(folder / "bytes.onnx", options, providers=["CPUExecutionProvider"])
    whole = np.round(pixels)
    of_bytes = integers.run(None, {"images": whole.astype("uint8")})[0]
    error = np.abs(of_bytes - session.run(None, {"images": whole})[0]).max()
    print(f"{folder.name}: pixels as bytes, largest difference {error:.1e}")
    if not (ok and error < 1e-5):
        failed.append(folder.name)
sys.exit(f"failed: {', '.join(failed)}" if failed else 0)
