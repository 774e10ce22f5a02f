"""The initial head of a phase: standardized by the training features, at the base rates, or fitted exactly."""

from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from .classifier import Classifier
from .layers import batch_norm_mode, is_batch_norm, set_batch_norm_mode
from .logistic_regression import cross_validated_head


def standardizing_layer(classifier: Classifier) -> keras.layers.Layer | None:
    """The head's first layer, if it is a BatchNormalization without gamma and beta in training mode."""
    layer = classifier.model.get_layer(classifier.head_layers[0])
    plain = is_batch_norm(layer) and not layer.center and not layer.scale
    return layer if plain and batch_norm_mode(layer) == "training" else None


def standardize(layer: keras.layers.Layer, features: list[NDArray[np.float32]] | None) -> None:
    """Sets the layer's statistics to those of the training features of all views, and freezes them."""
    set_batch_norm_mode(layer, "affine")
    if features is None:
        return
    values = np.concatenate(features).astype(np.float64)
    layer.moving_mean.assign(values.mean(axis=0).astype(np.float32))
    layer.moving_variance.assign(values.var(axis=0).astype(np.float32))


def linear_head(classifier: Classifier) -> tuple[keras.layers.Layer, keras.layers.Layer | None] | None:
    """The dense layer of a linear head, and the normalization before it; None for other heads."""
    *before, dense = [classifier.model.get_layer(name) for name in classifier.head_layers]
    norms = [layer for layer in before if is_batch_norm(layer)]
    others = [layer for layer in before if layer not in norms and not isinstance(layer, keras.layers.Dropout)]
    if not isinstance(dense, keras.layers.Dense) or len(dense.weights) != 2 or len(norms) > 1 or others:
        return None
    if any(norm.center or norm.scale for norm in norms):
        return None
    return dense, norms[0] if norms else None


def base_rates(y: NDArray[np.uint8], known: NDArray[np.bool_] | None) -> NDArray[np.float64]:
    """(positives + 1/2) / (images + 1) per label, among the images for which the label is known."""
    mask = np.ones(y.shape, dtype=bool) if known is None else known
    return np.asarray(((y * mask).sum(axis=0) + 0.5) / (mask.sum(axis=0) + 1.0))


def start_at_base_rates(dense: keras.layers.Layer, rates: NDArray[np.float64]) -> None:
    """Sets the bias to the log odds of the base rates, and divides the kernel by 100."""
    kernel, bias = dense.weights
    kernel.assign(np.asarray(kernel.value) * np.float32(0.01))
    bias.assign(np.log(rates / (1 - rates)).astype(np.float32))


def fit_head(
    classifier: Classifier,
    features: list[NDArray[np.float32]],
    y: NDArray[np.uint8],
    weights: NDArray[np.float64],
    seed: int,
) -> str:
    """Fits a linear head to kept features. `weights` are [images, labels], 0 for labels that aren't known.

    Returns a sentence on how.
    """
    head: Any = linear_head(classifier)
    dense, norm = head
    values = np.concatenate(features).astype(np.float64)
    if norm is not None:
        mean, variance = (np.asarray(v.value, np.float64) for v in (norm.moving_mean, norm.moving_variance))
        values = (values - mean) / np.sqrt(variance + norm.epsilon)
    views = len(features)
    fitted = cross_validated_head(
        values,
        np.tile(y, (views, 1)).astype(np.float64),
        np.tile(weights, (views, 1)),
        images=len(y),
        seed=seed,
    )
    kernel, bias = dense.weights
    kernel.assign(fitted.coefficients[:-1].astype(np.float32))
    bias.assign(fitted.coefficients[-1].astype(np.float32))
    least, most = fitted.strengths.min(), fitted.strengths.max()
    return (
        f"the head starts from a logistic regression on the kept features; L2 per label from {least:.2g} to {most:.2g}, "
        f"by {fitted.folds}-fold cross-validation."
    )
