"""The trained part of a phase: the whole network on pixels, or the head on kept features."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import jax
import jax.numpy as jnp
import keras

from .classifier import Classifier, channel_scales
from .dropout import is_random
from .errors import RecipeError


class Network:
    """A model without its last sigmoid: inputs to logits. Pixels are preprocessed here."""

    def __init__(self, classifier: Classifier, model: keras.Model, *, on_pixels: bool) -> None:
        self.model = model
        self._preprocessing = channel_scales(classifier.preprocessing) if on_pixels else None

    @property
    def learning(self) -> list[Any]:
        return list(self.model.trainable_variables)

    @property
    def others(self) -> list[Any]:
        return list(self.model.non_trainable_variables)

    def prepared(self, x: Any) -> Any:
        """The model's inputs: features unchanged as float32, or pixels after the backbone's preprocessing."""
        if self._preprocessing is None:
            return x
        mean, scale, is_bgr = self._preprocessing
        x = jnp.asarray(x, jnp.float32)
        x = x[..., ::-1] if is_bgr else x
        return (x - jnp.asarray(mean, jnp.float32)) * jnp.asarray(scale, jnp.float32)

    def run(
        self, learning: list[Any], others: list[Any], x: Any, training: bool
    ) -> tuple[Any, list[Any], Any]:
        """The outputs in float32, the other variables after the run, and the sum of the regularizers' penalties."""
        outputs, moved, penalties = self.model.stateless_call(
            learning, others, self.prepared(x), training=training, return_losses=True
        )
        return jnp.asarray(outputs, jnp.float32), moved, sum(penalties, jnp.float32(0))


def whole_network(classifier: Classifier) -> Network:
    return Network(classifier, classifier.model, on_pixels=True)


def feature_network(classifier: Classifier) -> Network:
    """The network up to the head: pixels to features."""
    layer = classifier.model.get_layer(classifier.metadata["featureLayer"])
    return Network(classifier, keras.Model(classifier.model.inputs, layer.output), on_pixels=True)


def head_network(classifier: Classifier) -> Network:
    """The head: features to logits. It shares its layers with the whole network."""
    layer = classifier.model.get_layer(classifier.metadata["featureLayer"])
    features = keras.Input(layer.output.shape[1:])
    outputs = features
    for name in classifier.head_layers:
        outputs = classifier.model.get_layer(name)(outputs)
    return Network(classifier, keras.Model(features, outputs), on_pixels=False)


def learns_head_alone(classifier: Classifier) -> bool:
    """Whether all layers before the head are frozen and deterministic, so that features can be kept."""
    head = set(classifier.head_layers)
    return all(
        not leaf.layer.trainable_variables and not is_random(leaf.layer)
        for leaf in classifier.leaves
        if leaf.path not in head
    )


@contextmanager
def without_sigmoid(classifier: Classifier) -> Iterator[None]:
    """Within this context, the network's outputs are logits. Raises RecipeError if it doesn't end in a sigmoid."""
    last = classifier.model.get_layer(classifier.head_layers[-1])
    if getattr(last, "activation", None) is not keras.activations.sigmoid:
        raise RecipeError(
            f'headLayers: expected a sigmoid as the activation of "{last.name}", the last layer; received '
            f"{getattr(last, 'activation', None)}."
        )
    last.activation = keras.activations.linear
    try:
        yield
    finally:
        last.activation = keras.activations.sigmoid


def set_precision(classifier: Classifier, precision: str) -> str:
    """Sets the precision of convolutions and dense layers before the head: bfloat16 if `precision` asks for it, or if
    it is `'auto'` and the devices are fast at bfloat16. Everything else stays float32. Returns the chosen precision."""
    taken = precision
    if precision == "auto":
        taken = "bfloat16" if jax.default_backend() in ("gpu", "tpu") else "float32"
    policy = keras.dtype_policies.DTypePolicy("mixed_bfloat16" if taken == "bfloat16" else "float32")
    head = set(classifier.head_layers)
    for leaf in classifier.leaves:
        is_product = isinstance(leaf.layer, keras.layers.Dense) or "Conv" in type(leaf.layer).__name__
        if is_product and leaf.path not in head:
            leaf.layer.dtype_policy = policy
    return taken
