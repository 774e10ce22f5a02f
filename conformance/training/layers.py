"""Writes packages/core/test/fixtures/layers.json: what Keras' layers give, their gradients, and what they move in training."""

import json
import os
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import fixed_values
import keras
import numpy as np
import tensorflow as tf
from keras import layers

OUT = Path(__file__).parents[2] / "packages/core/test/fixtures/layers.json"
MAP = [4, 5, 2]
STEPS = [5, 3]
WIDE = [3, 3, 4]


def case(kind, sizes=(MAP,), keras_options=None, keras_kind=None, **options):
    """A layer: its name and options in TensorFlow.js, those of Keras where they differ, and its inputs' sizes."""
    return {
        "kind": kind,
        "keras": keras_kind or kind[0].upper() + kind[1:],
        "sizes": [list(of) for of in sizes],
        "options": options,
        "kerasOptions": options if keras_options is None else keras_options,
    }


def activation(name, keras_name=None):
    return case("activation", keras_options={"activation": keras_name or name}, activation=name)


def convolution(kind, name, sizes=(MAP,), **options):
    return case(kind, sizes, keras_kind=name, **options)


BATCH_NORM = {"epsilon": 1e-3, "momentum": 0.9}

CASES = [
    activation("swish", "silu"),
    activation("silu"),
    activation("hardSwish", "hard_silu"),
    activation("hardSilu", "hard_silu"),
    activation("hardSigmoid6", "hard_sigmoid"),
    activation("selu"),
    activation("elu"),
    activation("leakyRelu", "leaky_relu"),
    activation("softplus"),
    activation("softsign"),
    activation("mish"),
    activation("gelu"),
    activation("exponential"),
    activation("logSoftmax", "log_softmax"),
    case("reLU", keras_kind="ReLU", keras_options={"max_value": 0.5}, maxValue=0.5),
    case("leakyReLU", keras_kind="LeakyReLU", keras_options={"negative_slope": 0.2}, alpha=0.2),
    case("elu", keras_kind="ELU"),
    case("prelu", keras_kind="PReLU"),
    case("prelu", keras_kind="PReLU", keras_options={"shared_axes": [1, 2]}, sharedAxes=[1, 2]),
    case("softmax", keras_kind="Softmax", keras_options={"axis": -1}, axis=-1),
    case("add", [MAP, [1, 1, 2]]),
    case("multiply", [MAP, [1, 1, 2]]),
    case("multiply", [MAP, MAP, MAP]),
    case("average", [MAP, MAP, MAP]),
    case("maximum", [MAP, MAP]),
    case("minimum", [MAP, [1, 5, 1]]),
    case("Subtract", [MAP, MAP]),
    convolution("conv2d", "Conv2D", filters=3, kernelSize=3, activation="swish", padding="same"),
    convolution("conv2d", "Conv2D", filters=3, kernelSize=[3, 2], dilationRate=2, padding="same"),
    convolution("conv2d", "Conv2D", filters=2, kernelSize=2, dilationRate=[1, 3]),
    convolution("conv1d", "Conv1D", [STEPS], filters=2, kernelSize=3, strides=2, padding="same"),
    convolution("conv1d", "Conv1D", [STEPS], filters=2, kernelSize=2, dilationRate=2, activation="relu"),
    convolution("separableConv2d", "SeparableConv2D", filters=3, kernelSize=3, depthMultiplier=2, padding="same"),
    convolution("separableConv2d", "SeparableConv2D", filters=3, kernelSize=3, strides=2, activation="relu"),
    convolution("separableConv2d", "SeparableConv2D", filters=3, kernelSize=2, dilationRate=2, padding="same"),
    convolution("depthwiseConv2d", "DepthwiseConv2D", kernelSize=3, padding="same", activation="swish"),
    case("dense", [STEPS], units=2, activation="gelu"),
    case("dense", [STEPS], units=2, activation="relu", useBias=False),
    case("dense", [MAP], units=3),
    case("layerNormalization", epsilon=1e-3),
    case("layerNormalization", [MAP], keras_options={"axis": [1, 2, 3]}, axis=[1, 2, 3]),
    case("layerNormalization", [STEPS], center=False),
    case("layerNormalization", [STEPS], scale=False, epsilon=1e-5),
    case("GroupNormalization", [WIDE], groups=2),
    case("GroupNormalization", [WIDE], groups=-1, scale=False),
    case("GroupNormalization", [[5, 6]], groups=3, center=False, epsilon=1e-5),
    case("GroupNormalization", [WIDE], groups=3, axis=1),
    case("rescaling", scale=0.25, offset=-1),
    case("Normalization"),
    case("Normalization", axis=[1, 3]),
    case("Normalization", mean=[0.1, 0.2], variance=[0.5, 2]),
    case("Normalization", mean=0.5, variance=4, axis=None),
    case("Normalization", mean=[0.1, 0.2], variance=[0.5, 2], invert=True),
    convolution("globalMaxPooling2d", "GlobalMaxPooling2D"),
    case("GlobalMaxPooling2D", keepdims=True),
    case("GlobalAveragePooling2D", keepdims=True),
    convolution("globalAveragePooling1d", "GlobalAveragePooling1D", [STEPS]),
    convolution("globalMaxPooling1d", "GlobalMaxPooling1D", [STEPS]),
    convolution("upSampling2d", "UpSampling2D", size=[2, 3]),
    convolution("cropping2D", "Cropping2D", cropping=[[1, 0], [2, 1]]),
    case("permute", dims=[3, 1, 2]),
    *(
        case("batchNormalization", sizes, **BATCH_NORM, **options)
        for sizes, options in [
            ([MAP], {}),
            ([MAP], {"axis": 1}),
            ([MAP], {"axis": 2, "scale": False}),
            ([STEPS], {}),
            ([STEPS], {"axis": 1, "center": False}),
            ([[2, 3, 2, 3]], {}),
            ([[2, 3, 2, 3]], {"axis": 1}),
            ([[3]], {}),
        ]
    ),
    convolution("Conv1D", "Conv1D", [STEPS], filters=2, kernelSize=3, padding="causal"),
    convolution("Conv1D", "Conv1D", [STEPS], filters=2, kernelSize=2, padding="causal", dilationRate=3),
    convolution("GroupedConv2D", "Conv2D", [WIDE], filters=6, kernelSize=[3, 2], groups=2, padding="same"),
    convolution("GroupedConv2D", "Conv2D", [WIDE], filters=4, kernelSize=2, groups=4, strides=2, activation="swish"),
    convolution("GroupedConv2D", "Conv2D", [WIDE], filters=2, kernelSize=2, groups=2, dilationRate=2, useBias=False),
    convolution("GroupedConv2D", "Conv2D", [WIDE], filters=4, kernelSize=1, groups=2, activation="softmax"),
    convolution("Conv1D", "Conv1D", [[6, 4]], filters=6, kernelSize=3, groups=2, strides=2, padding="same"),
    convolution("Conv1D", "Conv1D", [[6, 4]], filters=4, kernelSize=2, groups=4, padding="causal", activation="swish"),
    convolution("Conv1D", "Conv1D", [[6, 4]], filters=4, kernelSize=2, groups=2, dilationRate=2, activation="softmax"),
    case("Resizing", height=3, width=7),
    case("Resizing", height=7, width=3, interpolation="nearest"),
    case("CenterCrop", height=3, width=2),
    case("Reshape", keras_options={"target_shape": [5, -1]}, targetShape=[5, -1]),
]


