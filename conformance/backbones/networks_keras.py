"""Keras' networks with made-up weights: their own .h5 and .keras files, and what every layer of them gives.

KERAS_BACKEND=tensorflow python conformance/backbones/networks_keras.py FOLDER [NETWORK…]
→ FOLDER/NETWORK.h5, .weights.h5, .keras; packages/core/test/fixtures/backbones/NETWORK.json
"""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from keras.src.legacy.saving import legacy_h5_format  # noqa: E402
from reference_weights import pixels, weight  # noqa: E402

FIXTURES = Path(__file__).parents[2] / "packages" / "core" / "test" / "fixtures" / "backbones"
SIZE = (72, 65)
apps = keras.applications
PLAIN = {"weights": None, "input_shape": (*SIZE, 3), "classifier_activation": None}

NETWORKS = {
    "resnet50": lambda: apps.ResNet50(**PLAIN),
    "resnet101": lambda: apps.ResNet101(**PLAIN),
    "resnet152": lambda: apps.ResNet152(**PLAIN),
    "mobilenet_v2_keras": lambda: apps.MobileNetV2(**PLAIN),
    "mobilenet_v3_small": lambda: apps.MobileNetV3Small(**PLAIN, include_preprocessing=False),
    "mobilenet_v3_large": lambda: apps.MobileNetV3Large(**PLAIN, include_preprocessing=False),
    "efficientnet_b0": lambda: apps.EfficientNetB0(**PLAIN),
    "efficientnet_b1": lambda: apps.EfficientNetB1(**PLAIN),
    "efficientnet_b2": lambda: apps.EfficientNetB2(**PLAIN),
    "efficientnet_b3": lambda: apps.EfficientNetB3(**PLAIN),
    "densenet121": lambda: apps.DenseNet121(**PLAIN),
    "convnext_tiny_keras": lambda: apps.ConvNeXtTiny(**PLAIN, include_preprocessing=False),
}


def leaves(model):
    for layer in model.layers:
        if hasattr(layer, "layers"):
            yield from leaves(layer)
        else:
            yield layer


def kind_of(layer, variable):
    if variable.name == "moving_variance":
        return "variance"
    if type(layer).__name__ == "LayerScale":
        return "scale"
    if variable.name in ("kernel", "depthwise_kernel"):
        return "kernel"
    return "gamma" if variable.name == "gamma" else "bias"


def fill(network):
    shapes = {}
    for layer in leaves(network):
        if type(layer).__name__ == "Normalization":
            # It stands for our preprocessing: it must change nothing.
            layer.set_weights([np.zeros(3), np.ones(3) * 1.0, np.array(0)])
            continue
        for variable in layer.weights:
            name = f"{layer.name}/{variable.name}"
            shape = tuple(variable.shape)
            depthwise = type(layer).__name__ == "DepthwiseConv2D"
            fan_in = int(np.prod(shape[:2] if depthwise else shape[:-1])) if len(shape) > 1 else 1
            variable.assign(weight(name, shape, kind_of(layer, variable), fan_in))
            shapes[name] = list(shape)
    return shapes


folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
for ours in sys.argv[2:] or NETWORKS:
    keras.backend.clear_session()
    network = NETWORKS[ours]()
    shapes = fill(network)
    # The legacy writer of weights alone, which Keras' published files are made with.
    import h5py

    with h5py.File(folder / f"{ours}.h5", "w") as file:
        legacy_h5_format.save_weights_to_hdf5_group(file, network)
    network.save_weights(folder / f"{ours}.weights.h5")
    network.save(folder / f"{ours}.keras")
    inputs = pixels(*SIZE)
    # EfficientNet scales pixels by layers of its own.
    raw = inputs * 255 if "efficientnet" in ours else inputs
    watched = [
        layer
        for layer in leaves(network)
        if layer.weights and type(layer).__name__ != "Normalization" and "_stem_" not in layer.name
        and "_downsampling_" not in layer.name and "_head_" not in layer.name
        # Their activation is in them here, and stands by itself in ours.
        and "_se_" not in layer.name
    ]
    both = keras.Model(network.inputs, [layer.output for layer in watched] + [network.output])
    *values, scores = (np.asarray(value, dtype=np.float64) for value in both(raw, training=False))
    fixture = {
        "madeBy": "conformance/backbones/networks_keras.py",
        "reference": "keras.applications",
        "versions": {"keras": keras.__version__, "tensorflow": tf.__version__},
        "inputSize": SIZE,
        "parameters": int(sum(np.prod(shape) for shape in shapes.values())),
        "weights": shapes,
        "layers": {
            layer.name: [float(f"{v:.7g}") for v in (value.mean(), np.abs(value).mean())]
            for layer, value in zip(watched, values)
        },
        "scores": [[float(f"{v:.7g}") for v in row[:16]] for row in scores.tolist()],
        "largestScore": float(np.abs(scores).max()),
    }
    (FIXTURES / f"{ours}.json").write_text(json.dumps(fixture) + "\n")
    print(ours, fixture["parameters"], [round(v, 4) for v in fixture["scores"][0][:4]], flush=True)
