"""Writes models of every shape that people save with Keras 2 and 3, and their outputs.

KERAS_BACKEND=tensorflow python conformance/backbones/models_keras.py FOLDER
→ packages/core/test/fixtures/formats/models/*.{h5,keras}, outputs.json: small ones, which the tests open
→ FOLDER/: MobileNet as Keras 3's .h5 and .keras, and as the converter of TensorFlow.js writes that of tf_keras
"""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
import keras  # noqa: E402
import numpy as np  # noqa: E402
import tf_keras  # noqa: E402

FIXTURES = Path(__file__).parents[2] / "packages" / "core" / "test" / "fixtures" / "formats" / "models"
FIXTURES.mkdir(exist_ok=True, parents=True)


def shared(k):
    """One layer that is called three times, and one model that is called twice, on several inputs."""
    left, right = k.Input((4,), name="left"), k.Input((4,), name="right")
    twice = k.layers.Dense(4, activation="tanh", name="twice")
    inner_input = k.Input((4,), name="inner_input")
    inner = k.Model(inner_input, k.layers.Dense(3, name="inner_dense")(inner_input), name="inner")
    a, b = inner(twice(left)), inner(twice(twice(right)))
    x = k.layers.Concatenate(name="both")([a, b, k.layers.Subtract(name="difference")([a, b])])
    outputs = [k.layers.Dense(2, name="one")(x), k.layers.Dense(1, activation="sigmoid", name="other")(x)]
    return k.Model([left, right], outputs, name="shared")


def sequential_inside(k):
    """A Sequential in a functional model, in a Sequential."""
    block = k.Sequential(
        [
            k.Input((6, 5, 3)),
            k.layers.Conv2D(4, 3, padding="same", name="conv"),
            k.layers.BatchNormalization(name="bn"),
            k.layers.ReLU(name="relu"),
        ],
        name="block",
    )
    image = k.Input((6, 5, 3), name="image")
    x = block(image)
    x = k.layers.Add(name="add")([x, k.layers.Conv2D(4, 1, name="shortcut")(image)])
    middle = k.Model(image, k.layers.GlobalAveragePooling2D(name="pool")(x), name="middle")
    return k.Sequential([k.Input((6, 5, 3)), middle, k.layers.Dense(2, name="dense")], name="outer")


def hard_sigmoid(k):
    """As a layer, in a convolution, a dense layer, and in the gate of squeeze and excite. Keras 2 and 3 differ in it."""
    image = k.Input((4, 4, 3), name="image")
    x = k.layers.Conv2D(4, 1, activation="hard_sigmoid", name="conv")(image)
    gate = k.layers.GlobalAveragePooling2D(keepdims=True, name="squeeze")(x)
    gate = k.layers.Conv2D(4, 1, name="excite")(gate)
    gate = k.layers.Activation("hard_sigmoid", name="gate")(gate)
    x = k.layers.Multiply(name="scaled")([x, gate])
    x = k.layers.Flatten(name="flat")(x)
    return k.Model(image, k.layers.Dense(3, activation="hard_sigmoid", name="dense")(x), name="hard")


def grouped(k):
    """Convolutions with groups of channels: of several, of one, of one with a dilation, and as many as filters of more
    channels."""
    image = k.Input((9, 8, 3), name="image")
    x = k.layers.Conv2D(8, 1, name="stem")(image)
    x = k.layers.Conv2D(12, 3, groups=4, strides=2, padding="same", use_bias=False, name="four")(x)
    x = k.layers.BatchNormalization(name="norm")(x)
    x = k.layers.ReLU(name="relu")(x)
    x = k.layers.Conv2D(24, [1, 2], groups=12, activation="relu", name="one")(x)
    x = k.layers.Conv2D(24, 2, groups=24, dilation_rate=2, padding="same", name="dilated")(x)
    x = k.layers.Conv2D(24, 3, groups=24, padding="same", name="depthwise")(x)
    x = k.layers.Conv2D(6, 1, groups=6, activation="softmax", name="as_filters")(x)
    return k.Model(image, k.layers.GlobalAveragePooling2D(name="pool")(x), name="grouped")


def steps(k):
    """Convolutions of sequences: causal, dilated, with groups, and a dense layer that depends on the number of steps."""
    signal = k.Input((20, 8), name="signal")
    x = k.layers.Conv1D(8, 3, padding="causal", dilation_rate=2, activation="relu", name="causal")(signal)
    x = k.layers.BatchNormalization(name="norm")(x)
    x = k.layers.Conv1D(12, 3, groups=4, strides=2, padding="same", name="four")(x)
    x = k.layers.Conv1D(12, 3, groups=12, padding="causal", strides=3, activation="softmax", name="one")(x)
    x = k.layers.Flatten(name="flat")(x)
    return k.Model(signal, k.layers.Dense(2, name="dense")(x), name="steps")


