"""Runs what out.ts wrote in Keras, TensorFlow or ONNX Runtime, and tells how far the probabilities are from ours.

python conformance/networks/out.py FOLDER keras|saved-model|onnx NETWORK… → FOLDER/NETWORK/error-KIND.json, back.{keras,h5}
"""

import json
import sys
from pathlib import Path

import numpy as np


def preprocessed(images, preprocessing):
    ordered = images[..., ::-1] if preprocessing["channelOrder"] == "bgr" else images
    return (ordered - np.array(preprocessing["mean"], "float32")) * np.array(preprocessing["scale"], "float32")


def keras(folder, images, preprocessing):
    import keras

    model = keras.saving.load_model(folder / "model.keras")
    # For out-results.ts, which opens them.
    model.save(folder / "back.keras")
    model.save(folder / "back.h5", include_optimizer=False)
    return model.predict(preprocessed(images, preprocessing).astype("float32"), verbose=0)


def saved_model(folder, images, _):
    import tensorflow as tf

    signature = tf.saved_model.load(str(folder / "saved-model")).signatures["serving_default"]
    return signature(images=tf.constant(images))["probabilities"].numpy()


def onnx(folder, images, _):
    import onnxruntime

    session = onnxruntime.InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"])
    return session.run(["probabilities"], {"images": images})[0]


root, kind, *networks = sys.argv[1:]
run = {"keras": keras, "saved-model": saved_model, "onnx": onnx}[kind]
for name in networks:
    folder = Path(root) / name
    expected = json.loads((folder / "expected.json").read_text())
    images = np.array(expected["images"], "float32").reshape(expected["shape"])
    ours = np.array(expected["probabilities"]).reshape(len(images), -1)
    theirs = run(folder, images, expected["preprocessing"])
    error = float(np.abs(ours - theirs).max() / np.abs(ours).max())
    (folder / f"error-{kind}.json").write_text(json.dumps(error))
    print(name, kind, f"{error:.1e}", flush=True)
