"""Writes networks as people bring them: what tutorials of Keras build, and all of its applications; with their outputs,
those of the applications in float64, too, and of Keras 3's also with TensorFlow's fused BatchNormalization.

KERAS_BACKEND=tensorflow python conformance/backbones/brought_keras.py FOLDER [APPLICATION…]
→ packages/core/test/fixtures/formats/brought/*.{h5,keras}, outputs.json: small ones, which the tests open
→ FOLDER/LIBRARY-APPLICATION.{h5,keras}, outputs.json
"""

import functools
import json
import os
import sys
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
import tf_keras  # noqa: E402
from other_arithmetic import by_fused_kernel, in_float64  # noqa: E402

FIXTURES = Path(__file__).parents[2] / "packages" / "core" / "test" / "fixtures" / "formats" / "brought"
LIBRARIES = {"keras2": tf_keras, "keras3": keras}


def tutorial(k):
    """Augmentation and preprocessing inside, as code and as layers; a frozen network, called in inference mode; a
    head."""
    slash = "/" if k is tf_keras else "_"  # which Keras 3 refuses in names
    small = k.Input((10, 9, 3), name="small_input")
    x = k.layers.Conv2D(4, 3, name=f"stem{slash}conv")(small)
    x = k.layers.BatchNormalization(name=f"stem{slash}conv{slash}norm")(x)
    x = k.layers.Conv2D(4, 3, groups=4, padding="same", name=f"stem{slash}depthwise")(x)
    base = k.Model(small, x, name="base")
    base.trainable = False
    augment = k.Sequential(
        [k.Input((10, 9, 3)), k.layers.RandomFlip("horizontal"), k.layers.RandomRotation(0.2)], name="augment"
    )
    image = k.Input((10, 9, 3), name="image")
    x = augment(image) / 127.5 - 1.0
    normalization = k.layers.Normalization(axis=-1, name="normalization")
    normalization.adapt(np.random.default_rng(1).normal([0.1, -0.2, 0.3], [0.5, 1, 1.5], (64, 4, 4, 3)))
    x = normalization(x)
    x = k.activations.relu(base(x, training=False) * 0.5)
    x = k.layers.GlobalAveragePooling2D(name="pool")(x)
    x = k.layers.Dropout(0.2, name="drop")(x)
    return k.Model(image, k.layers.Dense(1, activation="sigmoid", name="answer")(x), name="tutorial")


def convolution_head(k):
    """Pooling, dropout, a convolution for scores, and reshaping, as at the end of Keras' MobileNets."""
    image = k.Input((8, 7, 3), name="image")
    x = k.layers.Conv2D(6, 3, activation="relu", name="conv")(image)
    x = k.layers.GlobalAveragePooling2D(keepdims=True, name="pool")(x)
    x = k.layers.Dropout(0.1, name="drop")(x)
    x = k.layers.Conv2D(5, 1, name="scores")(x)
    x = k.layers.Reshape((5,), name="flat")(x)
    return k.Model(image, k.layers.Activation("softmax", name="probabilities")(x), name="convolution_head")


def inner_head(k):
    """A whole network, head included, behind a layer for its pixels."""
    return k.Sequential(
        [k.Input((8, 7, 3)), k.layers.Rescaling(1 / 255, name="pixels"), convolution_head(k)], name="inner_head"
    )


def randomise(model, seed):
    random = np.random.default_rng(seed)
    adapted = [layer for layer in model.layers if type(layer).__name__ == "Normalization"]
    kept = {id(weight) for layer in adapted for weight in layer.weights}
    for weight in model.weights:
        value = weight.numpy()
        if value.dtype.kind != "f" or id(weight) in kept:
            continue
        name = getattr(weight, "path", weight.name)
        if "variance" in name:
            weight.assign(random.uniform(0.5, 1.5, value.shape))
        else:
            weight.assign(value + random.normal(0, 0.05, value.shape))


def images_for(model, largest, count=2, seed=5):
    shape = (count, *model.input_shape[1:])
    return np.round(np.random.default_rng(seed).uniform(0, largest, shape), 4).astype("float32")


