"""Networks with code on tensors between their layers, and others that people build, without weights: descriptions and outputs.

KERAS_BACKEND=tensorflow python conformance/backbones/code_keras.py
→ packages/core/test/fixtures/formats/keras-code.json, which the tests open
"""

import json
import os
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
import tf_keras  # noqa: E402

FILE = Path(__file__).parents[2] / "packages" / "core" / "test" / "fixtures" / "formats" / "keras-code.json"
SHAPE = (4, 5, 3)
PIXELS = np.round(np.random.default_rng(1).uniform(-4, 8, (2, *SHAPE)), 2).astype("float32")


def nested(k, x):
    """Networks in a chain, of which the last gives the output."""

    def inner(name, scale):
        image = k.Input(SHAPE)
        return k.Model(image, k.layers.Rescaling(scale, name="scale")(image), name=name)

    return inner("b", 3.0)(inner("a", 0.5)(x))


def called_twice(k, x):
    image = k.Input(SHAPE)
    inner = k.Model(image, k.layers.Rescaling(0.5, 1.0)(image), name="inner")
    return inner(inner(x))


# name → what is applied to an image, by both libraries
READ = {
    "constant per channel": lambda k, x: x - np.array([0.1, 0.2, 0.3], "float32"),
    "preprocess_input of ResNet50": lambda k, x: k.applications.resnet50.preprocess_input(x),
    "preprocess_input of DenseNet": lambda k, x: k.applications.densenet.preprocess_input(x),
    "preprocess_input of MobileNetV2": lambda k, x: k.applications.mobilenet_v2.preprocess_input(x),
    "a constant minus x": lambda k, x: 1.0 - x,
    "minus x": lambda k, x: -x,
    "a square": lambda k, x: x**2,
    "channels in reverse": lambda k, x: x[..., ::-1],
    "relu with a slope": lambda k, x: k.activations.relu(x, **({"negative_slope": 0.2} if k is keras else {"alpha": 0.2})),
    "relu to 6": lambda k, x: k.activations.relu(x, max_value=6.0),
    "ReLU layer with a slope": lambda k, x: k.layers.ReLU(negative_slope=0.3)(x),
    "elu": lambda k, x: k.activations.elu(x),
    "gelu": lambda k, x: k.activations.gelu(x),
    "leaky_relu": lambda k, x: (k.activations if k is keras else tf.nn).leaky_relu(x),
    "softmax": lambda k, x: k.activations.softmax(x),
    "hard_sigmoid": lambda k, x: k.ops.hard_sigmoid(x) if k is keras else tf.nn.sigmoid(x),
    "swish": lambda k, x: k.activations.swish(x),
    "mean of a map": lambda k, x: k.ops.mean(x, axis=(1, 2)) if k is keras else tf.reduce_mean(x, [1, 2]),
    "reshape": lambda k, x: k.ops.reshape(x, (-1, 60)) if k is keras else tf.reshape(x, (-1, 60)),
    "concatenation of rows": lambda k, x: k.ops.concatenate([x, x], axis=1) if k is keras else tf.concat([x, x], axis=1),
    "cast": lambda k, x: (k.ops.cast(x, "float32") if k is keras else tf.cast(x, "float32")) / 255,
    "exp": lambda k, x: k.ops.exp(x) if k is keras else tf.exp(x),
    "maximum of 0": lambda k, x: k.ops.maximum(x, 0.0) if k is keras else tf.maximum(x, 0.0),
    "tensors": lambda k, x: (x * 2.0 - k.layers.ReLU()(x)) * x,
    "Identity": lambda k, x: k.layers.Identity()(x),
    "networks in a chain": nested,
    "a network called twice": called_twice,
    "Resizing": lambda k, x: k.layers.Resizing(7, 3)(x),
    "Resizing to the nearest": lambda k, x: k.layers.Resizing(3, 9, interpolation="nearest")(x),
    "CenterCrop": lambda k, x: k.layers.CenterCrop(3, 2)(x),
}
REFUSED = {
    "a constant divided by x": lambda k, x: 2.0 / x,
    "a slice of rows": lambda k, x: x[:, 1:3],
    "a resize as code": lambda k, x: k.ops.image.resize(x, (2, 2)) if k is keras else tf.image.resize(x, (2, 2)),
    "a dilated depthwise convolution": lambda k, x: k.layers.DepthwiseConv2D(2, dilation_rate=2)(x),
    "bilinear UpSampling2D": lambda k, x: k.layers.UpSampling2D(2, interpolation="bilinear")(x),
    "bicubic Resizing": lambda k, x: k.layers.Resizing(3, 3, interpolation="bicubic")(x),
    "Resizing to the aspect ratio": lambda k, x: k.layers.Resizing(3, 3, crop_to_aspect_ratio=True)(x),
    "Softmax of rows": lambda k, x: k.layers.Softmax(axis=1)(x),
    "BatchNormalization of rows": lambda k, x: k.layers.BatchNormalization(axis=1)(x),
}


def described(k, make):
    k.backend.clear_session()
    image = k.Input(SHAPE)
    return k.Model(image, make(k, image))


def entry(model):
    outputs = np.asarray(model(PIXELS, training=False))
    return {"config": json.loads(model.to_json()), "outputs": [float(f"{value:.7g}") for value in outputs.ravel()]}


def functional_class(k):
    """A class of the user's that Keras makes of inputs and outputs, as for a training step of one's own."""
    k.backend.clear_session()

    class Custom(k.Model):
        def train_step(self, data):
            raise NotImplementedError

    image = k.Input(SHAPE)
    return Custom(inputs=image, outputs=k.layers.ReLU()(image))


def dict_of_inputs(k):
    k.backend.clear_session()
    inputs = {"second": k.Input(SHAPE, name="second"), "first": k.Input(SHAPE, name="first")}
    return k.Model(inputs, k.layers.Subtract()([inputs["first"], inputs["second"]]))


libraries = {"keras2": tf_keras, "keras3": keras}
stored = {"madeBy": "conformance/backbones/code_keras.py", "keras": keras.__version__, "tf_keras": tf_keras.__version__}
stored["input"] = {"shape": list(PIXELS.shape), "data": [float(f"{value:.6g}") for value in PIXELS.ravel()]}
stored["read"] = {f"{lib}: {name}": entry(described(k, make)) for lib, k in libraries.items() for name, make in READ.items()}
stored["read"] |= {f"{lib}: a class of inputs and outputs": entry(functional_class(k)) for lib, k in libraries.items()}
stored["refused"] = {
    f"{lib}: {name}": json.loads(described(k, make).to_json()) for lib, k in libraries.items() for name, make in REFUSED.items()
}
stored["inputs"] = {f"{lib}: a dict": json.loads(dict_of_inputs(k).to_json()) for lib, k in libraries.items()}
FILE.write_text(json.dumps(stored) + "\n")
print(len(stored["read"]), "read,", len(stored["refused"]), "refused")
