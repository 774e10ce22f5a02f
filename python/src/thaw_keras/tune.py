"""Fits calibration and thresholds to validation images, as `tune` of @thawjs/core does."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .classifier import Classifier
from .cluster import Cluster
from .data.labelled_images import LabelledImages
from .inputs import ImageSource, Inputs, features_of
from .network import whole_network, without_sigmoid
from .thresholds import best_threshold, goal_of

Vector = NDArray[np.float64]

_USABLE = (1e-2, 1e2)
_LEAST, _MOST = 1e-3, 1e3


def tune(
    classifier: Classifier,
    validation: LabelledImages,
    options: Mapping[str, Any],
    *,
    cluster: Cluster,
    threads: ThreadPoolExecutor,
) -> list[str]:
    """Sets the classifier's calibration and thresholds. Returns a sentence for each label without a fit."""
    source = ImageSource(validation, classifier.input_size, threads)
    batch_size = int(options.get("batchSize", 32))
    inputs = Inputs(
        cluster=cluster, images=validation, source=source, batch_size=batch_size, seed=0, shuffle=False
    )
    with without_sigmoid(classifier):
        logits = features_of(cluster, whole_network(classifier), inputs, 0).astype(np.float64)
    known = np.ones(validation.y.shape, dtype=bool) if validation.known is None else validation.known
    columns = [
        (logits[known[:, i], i], validation.y[known[:, i], i].astype(np.float64))
        for i in range(len(classifier.labels))
    ]
    pooled = temperature(logits[known], validation.y[known].astype(np.float64))
    fitted = _calibration(options.get("calibration", "platt"), columns, pooled)
    slopes, intercepts = fitted if fitted else (np.ones(len(columns)), np.zeros(len(columns)))
    goal = goal_of(options.get("thresholds", "f1"))
    thresholds, notes = [], [] if fitted else ["Not calibrated."]
    for label, (z, y), slope, intercept in zip(classifier.labels, columns, slopes, intercepts, strict=True):
        scores = (1 / (1 + np.exp(-(slope * z + intercept)))).astype(np.float32)
        threshold = best_threshold(y, scores, goal)
        if threshold is None:
            notes.append(f"{label}: no threshold could be fitted, so it is 0.5.")
        thresholds.append(0.5 if threshold is None else threshold)
    classifier.metadata["thresholds"] = thresholds
    if fitted:
        classifier.metadata["version"] = 2
        classifier.metadata["calibration"] = {"slopes": list(slopes), "intercepts": list(intercepts)}
    return notes


def _calibration(
    kind: str, columns: list[tuple[Vector, Vector]], pooled: float
) -> tuple[list[float], list[float]] | None:
    """Slopes and intercepts per label; None if no fit is usable. Labels without a usable slope get the temperature."""
    if kind == "none":
        return None
    if kind == "temperature":
        return ([pooled] * len(columns), [0.0] * len(columns)) if _is_usable(pooled) else None
    lines = [platt(z, y) for z, y in columns]
    if not any(_is_usable(slope) for slope, _ in lines):
        return None
    shared = pooled if _is_usable(pooled) else 1.0
    chosen = [(slope, intercept) if _is_usable(slope) else (shared, 0.0) for slope, intercept in lines]
    return [slope for slope, _ in chosen], [intercept for _, intercept in chosen]


def _is_usable(slope: float) -> bool:
    return _USABLE[0] <= slope <= _USABLE[1]


def platt(logits: Vector, y: Vector) -> tuple[float, float]:
    """Slope and intercept of Platt's scaling, by Newton's method with halved steps; NaN if all labels are the same."""
    positives = float(y.sum())
    negatives = len(y) - positives
    if positives == 0 or negatives == 0:
        return float("nan"), float("nan")
    targets = np.where(y == 1, (positives + 1) / (positives + 2), 1 / (negatives + 2))
    x = np.stack([logits, np.ones_like(logits)])
    best = np.array([0.0, np.log((positives + 1) / (negatives + 1))])

    def loss(line: Vector) -> float:
        z = line @ x
        return float(np.sum(np.logaddexp(0, z) - targets * z))

    least = loss(best)
    for _ in range(100):
        p = 1 / (1 + np.exp(-(best @ x)))
        hessian = (x * (p * (1 - p))) @ x.T + 1e-12 * np.eye(2)
        step = -np.linalg.solve(hessian, x @ (p - targets))
        share, highest = 1.0, least + 1e-12 * abs(least)
        while not loss(best + share * step) <= highest and share > 1e-10:
            share /= 2
        best = best + share * step
        least = loss(best)
        if np.abs(step).sum() <= 1e-15 * np.abs(best).sum():
            break
    return float(best[0]), float(best[1])


def temperature(logits: Vector, y: Vector) -> float:
    """One slope for all logits, the inverse of the temperature; NaN if all labels are the same."""
    if len(np.unique(y)) < 2:
        return float("nan")

    def slope_of(value: float) -> float:
        return float(np.sum((1 / (1 + np.exp(-value * logits)) - y) * logits))

    low, high = _LEAST, _MOST
    if slope_of(low) >= 0:
        return low
    if slope_of(high) <= 0:
        return high
    for _ in range(200):
        middle = float(np.sqrt(low * high))
        low, high = (middle, high) if slope_of(middle) < 0 else (low, middle)
    return float(np.sqrt(low * high))