def settle(model, values):
    """Gives every BatchNormalization the statistics that its inputs have for the images, in inference. Otherwise numbers
    would grow from layer to layer, until gates are only open or shut.

    A channel of a random network hardly differs from image to image. Its deviation is a third of its mean or more, as in
    trained networks: a smaller one would magnify the rounding of float32 from layer to layer.
    """
    norms = [layer for layer in model.layers if type(layer).__name__ == "BatchNormalization"]

    def settling(norm, call):
        def settled(x, *args, **kwargs):
            mean, variance = (value.numpy() for value in tf.nn.moments(x, list(range(len(x.shape) - 1))))
            norm.moving_mean.assign(mean)
            norm.moving_variance.assign(np.maximum(variance, (mean / 3) ** 2))
            return call(x, *args, **kwargs)

        return settled

    for norm in norms:
        norm.call = settling(norm, norm.call)
    model(values, training=False)
    for norm in norms:
        del norm.call


def scale_scores(k, model, values):
    """Scales a network's scores to a deviation of 1. Otherwise the softmax of a random network would be 0 or 1."""
    last = [layer for layer in model.layers if layer.weights][-1]
    kernel, bias = (weight.numpy() for weight in last.weights)
    features = np.asarray(k.Model(model.inputs, last.input)(values, training=False)).reshape(-1, kernel.shape[-2])
    scores = features @ kernel.reshape(features.shape[1], -1) + bias
    last.set_weights([kernel / scores.std(), bias / scores.std()])


def entry(model, values):
    shape = values.shape
    outputs = np.asarray(model(values, training=False))
    inputs = [{"shape": list(shape), "data": [float(f"{v:.6g}") for v in values.ravel()]}]
    return {"inputs": inputs, "outputs": [outputs.ravel().tolist()]}


def save(k, model, stem, stored, application=None):
    randomise(model, 3)
    values = images_for(model, 1 if application else 255)
    if application:
        settle(model, images_for(model, 1, count=16, seed=6))
        scale_scores(k, model, values)
    result = entry(model, values)
    if application:
        if k is keras:
            result["fused"] = [by_fused_kernel(model, values).ravel().tolist()]
        result["exact"] = [in_float64(k, application, model, values).ravel().tolist()]
    for ending, options in (("h5", {"include_optimizer": False}), ("keras", {})):
        file = stem.with_name(f"{stem.name}.{ending}")
        model.save(file, **options)
        stored["models"][file.name] = result


stored = {"madeBy": "conformance/backbones/brought_keras.py", "keras": keras.__version__, "tf_keras": tf_keras.__version__}
stored["models"] = {}
FIXTURES.mkdir(parents=True, exist_ok=True)
for library, k in LIBRARIES.items():
    for make in (tutorial, convolution_head, inner_head):
        k.backend.clear_session()
        save(k, make(k), FIXTURES / f"{library}-{make.__name__.replace('_', '-')}", stored)
(FIXTURES / "outputs.json").write_text(json.dumps(stored) + "\n")

# The smallest application of each kind, with few filters if that can be chosen, at a size that all of them accept.
SMALL = {"MobileNet": {"alpha": 0.25}, "MobileNetV2": {"alpha": 0.35}}
APPLICATIONS = (
    "ConvNeXtTiny DenseNet121 EfficientNetB0 EfficientNetV2B0 InceptionResNetV2 InceptionV3 MobileNet MobileNetV2 "
    "MobileNetV3Large MobileNetV3Small NASNetMobile ResNet50 ResNet50V2 VGG16 Xception"
).split()
folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
file = folder / "outputs.json"
opened = {"keras3": keras.__version__, "keras2": tf_keras.__version__, "models": {}}
if sys.argv[2:] and file.exists():
    opened["models"] = json.loads(file.read_text())["models"]
for library, k in LIBRARIES.items():
    for name in sys.argv[2:] or APPLICATIONS:
        k.backend.clear_session()
        k.utils.set_random_seed(1)
        options = {"input_shape": (75, 75, 3), "weights": None, "classes": 5, **SMALL.get(name, {})}
        make = functools.partial(getattr(k.applications, name), **options)
        try:
            save(k, make(), folder / f"{library}-{name}", opened, application=make)
        except (NotImplementedError, TypeError, ValueError) as error:
            print(f"{library}-{name}: its library can't save it: {str(error).splitlines()[0]}", flush=True)
            continue
        print(f"{library}-{name}", flush=True)
file.write_text(json.dumps(opened) + "\n")
