"""EfficientNet-Lite0 in Keras' layers, without its top: the architecture of TensorFlow's repository `tpu`, like ours."""

import keras
from keras import layers

# Kernel, repeats, filters, expansion and stride of each stage.
STAGES = [
    (3, 1, 16, 1, 1),
    (3, 2, 24, 6, 2),
    (5, 2, 40, 6, 2),
    (3, 3, 80, 6, 2),
    (5, 3, 112, 6, 1),
    (5, 4, 192, 6, 2),
    (3, 1, 320, 6, 1),
]


def convolution(x, filters, kernel=1, strides=1):
    x = layers.Conv2D(filters, kernel, strides, padding="same", use_bias=False)(x)
    return layers.BatchNormalization(epsilon=1e-3)(x)


def bottleneck(x, kernel, filters, expand, strides):
    inputs = x
    if expand != 1:
        x = layers.ReLU(6)(convolution(x, inputs.shape[-1] * expand))
    x = layers.DepthwiseConv2D(kernel, strides, padding="same", use_bias=False)(x)
    x = layers.ReLU(6)(layers.BatchNormalization(epsilon=1e-3)(x))
    x = convolution(x, filters)
    return layers.Add()([inputs, x]) if strides == 1 and filters == inputs.shape[-1] else x


def efficientnet_lite0(input_shape):
    image = keras.Input(input_shape)
    x = layers.ReLU(6)(convolution(image, 32, 3, 2))
    for kernel, repeats, filters, expand, strides in STAGES:
        for i in range(repeats):
            x = bottleneck(x, kernel, filters, expand, strides if i == 0 else 1)
    return keras.Model(image, layers.ReLU(6)(convolution(x, 1280)))
