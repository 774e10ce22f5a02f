"""Writes random ResNet50 weights with Keras' legacy .h5 writer, seeded inputs, and Keras' outputs for them.

KERAS_BACKEND=tensorflow python conformance/backbones/resnet50_outputs.py FOLDER

The BatchNorm statistics and scales are random too, so that a swapped weight shows. Images are raw RGB in 0…255;
the expected outputs include Keras' own preprocess_input.
"""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
import h5py  # noqa: E402
import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from keras.src.legacy.saving import legacy_h5_format  # noqa: E402

SIZES = [(224, 224), (97, 75)]
folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
random = np.random.default_rng(20)


def randomise(model):
    for layer in model.layers:
        for weight in layer.weights:
            shape = weight.shape
            if weight.name == "kernel":
                # the top's is smaller, or softmax would say 1 for one class and 0 for the others
                gain = 1e-4 if layer.name == "predictions" else 2
                value = random.normal(0, np.sqrt(gain / np.prod(shape[:-1])), shape)
            elif weight.name == "moving_variance":
                value = random.uniform(0.5, 2, shape)
            elif weight.name == "gamma":
                value = random.uniform(0.5, 1, shape)
            else:
                value = random.normal(0, 0.1, shape)
            weight.assign(value)


def write(model, name):
    path = folder / name
    with h5py.File(path, "w") as file:
        legacy_h5_format.save_weights_to_hdf5_group(file, model)
    return name


full = keras.applications.ResNet50(weights=None, include_top=True)
randomise(full)
weights = {layer.name: layer.get_weights() for layer in full.layers}
with_top = write(full, "with-top.h5")
cases = []
for height, width in SIZES:
    base = keras.applications.ResNet50(weights=None, include_top=False, input_shape=(height, width, 3))
    for layer in base.layers[1:]:
        layer.set_weights(weights[layer.name])
    if (height, width) == SIZES[0]:
        no_top = write(base, "no-top.h5")
    images = random.uniform(0, 255, (2, height, width, 3)).astype("float32")
    prepared = keras.applications.resnet.preprocess_input(images.copy())
    for model, file in [(base, no_top)] + ([(full, with_top)] if (height, width) == SIZES[0] else []):
        case = f"{file.removesuffix('.h5')}-{height}x{width}"
        output = np.asarray(model(prepared, training=False)).astype("<f4")
        images.astype("<f4").tofile(folder / f"{case}.input.bin")
        output.tofile(folder / f"{case}.output.bin")
        cases.append({"name": case, "weights": file, "inputShape": images.shape, "outputShape": output.shape})

(folder / "cases.json").write_text(
    json.dumps({"versions": {"keras": keras.__version__, "tensorflow": tf.__version__}, "cases": cases}, indent=1)
)
