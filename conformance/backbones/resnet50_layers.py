"""Writes what Keras says of ResNet50's layers: names, order, classes, output shapes, weight names and shapes.

KERAS_BACKEND=tensorflow python conformance/backbones/resnet50_layers.py
→ packages/core/test/fixtures/resnet50-layers.json
"""

import json
import os
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
import keras  # noqa: E402
import tensorflow as tf  # noqa: E402

FIXTURES = Path(__file__).parents[2] / "packages" / "core" / "test" / "fixtures"


def layer_row(layer):
    return {
        "name": layer.name,
        "className": type(layer).__name__,
        "outputShape": [*layer.output.shape],
        "weights": {w.name: [*w.shape] for w in layer.weights},
    }


def layers(**options):
    keras.backend.clear_session()
    model = keras.applications.ResNet50(weights=None, **options)
    return [layer_row(layer) for layer in model.layers]


with_top = layers(include_top=True)
no_top = layers(include_top=False, input_shape=(224, 224, 3))
assert with_top[: len(no_top)] == no_top
odd = layers(include_top=False, input_shape=(97, 75, 3))
batch_norm = keras.applications.ResNet50(weights=None).get_layer("conv1_bn")

text = json.dumps(
    {
        "madeBy": "conformance/backbones/resnet50_layers.py",
        "versions": {"keras": keras.__version__, "tensorflow": tf.__version__},
        "batchNormalization": {"epsilon": batch_norm.epsilon, "momentum": batch_norm.momentum},
        "layers": with_top,
        "oddInputShape": [97, 75, 3],
        "oddOutputShapes": [row["outputShape"] for row in odd],
    }
)
(FIXTURES / "resnet50-layers.json").write_text(text.replace('{"name"', '\n{"name"') + "\n")