def snake(name):
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name)


def numbers(array):
    return [float(f"{value:.7g}") for value in np.asarray(array).ravel()]


def between(name, shape, low, high):
    u = fixed_values.uniform(name, int(np.prod(shape)))
    return (low + (high - low) * u).reshape(shape).astype(np.float32)


def ranges(name):
    return (0.5, 1.5) if name in ("gamma", "moving_variance", "variance") else (-0.7, 0.7)


def run(name, data, mode):
    inputs = [keras.Input(of) for of in data["sizes"]]
    options = {snake(option): value for option, value in data["kerasOptions"].items()}
    layer = getattr(layers, data["keras"])(**options)
    layer(inputs if len(inputs) > 1 else inputs[0])
    weights = {weight.name: weight for weight in layer.weights if weight.name != "count"}
    for weight_name, weight in weights.items():
        weight.assign(between(f"{name}/{weight_name}", weight.shape, *ranges(weight_name)))
    if hasattr(layer, "finalize_state"):
        layer.finalize_state()
    layer.trainable = mode != "frozen"
    xs = [tf.constant(between(f"{name}/x{i}", [3, *of], -1, 1)) for i, of in enumerate(data["sizes"])]
    learning = {weight_name: w for weight_name, w in weights.items() if w.trainable}
    with tf.GradientTape() as tape:
        tape.watch(xs)
        kwargs = {"training": mode == "training"} if data["kind"] == "batchNormalization" else {}
        y = layer(xs if len(xs) > 1 else xs[0], **kwargs)
        loss = tf.reduce_sum(y * between(f"{name}/factors", y.shape, -1, 1))
    of_xs, of_weights = tape.gradient(loss, [xs, [w.value for w in learning.values()]])
    result = {
        "mode": mode,
        "y": numbers(y),
        "shape": list(y.shape),
        "inputs": [numbers(gradient) for gradient in of_xs],
        "weights": {weight_name: numbers(g) for weight_name, g in zip(learning, of_weights)},
    }
    if mode == "training":
        result["moved"] = {n: numbers(w) for n, w in weights.items() if n.startswith("moving")}
    return result


cases = []
for i, data in enumerate(CASES):
    name = f"{i}"
    modes = ["frozen", "affine", "training"] if data["kind"] == "batchNormalization" else ["affine"]
    given = {key: data[key] for key in ("kind", "sizes", "options")}
    cases.append({"name": name, **given, "modes": [run(name, data, mode) for mode in modes]})
OUT.write_text(json.dumps({"versions": {"keras": keras.__version__, "tensorflow": tf.__version__}, "cases": cases}) + "\n")
print(OUT.name, "written")
