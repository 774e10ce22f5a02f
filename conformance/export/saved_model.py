"""Runs exported SavedModels in TensorFlow, as TensorFlow Serving does, and their conversions to TFLite.

TensorFlow Serving runs the signature `serving_default` of the method `tensorflow/serving/predict` in the graph with the tag
`serve`. The server itself is in no package registry: PyPI's tensorflow-serving-api has only the messages of its clients.
Usage: saved_model.py FOLDER
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import tensorflow as tf
from tensorflow.core.protobuf import saved_model_pb2

from expected import compare, images


def serving_signature(folder):
    """What TensorFlow Serving reads: the types and sizes of the signature's inputs and outputs."""
    saved = saved_model_pb2.SavedModel.FromString((folder / "saved_model.pb").read_bytes())
    (graph,) = [graph for graph in saved.meta_graphs if "serve" in graph.meta_info_def.tags]
    signature = graph.signature_def["serving_default"]
    assert signature.method_name == "tensorflow/serving/predict"

    def sizes(tensors):
        return {name: [dim.size for dim in info.tensor_shape.dim] for name, info in tensors.items()}

    return sizes(signature.inputs), sizes(signature.outputs)


def by_command_line(folder, pixels):
    """What TensorFlow's saved_model_cli computes: the graph in a session, fed by the signature's names, as Serving does."""
    command = Path(sys.executable).with_name("saved_model_cli")
    of = ["--dir", folder, "--tag_set", "serve", "--signature_def", "serving_default"]
    shown = subprocess.run([command, "show", *of], check=True, capture_output=True, text=True).stdout
    sizes = ", ".join(map(str, (-1, *pixels.shape[1:])))
    assert f"shape: ({sizes})" in shown and "tensorflow/serving/predict" in shown, shown
    with tempfile.TemporaryDirectory() as out:
        np.save(f"{out}/images.npy", pixels)
        inputs = ["--inputs", f"images={out}/images.npy", "--outdir", out]
        subprocess.run([command, "run", *of, *inputs], check=True, capture_output=True)
        return np.load(f"{out}/probabilities.npy")


def lite(folder, half=False):
    converter = tf.lite.TFLiteConverter.from_saved_model(str(folder))
    if half:
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        converter.target_spec.supported_types = [tf.float16]
    return converter.convert()


def interpreted(model, pixels):
    interpreter = tf.lite.Interpreter(model_content=model)
    run = interpreter.get_signature_runner("serving_default")
    return run(images=pixels)["probabilities"]


failed = []
for folder in sorted(path.parent for path in Path(sys.argv[1]).glob("*/1")):
    expected = json.loads((folder / "expected.json").read_text())
    pixels = images(expected)
    inputs, outputs = serving_signature(folder / "1")
    ok = inputs == {"images": [-1, *pixels.shape[1:]]} and outputs == {"probabilities": [-1, len(expected["labels"])]}
    for part in ("labels", "thresholds"):
        ok = json.loads((folder / "1" / f"{part}.json").read_text()) == expected[part] and ok
    signature = tf.saved_model.load(str(folder / "1")).signatures["serving_default"]
    theirs = signature(images=tf.constant(pixels))["probabilities"].numpy()
    ok = compare(folder, f"TensorFlow {tf.__version__}", theirs, expected) and ok
    # The number of images is free.
    ok = bool(np.abs(signature(images=tf.constant(pixels[:1]))["probabilities"].numpy() - theirs[:1]).max() < 1e-5) and ok
    if folder.name == "efficientnet_lite0":
        ok = compare(folder, "saved_model_cli", by_command_line(folder / "1", pixels), expected) and ok
    full, half = lite(folder / "1"), lite(folder / "1", half=True)
    ok = compare(folder, "TFLite", interpreted(full, pixels), expected) and ok
    ok = compare(folder, "TFLite with float16 weights", interpreted(half, pixels), expected, 0.1) and ok
    if not ok:
        failed.append(folder.name)
sys.exit(f"failed: {', '.join(failed)}" if failed else 0)
