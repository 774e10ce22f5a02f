"""Writes a small model's weights with Keras' own legacy .h5 writer, and the outputs that go with them.

KERAS_BACKEND=tensorflow python conformance/backbones/tiny_h5.py
→ packages/core/test/fixtures/{tiny-keras3,tiny-keras2,tiny-float16,tiny-model,tiny-nested}.h5, tiny.weights.h5, tiny-outputs.json

tiny-keras3  as Keras 3 names weights: conv/kernel
tiny-keras2  as Keras 2 and the files of keras.applications do: conv/kernel:0
tiny-float16 the weights of a model with the dtype policy float16
tiny-model   a whole model saved to .h5 (the weights lie in a group of the file)
tiny-nested  a model in a model
tiny.weights the format of Keras 3, which is another one
"""

import json
import os
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
import h5py  # noqa: E402
import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from keras import layers  # noqa: E402
from keras.src.legacy.saving import legacy_h5_format  # noqa: E402

FIXTURES = Path(__file__).parents[2] / "packages" / "core" / "test" / "fixtures"


def base():
    x = image = keras.Input((6, 5, 3))
    x = layers.Conv2D(4, 3, name="conv")(x)
    x = layers.BatchNormalization(epsilon=1.001e-5, name="bn")(x)
    x = layers.Activation("relu", name="relu")(x)
    return keras.Model(image, x, name="base")


def head(image, x):
    x = layers.GlobalAveragePooling2D(name="pool")(x)
    x = layers.Dense(2, name="dense")(x)
    return keras.Model(image, x, name="tiny")


def randomise(model, seed):
    """Random weights; the variances must be positive."""
    random = np.random.default_rng(seed)
    for weight in model.weights:
        value = random.normal(0, 0.5, weight.shape)
        weight.assign(np.abs(value) + 0.5 if weight.name == "moving_variance" else value)


flat_base = base()
flat = head(flat_base.input, flat_base.output)
randomise(flat, 1)
inner = base()
image = keras.Input((6, 5, 3))
nested = head(image, inner(image))
nested.set_weights(flat.get_weights())


def write(name, model):
    with h5py.File(FIXTURES / name, "w") as file:
        legacy_h5_format.save_weights_to_hdf5_group(file, model)


write("tiny-keras3.h5", flat)
write("tiny-nested.h5", nested)
keras.config.set_dtype_policy("float16")
half_base = base()
half = head(half_base.input, half_base.output)
half.set_weights(flat.get_weights())
keras.config.set_dtype_policy("float32")
write("tiny-float16.h5", half)
flat.save(FIXTURES / "tiny-model.h5")
flat.save_weights(FIXTURES / "tiny.weights.h5")

with h5py.File(FIXTURES / "tiny-keras3.h5") as source, h5py.File(FIXTURES / "tiny-keras2.h5", "w") as file:
    names = [name for name in source.attrs["layer_names"]]
    file.attrs["layer_names"] = np.array([str(name.decode() if hasattr(name, "decode") else name).encode() for name in names])
    file.attrs["backend"] = b"tensorflow"
    file.attrs["keras_version"] = b"2.15.0"
    for layer in flat.layers:
        group = file.create_group(layer.name)
        group.attrs["weight_names"] = [f"{layer.name}/{w.name}:0".encode() for w in layer.weights]
        for w in layer.weights:
            group.create_dataset(f"{layer.name}/{w.name}:0", data=np.asarray(w))

pixels = np.random.default_rng(2).normal(size=(2, 6, 5, 3)).astype("float32")
(FIXTURES / "tiny-outputs.json").write_text(
    json.dumps(
        {
            "madeBy": "conformance/backbones/tiny_h5.py",
            "versions": {"keras": keras.__version__, "tensorflow": tf.__version__},
            "input": {"shape": [*pixels.shape], "data": pixels.ravel().tolist()},
            "output": np.asarray(flat(pixels, training=False)).tolist(),
            "weights": {
                f"{layer.name}/{w.name}": np.asarray(w).ravel().tolist() for layer in flat.layers for w in layer.weights
            },
        }
    )
    + "\n"
)
