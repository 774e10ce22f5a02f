"""Runs what `thaw export --to tflite` wrote, and reads the labels and thresholds in it. Usage: tflite_file.py FOLDER"""

import json
import sys
import zipfile
from pathlib import Path

import tensorflow as tf

from expected import compare, images

folder = Path(sys.argv[1])
file = folder / "export" / "model.tflite"
expected = json.loads((folder / "expected.json").read_text())
pixels = images(expected)
run = tf.lite.Interpreter(model_path=str(file)).get_signature_runner("serving_default")
ok = compare(folder, "thaw export --to tflite", run(images=pixels)["probabilities"], expected)
# The number of images is free.
ok = run(images=pixels[:1])["probabilities"].shape == (1, len(expected["labels"])) and ok
with zipfile.ZipFile(file) as archive:
    ok = archive.read("labels.txt").decode().split("\n") == expected["labels"] and ok
    for part in ("labels", "thresholds"):
        ok = json.loads(archive.read(f"{part}.json")) == expected[part] and ok
sys.exit(0 if ok else "failed: thaw export --to tflite")
