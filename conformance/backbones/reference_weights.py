"""Weights and pixels that Python and TypeScript make alike, without a file: a hash of a number's place, scaled by the weight.

The TypeScript side is packages/core/test/backbones/hashed-weights.ts.
"""

import zlib

import numpy as np

# The images for which gradients are computed.
SIDE = 64
IMAGES = 4


def hashed(seed, count):
    """Numbers in [0, 1) by their index, computed only with integers."""
    x = (np.arange(count, dtype=np.uint64) + np.uint64(seed)) & np.uint64(0xFFFFFFFF)
    for shift, factor in ((16, 0x21F0AAAD), (15, 0x735A2D97)):
        x ^= x >> np.uint64(shift)
        x = (x * np.uint64(factor)) & np.uint64(0xFFFFFFFF)
    x ^= x >> np.uint64(15)
    return x.astype(np.float64) / 2**32


def weight(name, shape, kind, fan_in):
    """A weight of a kind (kernel, gamma, variance, scale, bias), its numbers in row order of `shape`."""
    values = hashed(zlib.crc32(name.encode()), int(np.prod(shape)))
    if kind == "kernel":
        values = (2 * values - 1) * np.sqrt(3 / fan_in)
    elif kind in ("gamma", "variance"):
        values = 0.5 + values
    elif kind == "scale":
        values = 0.1 + 0.2 * values
    else:
        values = (2 * values - 1) * 0.1
    return values.astype(np.float32).reshape(shape)


def pixels(height, width, count=2, seed=7):
    return (4 * hashed(seed, count * height * width * 3) - 2).astype(np.float32).reshape(count, height, width, 3)


def binary_labels(images, classes):
    """0 or 1, half of each."""
    return (hashed(11, images * classes) < 0.5).astype(np.float32).reshape(images, classes)
