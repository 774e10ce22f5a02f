"""Trains small networks and ResNet50 in Keras, ten steps each, and writes loss curves and the weights at the end.

KERAS_BACKEND=tensorflow python conformance/training/keras_training.py FOLDER   every case, with all weights; those that are in
                                                                                  the folder aren't trained again
KERAS_BACKEND=tensorflow python conformance/training/keras_training.py FIXTURE.json   a few for the tests
"""

import functools
import itertools
import json
import os
import sys
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import fixed_values
import keras
import networks
import numpy as np
import tensorflow as tf

STEPS = 10
# The least distance of every ReLU's input from its bend. Closer inputs can fall on either side in two float32
# trainings, which then differ by a whole gradient.
MARGIN = 4e-6
LABELS = 5
OPTIMIZERS = {
    "sgd": lambda rate: keras.optimizers.SGD(rate, momentum=0.9),
    "adam": keras.optimizers.Adam,
    # With Keras' default decay, ten steps would move nothing by the tolerance of 1e-4.
    "adamW": lambda rate: keras.optimizers.AdamW(rate, weight_decay=0.1),
}
RATES = {"sgd": 0.01, "adam": 0.001, "adamW": 0.001}
RESNET50_RATES = {"sgd": 0.001, "adam": 1e-5}
VERSIONS = {"keras": keras.__version__, "tensorflow": tf.__version__, "numpy": np.__version__}


def leaves(model):
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            yield from leaves(layer)
        else:
            yield layer


def is_batch_norm(layer):
    return isinstance(layer, keras.layers.BatchNormalization)


def freeze(model, state):
    """Sets which layers learn. Returns the frozen layers and the `training` flag of the calls."""
    layers = list(leaves(model))
    frozen = {
        "head": lambda: [layer for layer in layers if layer.name != "predictions"],
        "first-10": lambda: layers[:10],
        "first-10-batch-norm-frozen": lambda: layers[:10] + [layer for layer in layers[10:] if is_batch_norm(layer)],
        "batch-norm-frozen": lambda: [layer for layer in layers if is_batch_norm(layer)],
        "batch-norm-affine": lambda: [],
        "batch-norm-training": lambda: [],
    }[state]()
    for layer in frozen:
        layer.trainable = False
    return [layer.name for layer in frozen], state != "batch-norm-affine"


def named_weights(model):
    return [(f"{layer.name}/{weight.name}", weight) for layer in leaves(model) for weight in layer.weights]


def bends(model):
    """The inputs of ReLUs, and the positions of their bends."""
    for layer in model.layers:
        if isinstance(layer, keras.layers.ReLU):
            yield layer.input, (0, 6)
        elif isinstance(layer, keras.layers.Activation):
            yield layer.input, (0,)


def train(model, data, case):
    """Ten steps from the fixed weights, on fixed images. Also gives how near an input of a ReLU came to where that bends."""
    for name, weight in named_weights(model):
        weight.assign(fixed_values.weight(name, weight.shape, data["gamma"]))
    frozen, training = freeze(model, case["state"])
    optimizer = OPTIMIZERS[case["optimizer"]](case["learningRate"])
    loss_of = keras.losses.BinaryCrossentropy()
    y = tf.constant(fixed_values.labels((case["batchSize"], LABELS)))
    relus = list(bends(model))
    observed = keras.Model(model.inputs, [model.outputs[0], *(x for x, _ in relus)])
    margin = np.inf
    losses = []
    for step in range(STEPS):
        x = tf.constant((fixed_values.images(case["draw"], step, (case["batchSize"], *data["size"], 3)) - 127.5) / 127.5)
        with tf.GradientTape() as tape:
            scores, *inputs = keras.tree.flatten(observed(x, training=training))
            loss = loss_of(y, scores)
        for values, (_, places) in zip(inputs, relus):
            margin = min(margin, *(float(tf.reduce_min(tf.abs(values - place))) for place in places))
        optimizer.apply(tape.gradient(loss, [v.value for v in model.trainable_variables]), model.trainable_variables)
        losses.append(float(f"{float(loss):.9g}"))
    return {"frozen": frozen, "losses": losses}, margin


def in_dtype(dtype):
    """The policy of layers that are made from now on, and the type that losses and optimizers compute in."""
    keras.config.set_floatx(dtype)
    keras.config.set_dtype_policy(dtype)


def case_of(state, optimizer, draw, rates=RATES, size=8):
    return {"state": state, "optimizer": optimizer, "learningRate": rates[optimizer], "batchSize": size, "draw": draw}