def wrapped(k):
    """Frames through a network of which a part is frozen, and recurrent layers in both directions, of which one is frozen."""
    layers = [k.Input((7, 6, 3)), k.layers.Conv2D(4, 3, name="conv"), k.layers.BatchNormalization(name="norm")]
    layers += [k.layers.Conv2D(4, 3, activation="hard_sigmoid", name="conv2"), k.layers.GlobalAveragePooling2D(name="pool")]
    frames = k.Input((5, 7, 6, 3), name="frames")
    x = k.layers.TimeDistributed(k.Sequential(layers, name="frame"), name="each")(frames)
    x = k.layers.TimeDistributed(k.layers.Dense(4, activation="relu", name="inner"), name="mixed")(x)
    x = k.layers.Bidirectional(k.layers.LSTM(3, return_sequences=True, name="lstm"), name="both")(x)
    x = k.layers.Bidirectional(k.layers.LSTM(2, name="lstm2"), merge_mode="sum", name="summed")(x)
    model = k.Model(frames, k.layers.Dense(2, name="inner")(x), name="wrapped")
    model.get_layer("both").trainable = False
    model.get_layer("each").layer.get_layer("conv").trainable = False
    return model


def randomise(model, seed):
    random = np.random.default_rng(seed)
    for weight in model.weights:
        value = random.normal(0, 1, weight.shape)
        weight.assign(np.abs(value) + 0.5 if "variance" in weight.name else value)


def inputs_of(model):
    random = np.random.default_rng(5)
    return [random.normal(0, 2, (2, *tensor.shape[1:])).astype("float32") for tensor in model.inputs]


def entry(values, outputs):
    outputs = outputs if isinstance(outputs, (list, tuple)) else [outputs]
    return {
        "inputs": [{"shape": list(value.shape), "data": [float(f"{v:.6g}") for v in value.ravel()]} for value in values],
        "outputs": [np.asarray(output).ravel().tolist() for output in outputs],
    }


def rounded(values):
    """The inputs as they are stored, so that both sides compute with the same numbers."""
    return [np.array([float(f"{v:.6g}") for v in value.ravel()], "float32").reshape(value.shape) for value in values]


def custom(k):
    class Twice(k.layers.Layer):
        def call(self, x):
            return 2 * x

    x = k.Input((2,), name="x")
    return k.Model(x, k.layers.Dense(1, name="dense")(Twice(name="doubled")(x)), name="custom")


stored = {"madeBy": "conformance/backbones/models_keras.py", "keras": keras.__version__, "tf_keras": tf_keras.__version__}
stored["models"] = {}
for major, k in ((2, tf_keras), (3, keras)):
    for make in (shared, sequential_inside, hard_sigmoid, grouped, steps, wrapped):
        model = make(k)
        randomise(model, 10 * major)
        values = rounded(inputs_of(model))
        result = entry(values, model(values if len(values) > 1 else values[0], training=False))
        result["learning"] = len(model.trainable_weights)
        for ending in ("h5", "keras"):
            name = f"keras{major}-{make.__name__.replace('_', '-')}.{ending}"
            model.save(FIXTURES / name, **({"include_optimizer": False} if ending == "h5" else {}))
            stored["models"][name] = result
    custom(k).save(FIXTURES / f"keras{major}-custom.keras")
(FIXTURES / "outputs.json").write_text(json.dumps(stored) + "\n")

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
mobile = {}
for major, k in ((2, tf_keras), (3, keras)):
    model = k.applications.MobileNet(input_shape=(64, 64, 3), alpha=0.25, weights=None, classes=5)
    random = np.random.default_rng(major)
    for weight in model.weights:
        values = random.uniform(0.5, 1.5, weight.shape) if "variance" in weight.name else random.normal(0, 0.3, weight.shape)
        weight.assign(values)
    values = rounded(inputs_of(model))
    result = entry(values, model(values[0], training=False))
    if major == 3:
        model.save(folder / "mobilenet-keras3.h5", include_optimizer=False)
        model.save(folder / "mobilenet-keras3.keras")
        mobile["mobilenet-keras3.h5"] = mobile["mobilenet-keras3.keras"] = result
        continue
    # As tensorflowjs_converter writes a layers model: the topology out of the .h5 file, and one group of weights.
    model.save(folder / "mobilenet-keras2.h5", include_optimizer=False)
    target = folder / "mobilenet-converted"
    target.mkdir(exist_ok=True)
    topology = {
        "keras_version": tf_keras.__version__,
        "backend": "tensorflow",
        "model_config": json.loads(model.to_json()),
    }
    axes = [layer["config"]["axis"] for layer in topology["model_config"]["config"]["layers"] if "axis" in layer["config"]]
    assert sum(isinstance(axis, list) for axis in axes) == 27, axes
    entries = [
        {"name": w.name.removesuffix(":0"), "shape": list(w.shape), "dtype": "float32"} for w in model.weights
    ]
    (target / "model.json").write_text(
        json.dumps(
            {
                "format": "layers-model",
                "generatedBy": f"keras v{tf_keras.__version__}",
                "convertedBy": "TensorFlow.js Converter",
                "modelTopology": topology,
                "weightsManifest": [{"paths": ["group1-shard1of1.bin"], "weights": entries}],
            }
        )
    )
    (target / "group1-shard1of1.bin").write_bytes(b"".join(np.asarray(w).astype("<f4").tobytes() for w in model.weights))
    mobile["mobilenet-keras2.h5"] = mobile["mobilenet-converted"] = result
(folder / "outputs.json").write_text(json.dumps({"models": mobile}) + "\n")
print(sorted(stored["models"]), sorted(mobile))
