"""Writes packages/datasets/test/fixtures/resize-and-warp.json: what TensorFlow and Keras make of small images.

resize: tf.image.resize, bilinear, antialias=False. warp: Keras' affine_transform, bilinear, reflect, and its
RandomRotation and RandomZoom with a factor that leaves nothing to chance.
"""

import json
import os
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(7)
OUT = Path(__file__).parents[2] / "packages/datasets/test/fixtures/resize-and-warp.json"


def image(height, width):
    return rng.integers(0, 256, (height, width, 3), dtype=np.uint8)


def flat(array, digits=3):
    return [round(float(value), digits) for value in np.asarray(array).ravel()]


def resize_case(height, width, new_height, new_width):
    source = image(height, width)
    result = tf.image.resize(source, (new_height, new_width), method="bilinear", antialias=False)
    return {"from": [height, width], "to": [new_height, new_width], "image": source.ravel().tolist(), "expected": flat(result)}


def affine_case(transform, height=12, width=9):
    source = image(height, width)
    result = keras.ops.image.affine_transform(
        source.astype("float32"), np.array([*transform, 0, 0], "float32"), interpolation="bilinear", fill_mode="reflect"
    )
    return {"size": [height, width], "map": transform, "image": source.ravel().tolist(), "expected": flat(result)}


def layer_case(name, layer, angle, scale, mirrored=False, height=12, width=12):
    source = image(height, width)
    result = layer(source.astype("float32")[None], training=True)[0]
    return {
        "layer": name,
        "size": [height, width],
        "transform": {"mirrored": mirrored, "angle": angle, "scale": scale},
        "image": source.ravel().tolist(),
        "expected": flat(result),
    }


turn = 2 * np.pi
fixture = {
    "versions": {"tensorflow": tf.__version__, "keras": keras.__version__, "numpy": np.__version__},
    "resize": [
        resize_case(*sizes)
        for sizes in [(5, 4, 11, 13), (13, 11, 5, 4), (6, 6, 6, 6), (3, 7, 9, 2), (1, 1, 4, 3), (9, 8, 1, 1), (27, 22, 56, 56)]
    ],
    "affine": [
        affine_case([1.0, 0.0, 0.0, 0.0, 1.0, 0.0]),
        affine_case([-1.0, 0.0, 8.0, 0.0, 1.0, 0.0]),
        affine_case([1.0, 0.0, 3.25, 0.0, 1.0, -2.5]),
        affine_case([0.875, 0.25, -1.5, -0.125, 1.25, 0.75]),
        affine_case([3.0, 0.0, -9.0, 0.0, 3.0, -14.0]),
    ],
    "layers": [
        layer_case("RandomRotation", keras.layers.RandomRotation((0.1, 0.1), fill_mode="reflect"), 0.1 * turn, 1.0),
        layer_case("RandomRotation", keras.layers.RandomRotation((-0.03, -0.03), fill_mode="reflect"), -0.03 * turn, 1.0),
        layer_case("RandomZoom", keras.layers.RandomZoom((0.25, 0.25), fill_mode="reflect"), 0.0, 1.25),
        layer_case("RandomZoom", keras.layers.RandomZoom((-0.2, -0.2), fill_mode="reflect"), 0.0, 0.8),
    ],
}
OUT.write_text(json.dumps(fixture) + "\n")
print(OUT.name, OUT.stat().st_size, fixture["versions"])