@functools.cache
def first_draw(data, state, optimizer):
    """The first images on which, in float64, no ReLU's input comes near to where that bends: any float32 must agree there."""
    in_dtype("float64")
    for draw in itertools.count():
        _, margin = train(networks.build(json.loads(data)), json.loads(data), case_of(state, optimizer, draw))
        if margin >= MARGIN:
            in_dtype("float32")
            return draw


def small(data, state, optimizer, flat=None):
    """A case and its weights. `flat` is the same network without one inside another, where it isn't that itself."""
    model = networks.build(data)
    case = case_of(state, optimizer, first_draw(json.dumps(flat or data), state, optimizer))
    case |= train(model, data, case)[0]
    # Batch statistics cancel the stem's bias. Its gradient is rounding, which Adam divides by its own size.
    noise = ["stem/bias", "stem_bn/moving_mean"] if state == "batch-norm-training" and optimizer != "sgd" else []
    return case, [(name, np.asarray(weight)) for name, weight in named_weights(model) if name not in noise]


def resnet50(state, optimizer):
    image = keras.Input((64, 64, 3), name="input_layer")
    base = keras.applications.ResNet50(weights=None, include_top=False, input_tensor=image)
    x = keras.layers.GlobalAveragePooling2D(name="pool")(base.output)
    model = keras.Model(image, keras.layers.Dense(LABELS, activation="sigmoid", name="predictions")(x))
    case = case_of(state, optimizer, 0, RESNET50_RATES, 4)
    return {"network": "resnet50", **case, **train(model, {"gamma": (0.3, 0.7), "size": (64, 64)}, case)[0]}


def kept(path, make):
    """The contents of a JSON file, or what is made and written there, so that an interrupted run can be continued."""
    if not path.exists():
        made = make()
        path.with_suffix(".part").write_text(json.dumps(made))
        path.with_suffix(".part").rename(path)
        print(path.stem, "draw", made["draw"], "loss", made["losses"][-1], flush=True)
    return json.loads(path.read_text())


def write_all(folder):
    folder.mkdir(parents=True, exist_ok=True)
    nets = {
        "resnet": networks.resnet([24, 24], 4, LABELS),
        "nested": networks.resnet([24, 24], 4, LABELS, nested=True),
        "branching": networks.branching([24, 24], 4, LABELS),
    }
    states = ["head", "first-10", "batch-norm-frozen", "batch-norm-affine", "batch-norm-training"]

    def with_weights(name, state, optimizer):
        case, weights = small(nets[name], state, optimizer, nets["resnet"] if name == "nested" else None)
        file = f"{name}-{state}-{optimizer}.bin"
        np.concatenate([value.ravel() for _, value in weights]).astype("<f4").tofile(folder / file)
        return {"network": name, **case, "file": file, "weights": [[weight, v.size] for weight, v in weights]}

    cases = [
        kept(folder / f"{'-'.join(case)}.json", lambda: with_weights(*case))
        for case in itertools.product(nets, states, OPTIMIZERS)
    ]
    cases += [
        kept(folder / f"resnet50-{'-'.join(case)}.json", lambda: resnet50(*case))
        for case in itertools.product(["first-10-batch-norm-frozen", "batch-norm-training"], RESNET50_RATES)
    ]
    (folder / "cases.json").write_text(json.dumps({"versions": VERSIONS, "networks": nets, "cases": cases}))


def sample(value):
    """The largest number, and up to three numbers at even distances."""
    flat = value.ravel()
    places = [i * (flat.size - 1) // 2 for i in range(3)] if flat.size > 2 else range(flat.size)
    return [float(f"{x:.7g}") for x in [np.abs(flat).max(), *flat[list(places)]]]


def write_fixture(path):
    data = networks.resnet([16, 16], 4, LABELS)
    states = {
        "head": ["sgd"],
        "first-10": ["sgd", "adam"],
        "batch-norm-frozen": ["sgd", "adam"],
        "batch-norm-affine": ["sgd", "adamW"],
        "batch-norm-training": ["sgd", "adam"],
    }
    cases = []
    for state, optimizers in states.items():
        for optimizer in optimizers:
            case, weights = small(data, state, optimizer)
            learned = {name: sample(v) for name, v in weights if name.split("/")[0] not in case["frozen"]}
            cases.append({"network": "resnet", **case, "weights": learned})
    path.write_text(json.dumps({"versions": VERSIONS, "networks": {"resnet": data}, "cases": cases}) + "\n")
    print(path.name, "written")


target = Path(sys.argv[1])
write_fixture(target) if target.suffix == ".json" else write_all(target)
