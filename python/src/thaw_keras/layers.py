"""The layers of a network: their paths, their freeze state, and the three modes of BatchNormalization."""

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import keras

_MODE = "_thaw_batch_norm_mode"


@dataclass(frozen=True)
class Leaf:
    """A layer that isn't a model, and its path: the names of the models around it and its own, joined by `/`."""

    path: str
    layer: keras.layers.Layer


def leaf_layers(model: keras.Model) -> list[Leaf]:
    """All layers that aren't models, nested ones included, in the network's order."""
    return list(_leaves(model, ""))


def _leaves(model: keras.Model, prefix: str) -> Iterator[Leaf]:
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            yield from _leaves(layer, f"{prefix}{layer.name}/")
        else:
            yield Leaf(prefix + layer.name, layer)


def is_batch_norm(layer: keras.layers.Layer) -> bool:
    return isinstance(layer, keras.layers.BatchNormalization)


def batch_norm_mode(layer: keras.layers.Layer) -> str | None:
    """The mode of a BatchNormalization; None for other layers."""
    if not is_batch_norm(layer):
        return None
    return getattr(layer, _MODE, "training" if layer.trainable else "frozen")


def set_batch_norm_mode(layer: keras.layers.Layer, mode: str) -> None:
    """Sets what a BatchNormalization does, as in Thaw: `'frozen'`, `'affine'` or `'training'`.

    Keras has no `'affine'`: gamma and beta learn, the statistics don't move. For it, the layer object's `call` is
    replaced; the layer's class, config and weights stay as they are.
    """
    original = type(layer).call
    setattr(layer, _MODE, mode)
    layer.trainable = mode != "frozen"
    if mode == "affine":
        layer.call = functools.partial(_without_training, layer, original)
    else:
        layer.call = functools.partial(original, layer)


def _without_training(
    layer: keras.layers.Layer, call: Callable[..., Any], inputs: Any, training: Any = None, mask: Any = None
) -> Any:
    del training
    return call(layer, inputs, training=False, mask=mask)


def freeze(leaves: Sequence[Leaf], frozen: set[str], modes: Mapping[str, str] | str) -> None:
    """Freezes the layers of some paths and thaws all others.

    modes: the mode of each BatchNormalization that isn't frozen, by path, or one for all.
    """
    for leaf in leaves:
        is_frozen = leaf.path in frozen
        leaf.layer.trainable = not is_frozen
        if is_batch_norm(leaf.layer):
            mode = modes if isinstance(modes, str) else modes.get(leaf.path, "affine")
            set_batch_norm_mode(leaf.layer, "frozen" if is_frozen else mode)
