"""Writes packages/core/test/fixtures/losses.json: Keras' focal loss, and the formulas of papers in float64, per image."""

import json
import os
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np

OUT = Path(__file__).parents[2] / "packages/core/test/fixtures/losses.json"
rng = np.random.default_rng(14)
ROWS, LABELS = 6, 5
p = rng.uniform(0.01, 0.99, size=(ROWS, LABELS)).round(4)
p[0] = [0.5, 0.04, 0.05, 0.9999, 0.0001]
y = rng.integers(0, 2, size=(ROWS, LABELS)).astype(float)
soft = rng.uniform(size=(ROWS, LABELS)).round(3)


def focal(options, labels):
    keras_options = {
        "gamma": options.get("gamma", 2),
        "label_smoothing": options.get("labelSmoothing", 0),
        "apply_class_balancing": "alpha" in options,
        **({"alpha": options["alpha"]} if "alpha" in options else {}),
    }
    loss = keras.losses.BinaryFocalCrossentropy(**keras_options, reduction=None)
    return loss(labels.astype("float32"), p.astype("float32")).numpy().astype(float)


def asymmetric(options, labels):
    """Ridnik et al., 2021, equations 4 to 7."""
    positive, negative = options.get("gammaPositive", 0), options.get("gammaNegative", 4)
    shifted = np.maximum(p - options.get("clip", 0.05), 0)
    of_positive = -((1 - p) ** positive) * np.log(p)
    of_negative = -(shifted**negative) * np.log(1 - shifted)
    return (labels * of_positive + (1 - labels) * of_negative).mean(axis=1)


def weighted(options, labels):
    """PyTorch's BCEWithLogitsLoss with pos_weight, times a factor per label."""
    terms = -(np.array(options["positiveWeights"]) * labels * np.log(p) + (1 - labels) * np.log(1 - p))
    return (terms * np.array(options["labelWeights"])).mean(axis=1)


OPTIONS = [
    ("focalLoss", focal, {}),
    ("focalLoss", focal, {"gamma": 0.5}),
    ("focalLoss", focal, {"gamma": 0}),
    ("focalLoss", focal, {"gamma": 3, "alpha": 0.25}),
    ("focalLoss", focal, {"gamma": 2, "alpha": 0.4, "labelSmoothing": 0.2}),
    ("asymmetricLoss", asymmetric, {}),
    ("asymmetricLoss", asymmetric, {"gammaPositive": 1, "gammaNegative": 2.5, "clip": 0.1}),
    ("asymmetricLoss", asymmetric, {"gammaPositive": 0.5, "gammaNegative": 1, "clip": 0}),
    ("asymmetricLoss", asymmetric, {"gammaNegative": 0, "clip": 0}),
    (
        "binaryCrossentropy",
        weighted,
        {"positiveWeights": [1, 2, 0.5, 4, 1], "labelWeights": [0.5, 1, 2, 1, 3]},
    ),
]


def effective(beta, samples):
    """Cui et al., 2019: the effective number of samples."""
    return (1 - beta**samples) / (1 - beta)


# the labels' counts of positive and negative images, and the weights that the options make of them
positives, negatives = np.array([1, 30, 90, 50]), np.array([99, 70, 10, 50])


def mean_one(weights):
    return (weights / weights.mean()).tolist()


WEIGHTS = [
    ("balanced", (negatives / positives).tolist(), mean_one(1 / positives)),
    *[
        (
            {"effectiveNumber": beta},
            (effective(beta, negatives) / effective(beta, positives)).tolist(),
            mean_one(1 / effective(beta, positives)),
        )
        for beta in (0.0, 0.9, 0.999)
    ],
]

fixture = {
    "versions": {"keras": keras.__version__, "numpy": np.__version__},
    "p": p.tolist(),
    "cases": [
        {"loss": name, "options": options, "labels": kind, "y": labels.tolist(), "values": of(options, labels).tolist()}
        for name, of, options in OPTIONS
        for kind, labels in (("0 or 1", y), ("between", soft))
    ],
    "weights": {
        "positives": positives.tolist(),
        "negatives": negatives.tolist(),
        "cases": [
            {"option": option, "positiveWeights": of_positives, "labelWeights": of_labels}
            for option, of_positives, of_labels in WEIGHTS
        ],
    },
}
OUT.write_text(json.dumps(fixture) + "\n")
print(OUT.name, "written")
