"""Runs what out.ts wrote in Keras, TensorFlow or ONNX Runtime, and tells how far the probabilities are from ours.

python conformance/networks/out.py FOLDER keras|saved-model|onnx NETWORK… → FOLDER/NETWORK/errors-KIND.json, back.{keras,h5}
"""

import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "backbones"))


def difference(found, expected):
    return float(np.abs(found - expected).max() / np.abs(expected).max())


def preprocessed(images, preprocessing):
    ordered = images[..., ::-1] if preprocessing["channelOrder"] == "bgr" else images
    return (ordered - np.array(preprocessing["mean"], "float32")) * np.array(preprocessing["scale"], "float32")


def keras(folder, images, expected, ours):
    """Besides the differences from Keras as it computes: from the same layers with TensorFlow's fused BatchNormalization, and,
    ours and Keras' own, from float64."""
    import keras
    from other_arithmetic import by_fused_kernel, in_float64

    model = keras.saving.load_model(folder / "model.keras")
    # For out-results.ts, which opens them.
    model.save(folder / "back.keras")
    model.save(folder / "back.h5", include_optimizer=False)
    config = json.dumps(model.get_config()).replace('"float32"', '"float64"')
    x = preprocessed(images, expected["preprocessing"]).astype("float32")
    theirs = model.predict(x, verbose=0)
    exact = in_float64(keras, lambda: type(model).from_config(json.loads(config)), model, x)
    by_layers = np.array(expected["probabilitiesByLayers"]).reshape(ours.shape)
    return {
        "out keras": difference(theirs, ours),
        "out keras, fused": difference(by_fused_kernel(model, x), by_layers),
        "out from float64": difference(ours, exact),
        "out keras, its own from float64": difference(theirs, exact),
    }


def saved_model(folder, images, _, ours):
    import tensorflow as tf

    signature = tf.saved_model.load(str(folder / "saved-model")).signatures["serving_default"]
    return {"out saved-model": difference(signature(images=tf.constant(images))["probabilities"].numpy(), ours)}


def onnx(folder, images, _, ours):
    import onnxruntime

    session = onnxruntime.InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"])
    return {"out onnx": difference(session.run(["probabilities"], {"images": images})[0], ours)}


root, kind, *networks = sys.argv[1:]
run = {"keras": keras, "saved-model": saved_model, "onnx": onnx}[kind]
for name in networks:
    folder = Path(root) / name
    expected = json.loads((folder / "expected.json").read_text())
    images = np.array(expected["images"], "float32").reshape(expected["shape"])
    ours = np.array(expected["probabilities"]).reshape(len(images), -1)
    errors = run(folder, images, expected, ours)
    (folder / f"errors-{kind}.json").write_text(json.dumps(errors))
    print(name, ", ".join(f"{key}: {error:.1e}" for key, error in errors.items()), flush=True)
