"""Numbers that look random and are the same here and in packages/core/test/training/parity/fixed-values.ts."""

import numpy as np


def uniform(name, count):
    """From 0 to below 1: a hash of the name and the position (MurmurHash3's finaliser)."""
    seed = 0x811C9DC5
    for byte in name.encode():
        seed = ((seed ^ byte) * 0x01000193) & 0xFFFFFFFF
    h = np.arange(count, dtype=np.uint32) * np.uint32(0x9E3779B9) + np.uint32(seed)
    h = (h ^ (h >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    h = (h ^ (h >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    return (h ^ (h >> np.uint32(16))) / 2.0**32


def weight(name, shape, gamma):
    """A weight by its name, layer/weight; no BatchNormalization is left with statistics of 0 and 1."""
    kind = name.rsplit("/", 1)[1]
    u = uniform(name, int(np.prod(shape)))
    if kind == "kernel":
        # of Conv2D and Dense all but the last axis go into an output, of DepthwiseConv2D the first two
        depthwise = len(shape) == 4 and shape[3] == 1
        limit = np.sqrt(6 / np.prod(shape[:2] if depthwise else shape[:-1]))
        low, high = -limit, limit
    elif kind == "gamma":
        # small at the end of ResNet50's blocks, as is usual at the start (Goyal et al., 2017, zero): else rounding grows
        # from block to block under batch statistics, until two runs of Keras itself agree in no digit after five steps
        low, high = (bound / 5 for bound in gamma) if "_3_bn/" in name else gamma
    elif kind == "moving_variance":
        low, high = 0.5, 1.5
    else:
        low, high = -0.2, 0.2
    return (low + (high - low) * u).reshape(shape).astype(np.float32)


def images(draw, step, shape):
    """RGB pixels, 0 to 255."""
    return np.floor(256 * uniform(f"images/{draw}/{step}", int(np.prod(shape)))).reshape(shape).astype(np.float32)


def labels(shape):
    return (uniform("labels", int(np.prod(shape))) < 0.5).reshape(shape).astype(np.float32)
