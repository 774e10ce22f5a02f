"""Finds, among all scores of a label, the threshold that is best for a goal."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .errors import RecipeError

Vector = NDArray[np.float64]
# Maps true positives, false positives, positives and negatives at each distinct score to the value to maximise. NaN:
# not allowed.
Goal = Callable[[Vector, Vector, float, float], Vector]


def goal_of(description: str | Mapping[str, Any]) -> Goal | None:
    """The goal of thresholds, as in `tune` of @thawjs/core; None for `'half'`, which fits nothing."""
    if description == "half":
        return None
    if description == "f1":
        return _fbeta(1)
    if description == "youden":
        return lambda hits, false, positives, negatives: hits / positives - false / negatives
    if isinstance(description, Mapping) and len(description) == 1:
        [(name, value)] = description.items()
        if name == "fbeta":
            return _fbeta(float(value))
        if name == "precisionAtLeast":
            return lambda hits, false, positives, _: np.where(
                hits / (hits + false) >= value, hits / positives, np.nan
            )
        if name == "recallAtLeast":
            return lambda hits, false, positives, _: np.where(
                hits / positives >= value, hits / (hits + false), np.nan
            )
        if name == "cost":
            of_false, of_missed = float(value["falsePositive"]), float(value["falseNegative"])
            return lambda hits, false, positives, _: -(of_false * false + of_missed * (positives - hits))
    raise RecipeError(f"tune: expected a goal that Thaw has as thresholds; received {description!r}.")


def best_threshold(y: Vector, scores: NDArray[np.float32], goal: Goal | None) -> float | None:
    """The midpoint between the best score and the next lower one; None if the goal can't be reached. Ties: the
    highest."""
    positives = float(y.sum())
    negatives = len(y) - positives
    if goal is None or positives == 0:
        return None
    distinct, inverse = np.unique(-scores, return_inverse=True)
    hits = np.cumsum(np.bincount(inverse, weights=y), dtype=np.float64)
    false = np.cumsum(np.bincount(inverse, weights=1 - y), dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        reached = goal(hits, false, positives, negatives)
    if np.isnan(reached).all():
        return None
    at = int(np.nanargmax(reached))
    best = float(-distinct[at])
    below = float(-distinct[at + 1]) if at + 1 < len(distinct) else 0.0
    middle = (best + below) / 2
    return middle if float(np.float32(middle)) > below else best


def _fbeta(beta: float) -> Goal:
    square = beta**2
    return lambda hits, false, positives, _: (1 + square) * hits / (square * positives + hits + false)
