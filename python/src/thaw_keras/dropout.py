"""Dropout with Thaw's masks: they are drawn from (seed, epoch, step), and passed to the step."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from .layers import Leaf
from .random_streams import uniforms

_MASKED = (keras.layers.Dropout, keras.layers.SpatialDropout1D, keras.layers.SpatialDropout2D)
_NOISY = (*_MASKED, keras.layers.GaussianDropout, keras.layers.GaussianNoise, keras.layers.AlphaDropout)


def is_random(layer: keras.layers.Layer) -> bool:
    """Whether a layer draws random numbers in training."""
    return isinstance(layer, _NOISY) and getattr(layer, "rate", 1) != 0


@dataclass
class Masks:
    """The masks of a step, in the order of the layers' calls. The calls are recorded while `given` is None."""

    calls: list[tuple[tuple[int, ...], float]] = field(default_factory=list)
    """Per call: the mask's shape without the batch, and the dropout rate."""
    given: list[Any] | None = None
    next: int = 0

    def draw(self, images: int, *, seed: int, epoch: int, step: int) -> list[NDArray[np.float32]]:
        """The masks of one step, [images, ...], as Thaw draws them: all from one stream."""
        shapes = [(images, *shape) for shape, _ in self.calls]
        sizes = [int(np.prod(shape)) for shape in shapes]
        numbers = uniforms(sum(sizes), seed, epoch, step, 1)
        ends = np.cumsum(sizes)
        return [
            np.where(numbers[end - size : end] < rate, 0, 1 / (1 - rate)).astype(np.float32).reshape(shape)
            for (_, rate), shape, size, end in zip(self.calls, shapes, sizes, ends, strict=True)
        ]


@contextmanager
def masked_dropout(leaves: Sequence[Leaf]) -> Iterator[Masks]:
    """Within this context, Dropout layers multiply by the given masks."""
    masks = Masks()
    masked = [leaf.layer for leaf in leaves if isinstance(leaf.layer, _MASKED)]
    try:
        for layer in masked:
            layer.call = _call_with(layer, masks)
        yield masks
    finally:
        for layer in masked:
            layer.__dict__.pop("call", None)


def _call_with(layer: keras.layers.Layer, masks: Masks) -> Any:
    def call(inputs: Any, training: bool = False) -> Any:
        if not training or layer.rate == 0:
            return inputs
        if masks.given is None:
            masks.calls.append((_mask_shape(layer, inputs.shape), float(layer.rate)))
            return inputs
        mask = masks.given[masks.next]
        masks.next += 1
        return inputs * keras.ops.cast(mask, inputs.dtype)

    return call


def _mask_shape(layer: keras.layers.Layer, shape: Sequence[int]) -> tuple[int, ...]:
    """The shape of a mask without the batch. Axes that share the mask have size 1."""
    inner = list(shape[1:])
    if isinstance(layer, keras.layers.SpatialDropout1D | keras.layers.SpatialDropout2D):
        return (*[1] * (len(inner) - 1), inner[-1])
    noise = getattr(layer, "noise_shape", None)
    if noise is None:
        return tuple(inner)
    return tuple(own if given is None else given for given, own in zip(noise[1:], inner, strict=True))
