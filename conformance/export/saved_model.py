"""Runs exported SavedModels in TensorFlow, as TensorFlow Serving does, and their conversions to TFLite.

TensorFlow Serving runs the signature `serving_default` of the method `tensorflow/serving/predict` in the graph with the tag
`serve`. Usage: saved_model.py FOLDER
"""

import json
import sys
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
    full, half = lite(folder / "1"), lite(folder / "1", half=True)
    ok = compare(folder, "TFLite", interpreted(full, pixels), expected) and ok
    ok = compare(folder, "TFLite with float16 weights", interpreted(half, pixels), expected, 0.1) and ok
    if not ok:
        failed.append(folder.name)
sys.exit(f"failed: {', '.join(failed)}" if failed else 0)
