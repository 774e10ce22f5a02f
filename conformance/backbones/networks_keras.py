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
import keras_networks  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from keras.src.legacy.saving import legacy_h5_format  # noqa: E402
from reference_weights import pixels  # noqa: E402

FIXTURES = Path(__file__).parents[2] / "packages" / "core" / "test" / "fixtures" / "backbones"
SIZE = (72, 65)

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
for ours in sys.argv[2:] or keras_networks.NETWORKS:
    keras.backend.clear_session()
    network = keras_networks.make(ours, SIZE)
    shapes = keras_networks.fill(network)
    # The legacy writer of weights alone, which Keras' published files are made with.
    import h5py

    with h5py.File(folder / f"{ours}.h5", "w") as file:
        legacy_h5_format.save_weights_to_hdf5_group(file, network)
    network.save_weights(folder / f"{ours}.weights.h5")
    network.save(folder / f"{ours}.keras")
    inputs = pixels(*SIZE)
    raw = keras_networks.given(ours, inputs)
    watched = [
        layer
        for layer in keras_networks.leaves(network)
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
