"""Writes a test's fixture: a network that Thaw exported as Keras saves it, what Keras computes with it and what it freezes.

python conformance/export/keras_fixture.py FOLDER/layers
→ packages/core/test/fixtures/formats/keras3-from-thaw.keras, keras3-from-thaw.json
"""

import json
import sys
from pathlib import Path

import keras
import numpy as np

FIXTURES = Path(__file__).parents[2] / "packages" / "core" / "test" / "fixtures" / "formats"
model = keras.models.load_model(Path(sys.argv[1]) / "model.keras")
model.save(FIXTURES / "keras3-from-thaw.keras")
shape = (2, *model.input_shape[1:])
pixels = (np.arange(np.prod(shape)) * 37 % 251).reshape(shape).astype("float32") / 50 - 2.5
layers = [layer for layer in model.layers if layer.weights]
(FIXTURES / "keras3-from-thaw.json").write_text(
    json.dumps(
        {
            "keras": keras.__version__,
            "shape": shape,
            "outputs": np.asarray(model(pixels, training=False)).tolist(),
            "trainable": {layer.name: layer.trainable for layer in layers},
        }
    )
    + "\n"
)
