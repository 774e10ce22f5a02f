"""The gradients of Keras' networks in float64, and what a training step moves BatchNormalization's statistics by.

KERAS_BACKEND=tensorflow python conformance/networks/gradients_keras.py FOLDER NETWORK…
→ FOLDER/NETWORK/{affine,training}/ model.json and weights.bin, as TensorFlow.js stores weights; FOLDER/NETWORK/facts.json
"""

import functools
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "backbones"))
import keras  # noqa: E402
import keras_networks  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from conditioning import BENDS, margin, seed_of_widest_margin  # noqa: E402
from reference_weights import IMAGES, SIDE, binary_labels, pixels  # noqa: E402

MODES = {"affine": False, "training": True}


def bends_of(layer):
    """The positions at which a layer's activation bends."""
    function = getattr(layer, "activation", None)
    name = getattr(function, "__name__", type(layer).__name__).lower()
    return BENDS["relu6" if getattr(layer, "max_value", None) == 6 else name] if name in BENDS else ()


def made(name, dtype):
    keras.backend.clear_session()
    keras.config.set_floatx(dtype)
    network = keras_networks.make(name, (SIDE, SIDE))
    keras_networks.fill(network)
    return network


def margins(name):
    """The margin of a seed's images, in float64."""
    network = made(name, "float64")
    bent = [layer for layer in keras_networks.leaves(network) if bends_of(layer)]
    inputs = keras.Model(network.inputs, [layer.input for layer in bent]) if bent else None

    @functools.cache
    def of(seed):
        if inputs is None:
            return float("inf")
        values = inputs(tf.constant(keras_networks.given(name, pixels(SIDE, SIDE, IMAGES, seed)), "float64"))
        values = [value.numpy() for value in (values if isinstance(values, (list, tuple)) else [values])]
        return min(margin(x, bends_of(layer), np.sqrt(np.mean(x**2))) for x, layer in zip(values, bent))

    return of


def computed(name, dtype, training, seed):
    """Loss, gradients and changes of moving statistics, by layer/weight. Dropout is off, because random masks differ."""
    network = made(name, dtype)
    layers = list(keras_networks.leaves(network))
    for layer in layers:
        if isinstance(layer, keras.layers.Dropout):
            layer.rate = 0.0
    images = tf.constant(keras_networks.given(name, pixels(SIDE, SIDE, IMAGES, seed)), dtype)
    labels = tf.constant(binary_labels(IMAGES, 1000), dtype)
    variables = {
        f"{layer.name}/{weight.name}": weight
        for layer in layers
        if type(layer).__name__ != "Normalization"
        for weight in layer.weights
    }
    before = {key: value.numpy() for key, value in variables.items() if "/moving_" in key}
    learning = {key: value for key, value in variables.items() if key not in before}
    with tf.GradientTape() as tape:
        scores = network(images, training=training)
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=scores))
    of = tape.gradient(loss, [value.value for value in learning.values()])
    gradients = {key: value.numpy() for key, value in zip(learning, of)}
    moved = {key: variables[key].numpy() - value for key, value in before.items()}
    norms = sum(isinstance(layer, keras.layers.BatchNormalization) for layer in layers)
    return {"loss": float(loss), "gradients": gradients, "moved": moved, "norms": norms}


def store(target, values):
    target.mkdir(parents=True, exist_ok=True)
    entries = [{"name": key, "shape": list(value.shape), "dtype": "float32"} for key, value in values.items()]
    manifest = [{"paths": ["weights.bin"], "weights": entries}]
    (target / "model.json").write_text(json.dumps({"weightsManifest": manifest}))
    with open(target / "weights.bin", "wb") as file:
        for value in values.values():
            file.write(value.astype("<f4").tobytes())


def distance(a, b):
    """The relative distance of all gradients as one vector."""
    squares = [(np.sum((a[key] - b[key]) ** 2), np.sum(b[key] ** 2)) for key in b]
    return float(np.sqrt(sum(s for s, _ in squares) / sum(s for _, s in squares)))


def compared(name, training, seed):
    """The distance of the float32 gradients from the float64 ones, and the results in float64."""
    exact = computed(name, "float64", training, seed)
    single = computed(name, "float32", training, seed)
    return distance(single["gradients"], exact["gradients"]), exact


for name in sys.argv[2:]:
    folder = Path(sys.argv[1]) / name
    seed = seed_of_widest_margin(margins(name))
    facts = {"reference": f"Keras {keras.__version__}", "seed": seed, "modes": {}}
    for mode, training in MODES.items():
        own_distance, exact = compared(name, training, seed)
        store(folder / mode, {**exact["gradients"], **exact["moved"]})
        facts["norms"] = exact["norms"]
        facts["modes"][mode] = {"loss": exact["loss"], "ownDistance": own_distance}
    (folder / "facts.json").write_text(json.dumps(facts) + "\n")
    print(name, facts, flush=True)
