"""Dropout and stochastic depth with Thaw's masks: they are drawn from (seed, epoch, step), and passed to the step."""

from collections.abc import Iterator, Mapping, Sequence
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

    training: bool = False
    """Whether the network is run for a training step. Keras tells it to Dropout layers alone."""

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

    def multiply(self, x: Any, shape: tuple[int, ...], rate: float) -> Any:
        """x times the next mask, whose shape is given without the batch."""
        if self.given is None:
            self.calls.append((shape, rate))
            return x
        mask = self.given[self.next]
        self.next += 1
        return x * keras.ops.cast(mask, x.dtype)


@contextmanager
def masked_dropout(leaves: Sequence[Leaf], branches: Mapping[str, Mapping[str, Any]]) -> Iterator[Masks]:
    """Within this context, Dropout layers multiply by the given masks, and so do sums of residual blocks.

    branches: a recipe's `stochasticDepth`: which input of a sum is dropped at what rate, by the layer's path.
    """
    masks = Masks()
    dropouts = [leaf.layer for leaf in leaves if isinstance(leaf.layer, _MASKED)]
    sums = [(leaf.layer, branches[leaf.path]) for leaf in leaves if leaf.path in branches]
    try:
        for layer in dropouts:
            layer.call = _dropping(layer, masks)
        for layer, branch in sums:
            layer.call = _skipping(layer, branch, masks)
        yield masks
    finally:
        for layer in [*dropouts, *(layer for layer, _ in sums)]:
            layer.__dict__.pop("call", None)


def _dropping(layer: keras.layers.Layer, masks: Masks) -> Any:
    def call(inputs: Any, training: bool = False) -> Any:
        if not training or layer.rate == 0:
            return inputs
        return masks.multiply(inputs, _mask_shape(layer, inputs.shape), float(layer.rate))

    return call


def _skipping(layer: keras.layers.Layer, branch: Mapping[str, Any], masks: Masks) -> Any:
    def call(inputs: Any) -> Any:
        inputs = list(inputs)
        if masks.training:
            dropped = inputs[branch["input"]]
            shape = (1,) * (len(dropped.shape) - 1)
            inputs[branch["input"]] = masks.multiply(dropped, shape, float(branch["rate"]))
        return type(layer).call(layer, inputs)

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
