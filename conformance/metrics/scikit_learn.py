"""What scikit-learn says on cases.py: writes packages/metrics/test/fixtures/scikit-learn.json.

One column is given to scikit-learn as its binary case, whose averages mean something else there; only the per-class
values and the positive class are kept for it.
"""

import platform
import warnings

import numpy as np
import sklearn
from sklearn import metrics

from cases import cases, plain, write

warnings.simplefilter("ignore")
DECISIONS = [(0.5, ">="), (0.3, ">="), (0.3, ">"), (0.0, ">=")]


def by_class(function, truth, scores):
    return [function(truth[:, c], scores[:, c]) for c in range(truth.shape[1])]


def areas(function, truth, scores):
    out = {"none": by_class(function, truth, scores)}
    if truth.shape[1] > 1:
        for average in ("macro", "micro", "weighted"):
            out[average] = function(truth, scores, average=average)
    return {key: plain(value) for key, value in out.items()}


def ratios(truth, predicted, zero_division):
    out = {}
    averages = ("macro", "micro", "weighted", "samples") if truth.shape[1] > 1 else ()
    for average in (None, *averages):
        if truth.shape[1] == 1:
            values = metrics.precision_recall_fscore_support(
                truth[:, 0], predicted[:, 0], average=None, labels=[1], zero_division=zero_division
            )
            double = metrics.fbeta_score(
                truth[:, 0], predicted[:, 0], beta=2, average=None, labels=[1], zero_division=zero_division
            )
        else:
            values = metrics.precision_recall_fscore_support(truth, predicted, average=average, zero_division=zero_division)
            double = metrics.fbeta_score(truth, predicted, beta=2, average=average, zero_division=zero_division)
        out[average or "none"] = [plain(value) for value in (*values[:3], double)]
    return out


def decisions(truth, scores):
    for threshold, comparison in DECISIONS:
        limit = scores.dtype.type(threshold)
        predicted = (scores >= limit if comparison == ">=" else scores > limit).astype(int)
        tables = [
            metrics.confusion_matrix(truth[:, c], predicted[:, c], labels=[0, 1]) for c in range(truth.shape[1])
        ]
        given = (truth, predicted) if truth.shape[1] > 1 else (truth[:, 0], predicted[:, 0])
        yield {
            "threshold": threshold,
            "comparison": comparison,
            "tn fp fn tp": [plain(table.ravel()) for table in tables],
            "accuracy": plain(metrics.accuracy_score(*given)),
            "hamming": plain(metrics.hamming_loss(*given)),
            "precision recall f1 f2, zero_division 0": ratios(truth, predicted, 0),
            "precision recall f1 f2, zero_division nan": ratios(truth, predicted, np.nan),
        }


write(
    "scikit-learn.json",
    {
        "madeBy": {
            "script": "conformance/metrics/scikit_learn.py",
            "scikit-learn": sklearn.__version__,
            "numpy": np.__version__,
            "python": platform.python_version(),
        },
        "cases": [
            {
                "name": name,
                "rocAuc": areas(metrics.roc_auc_score, truth, scores),
                "averagePrecision": areas(metrics.average_precision_score, truth, scores),
                "decisions": list(decisions(truth, scores)),
            }
            for name, truth, scores in cases()
        ],
    },
)
