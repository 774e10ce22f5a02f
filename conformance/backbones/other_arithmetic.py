"""Networks of Keras, computed otherwise than Keras computes them: what a comparison in float32 can be judged by."""

import keras
import numpy as np
import tensorflow as tf


def fused_batch_normalization(x, mean, variance, axis, offset=None, scale=None, epsilon=1e-3):
    """BatchNormalization by TensorFlow's fused kernel, which tf_keras and TensorFlow.js use. Keras 3 rounds otherwise: it
    computes x · factor + shift."""
    channels = mean.shape[0]
    scale = tf.ones(channels) if scale is None else scale
    offset = tf.zeros(channels) if offset is None else offset
    maps = x if len(x.shape) == 4 else tf.reshape(x, (-1, 1, 1, channels))
    normalise = tf.compat.v1.nn.fused_batch_norm
    normalised = normalise(maps, scale, offset, mean, variance, epsilon, is_training=False)[0]
    return tf.reshape(normalised, tf.shape(x))


def by_fused_kernel(model, values):
    """The outputs of a network of Keras 3 whose BatchNormalizations are computed by TensorFlow's fused kernel."""
    own = keras.src.backend.nn.batch_normalization
    keras.src.backend.nn.batch_normalization = fused_batch_normalization
    try:
        return np.asarray(model(values, training=False))
    finally:
        keras.src.backend.nn.batch_normalization = own


def in_float64(k, make, model, values):
    """The outputs of the network that `make` makes, with the model's weights, all computed in float64."""
    policy = k.config.set_dtype_policy if k is keras else k.mixed_precision.set_global_policy
    k.backend.set_floatx("float64")
    policy("float64")
    try:
        exact = make()
        exact.set_weights(model.get_weights())
        outputs = np.asarray(exact(values.astype("float64"), training=False))
    finally:
        k.backend.set_floatx("float32")
        policy("float32")
    if outputs.dtype != np.float64:
        raise TypeError(f"{model.name}: expected outputs in float64; received {outputs.dtype}")
    return outputs
