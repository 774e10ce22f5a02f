"""The metrics of a history's row, with Thaw's conventions: undefined ones are NaN, and left out of means."""

import numpy as np
from numpy.typing import NDArray


def epoch_metrics(
    y: NDArray[np.uint8], scores: NDArray[np.float32], known: NDArray[np.bool_] | None
) -> dict[str, float]:
    """Macro AUC; precision and recall over all labels together, at a threshold of 1/2."""
    mask = np.ones(y.shape, dtype=bool) if known is None else known
    aucs = [roc_auc(y[mask[:, i], i], scores[mask[:, i], i]) for i in range(y.shape[1])]
    defined = [auc for auc in aucs if not np.isnan(auc)]
    predicted = (scores >= 0.5) & mask
    hits = float((predicted & (y == 1)).sum())
    return {
        "auc": float(np.mean(defined)) if defined else float("nan"),
        "precision": _ratio(hits, float(predicted.sum())),
        "recall": _ratio(hits, float(((y == 1) & mask).sum())),
    }


def roc_auc(y: NDArray[np.uint8], scores: NDArray[np.float32]) -> float:
    """The area under the ROC curve; ties count half. NaN if all labels are the same."""
    positives = int(y.sum())
    negatives = len(y) - positives
    if positives == 0 or negatives == 0:
        return float("nan")
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    return float((ranks[y == 1].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0 else float("nan")
