"""Thaw's random numbers, number by number. A seed thus gives the same order, augmentation and masks here."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

RandomStream = Callable[[], float]

_WORD = 0xFFFFFFFF


def random_stream(seed: int, stream: int = 0, substream: int = 0) -> RandomStream:
    """Returns a function for the next number of a stream, uniform in [0, 1): `randomGenerator` of @thawjs/datasets
    (sfc32)."""
    a, b, c, counter = seed & _WORD, stream & _WORD, substream & _WORD, 1

    def following() -> float:
        nonlocal a, b, c, counter
        t = (a + b + counter) & _WORD
        counter = (counter + 1) & _WORD
        a = b ^ (b >> 9)
        b = (c + (c << 3)) & _WORD
        c = ((((c << 21) | (c >> 11)) & _WORD) + t) & _WORD
        return t / 4294967296

    for _ in range(15):
        following()
    return following


def hash_text(text: str) -> int:
    """FNV-1a over the UTF-16 units of a text, as a 32-bit number."""
    value = 0x811C9DC5
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")
    for unit in units.tolist():
        value = ((value ^ unit) * 0x01000193) & _WORD
    return value


def epoch_order(rows: int, seed: int, epoch: int) -> NDArray[np.int32]:
    """The order of the rows in an epoch of training, as `ImageDataset.order` gives it."""
    following = random_stream(seed, epoch, hash_text("order"))
    order = np.zeros(rows, dtype=np.int32)
    for i in range(rows):
        j = int(following() * (i + 1))
        order[i] = order[j]
        order[j] = i
    return order


def uniforms(count: int, *seeds: int) -> NDArray[np.float64]:
    """The first numbers of a stream of @thawjs/core, uniform in [0, 1). `seeds` identify the stream."""
    state = 0x9E3779B9
    for seed in seeds:
        mixed = (state ^ ((seed & _WORD) * 0x85EBCA6B)) & _WORD
        state = int(_mixed(np.array([mixed], dtype=np.uint64))[0])
    steps = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x6D2B79F5)
    return _mixed((steps + np.uint64(state)) & np.uint64(_WORD)) / 4294967296


def permutation(length: int, *seeds: int) -> NDArray[np.int32]:
    """The numbers 0 to `length - 1` in the order that `permutation` of @thawjs/core draws (Fisher-Yates)."""
    order = np.arange(length, dtype=np.int32)
    drawn = uniforms(max(length - 1, 0), *seeds)
    for i in range(length - 1, 0, -1):
        j = int(drawn[length - 1 - i] * (i + 1))
        order[i], order[j] = order[j], order[i]
    return order


def _mixed(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """A 32-bit hash of each number: every input bit affects every output bit."""
    word = np.uint64(_WORD)
    h = words & word
    h = ((h ^ (h >> np.uint64(16))) * np.uint64(0x21F0AAAD)) & word
    h = ((h ^ (h >> np.uint64(15))) * np.uint64(0x735A2D97)) & word
    return h ^ (h >> np.uint64(15))
