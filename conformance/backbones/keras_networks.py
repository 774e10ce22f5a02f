"""Keras' networks with made-up weights, which reference_weights.py draws: by our names."""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
import keras  # noqa: E402
import numpy as np  # noqa: E402
from reference_weights import weight  # noqa: E402

apps = keras.applications
RAW = {"include_preprocessing": False}

# our name → Keras' function, its further options
NETWORKS = {
    "resnet50": (apps.ResNet50, {}),
    "resnet101": (apps.ResNet101, {}),
    "resnet152": (apps.ResNet152, {}),
    "mobilenet_v2_keras": (apps.MobileNetV2, {}),
    "mobilenet_v3_small": (apps.MobileNetV3Small, RAW),
    "mobilenet_v3_large": (apps.MobileNetV3Large, RAW),
    "efficientnet_b0": (apps.EfficientNetB0, {}),
    "efficientnet_b1": (apps.EfficientNetB1, {}),
    "efficientnet_b2": (apps.EfficientNetB2, {}),
    "efficientnet_b3": (apps.EfficientNetB3, {}),
    "densenet121": (apps.DenseNet121, {}),
    "convnext_tiny_keras": (apps.ConvNeXtTiny, RAW),
}


def make(name, size):
    """A network with its top, without the softmax at the end."""
    function, options = NETWORKS[name]
    return function(weights=None, input_shape=(*size, 3), classifier_activation=None, **options)


def given(name, pixels):
    """The input from which a network computes with `pixels`: EfficientNet has its own layers that scale pixels."""
    return pixels * 255 if "efficientnet" in name else pixels


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
    """Draws every weight, and returns their shapes by name."""
    shapes = {}
    for layer in leaves(network):
        if type(layer).__name__ == "Normalization":
            # The layer corresponds to our preprocessing: here it must change nothing.
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
