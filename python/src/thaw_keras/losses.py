"""Losses per image, from logits, with the names, options and formulas of Thaw."""

from collections.abc import Callable, Mapping
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from .errors import RecipeError

# logits, labels, the mask of known labels, and factors or None, each [images, labels], to losses [images].
Loss = Callable[[Any, Any, Any, Any], Any]

_COMMON = {"labelSmoothing", "positiveWeights", "labelWeights"}
_OWN: dict[str, set[str]] = {
    "binaryCrossentropy": set(),
    "focalLoss": {"gamma", "alpha"},
    "asymmetricLoss": {"gammaPositive", "gammaNegative", "clip"},
}


def loss_of(description: Mapping[str, Any], y: NDArray[np.uint8], known: NDArray[np.bool_] | None) -> Loss:
    """The loss of a recipe. `y` and `known` are the training labels, which `'balanced'` weights are computed from.

    Raises RecipeError if the loss is a function's source, or has a name or an option that isn't known.
    """
    options = dict(description)
    name = options.pop("loss", None)
    if name not in _OWN:
        raise RecipeError(f"loss: expected one of {', '.join(_OWN)}; received {description}.")
    unknown = sorted(set(options) - _OWN[name] - _COMMON)
    if unknown:
        raise RecipeError(f"loss: expected options of {name}; received {', '.join(unknown)} too.")
    smoothing = float(options.pop("labelSmoothing", 0))
    positive_weights = _positive_weights(options.pop("positiveWeights", None), y, known)
    label_weights = _label_weights(options.pop("labelWeights", None), y, known)
    per_label = _PER_LABEL[name]

    def loss(logits: Any, labels: Any, mask: Any, weights: Any = None) -> Any:
        smooth = labels * (1 - smoothing) + smoothing / 2 if smoothing else labels
        positives = smooth if positive_weights is None else smooth * positive_weights
        losses = per_label(logits, smooth, positives, **options)
        if label_weights is not None:
            losses = losses * label_weights
        if weights is not None:
            losses = losses * weights
        return jnp.sum(losses * mask, axis=1) / jnp.maximum(jnp.sum(mask, axis=1), 1)

    return loss


def _crossentropy(logits: Any, labels: Any, positives: Any) -> Any:
    return positives * jax.nn.softplus(-logits) + (1 - labels) * jax.nn.softplus(logits)


def _focal(logits: Any, labels: Any, positives: Any, gamma: float = 2, alpha: float | None = None) -> Any:
    absence = 1 - labels
    losses = _crossentropy(logits, labels, positives)
    if gamma != 0:
        missed = labels * jax.nn.sigmoid(-logits) + absence * jax.nn.sigmoid(logits)
        losses = jnp.maximum(missed, 1e-7) ** gamma * losses
    if alpha is None:
        return losses
    return losses * (labels * alpha + absence * (1 - alpha))


def _asymmetric(
    logits: Any,
    labels: Any,
    positives: Any,
    gammaPositive: float = 0,
    gammaNegative: float = 4,
    clip: float = 0.05,
) -> Any:
    absent = jax.nn.sigmoid(-logits)
    of_positive = jax.nn.softplus(-logits)
    of_negative = jax.nn.softplus(logits) if clip == 0 else -jnp.log(jnp.minimum(absent + clip, 1))
    if gammaPositive != 0:
        of_positive = jnp.maximum(absent, 1e-7) ** gammaPositive * of_positive
    if gammaNegative != 0:
        of_negative = jnp.maximum(jax.nn.sigmoid(logits) - clip, 1e-7) ** gammaNegative * of_negative
    return positives * of_positive + (1 - labels) * of_negative


_PER_LABEL: dict[str, Callable[..., Any]] = {
    "binaryCrossentropy": _crossentropy,
    "focalLoss": _focal,
    "asymmetricLoss": _asymmetric,
}

_Weights = NDArray[np.float32] | None


def _positive_weights(weights: Any, y: NDArray[np.uint8], known: NDArray[np.bool_] | None) -> _Weights:
    """Negatives per positive, counted as the option says; 1 for labels whose values are all the same."""
    if weights is None or isinstance(weights, list):
        return None if weights is None else np.asarray(weights, dtype=np.float32)
    positives, negatives = _counts(y, known)
    both = (positives > 0) & (negatives > 0)
    ratio = _counted(weights, negatives) / np.where(both, _counted(weights, positives), 1)
    return np.asarray(np.where(both, ratio, 1), dtype=np.float32)


def _label_weights(weights: Any, y: NDArray[np.uint8], known: NDArray[np.bool_] | None) -> _Weights:
    """Weights with mean 1, larger for labels with fewer positive images."""
    if weights is None or isinstance(weights, list):
        return None if weights is None else np.asarray(weights, dtype=np.float32)
    positives, _ = _counts(y, known)
    rare = 1 / _counted(weights, np.maximum(positives, 1))
    return np.asarray(rare / rare.mean(), dtype=np.float32)


def _counts(
    y: NDArray[np.uint8], known: NDArray[np.bool_] | None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    mask = np.ones(y.shape) if known is None else known.astype(np.float64)
    return (y * mask).sum(axis=0), ((1.0 - y) * mask).sum(axis=0)


def _counted(weights: Any, samples: NDArray[np.float64]) -> NDArray[np.float64]:
    """The weight of a number of samples; for `effectiveNumber` see Cui et al., 2019 (arXiv:1901.05555)."""
    if weights == "balanced":
        return samples
    if isinstance(weights, Mapping) and set(weights) == {"effectiveNumber"}:
        beta = float(weights["effectiveNumber"])
        return np.asarray((1 - beta**samples) / (1 - beta))
    raise RecipeError(
        f"loss: expected weights as a list, 'balanced' or {{ effectiveNumber }}; received {weights!r}."
    )
