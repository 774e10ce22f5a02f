"""Writes one small network in every file format of Keras 2 and 3, and its outputs.

KERAS_BACKEND=tensorflow python conformance/backbones/formats_keras.py
→ packages/core/test/fixtures/formats/keras{2,3}-*.{h5,keras}, keras-outputs.json

The network has what has broken readers: models in models two levels deep, two layers of one name in different models, a
depthwise kernel, a separable convolution, BatchNormalization without gamma, and class names that Keras numbers.
"""

import json
import os
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
import tf_keras  # noqa: E402

FOLDER = Path(__file__).parents[2] / "packages" / "core" / "test" / "fixtures" / "formats"
FOLDER.mkdir(exist_ok=True)
SHAPE = (8, 7, 3)


def network(k):
    layers = k.layers

    image = k.Input(SHAPE)
    x = layers.Conv2D(4, 3, padding="same", name="conv")(image)
    x = layers.BatchNormalization(epsilon=1e-3, scale=False, name="bn")(x)
    x = layers.Activation("relu", name="relu")(x)
    inner = k.Model(image, x, name="inner")

    image = k.Input(SHAPE)
    x = inner(image)
    x = layers.DepthwiseConv2D(3, strides=2, padding="same", name="depthwise")(x)
    x = layers.BatchNormalization(name="bn_2")(x)
    x = layers.ReLU(6.0, name="relu6")(x)
    x = layers.SeparableConv2D(5, 3, padding="same", use_bias=False, name="separable")(x)
    middle = k.Model(image, x, name="middle")

    image = k.Input(SHAPE, name="image")
    x = middle(image)
    y = layers.Conv2D(5, 1, name="side")(x)
    x = layers.Add(name="add")([x, y])
    x = layers.GlobalAveragePooling2D(name="pool")(x)
    x = layers.Dense(6, activation="swish", name="hidden")(x)
    x = layers.Dropout(0.2, name="dropout")(x)
    x = layers.Dense(2, activation="softmax", name="dense")(x)
    return k.Model(image, x, name="formats")


def leaves(model, path=()):
    for layer in model.layers:
        if hasattr(layer, "layers"):
            yield from leaves(layer, (*path, layer.name))
        else:
            yield "/".join((*path, layer.name)), layer


def weight_name(weight):
    return weight.name.split("/")[-1].removesuffix(":0")


def randomise(model, seed):
    random = np.random.default_rng(seed)
    for weight in model.weights:
        value = random.normal(0, 0.5, weight.shape)
        weight.assign(np.abs(value) + 0.5 if "variance" in weight.name else value)


pixels = np.random.default_rng(2).normal(size=(2, *SHAPE)).astype("float32")
result = {
    "madeBy": "conformance/backbones/formats_keras.py",
    "versions": {"keras": keras.__version__, "tf_keras": tf_keras.__version__, "tensorflow": tf.__version__},
    "input": {"shape": [*pixels.shape], "data": pixels.ravel().tolist()},
    "outputs": {},
}
for major, k in ((2, tf_keras), (3, keras)):
    model = network(k)
    randomise(model, major)
    if major == 2:
        model.save_weights(FOLDER / "keras2-weights.h5")
    model.save(FOLDER / f"keras{major}-model.h5", include_optimizer=False)
    model.save(FOLDER / f"keras{major}.keras")
    model.save_weights(FOLDER / f"keras{major}.weights.h5") if major == 3 else None
    result["outputs"][f"keras{major}"] = np.asarray(model(pixels, training=False)).tolist()
    result.setdefault("weights", {})[f"keras{major}"] = {
        f"{path}/{weight_name(w)}": [float(np.asarray(w).sum()), *np.asarray(w).shape]
        for path, layer in leaves(model)
        for w in layer.weights
    }
(FOLDER / "keras-outputs.json").write_text(json.dumps(result) + "\n")
