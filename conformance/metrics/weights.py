"""What scikit-learn says on cases.py with sample weights, and class by class with unknown labels left out: writes
packages/metrics/test/fixtures/weights.json."""

import platform
import warnings

import numpy as np
import sklearn
from sklearn import metrics

from cases import cases, known_of, plain, weights_of, write

warnings.simplefilter("ignore")


def areas(function, truth, scores, weights):
    columns = range(truth.shape[1])
    out = {"none": [function(truth[:, c], scores[:, c], sample_weight=weights) for c in columns]}
    if truth.shape[1] > 1:
        for average in ("macro", "micro", "weighted", "samples"):
            out[average] = function(truth, scores, average=average, sample_weight=weights)
    return {key: plain(value) for key, value in out.items()}


def partial(truth, scores, weights, max_fpr):
    columns = range(truth.shape[1])
    return plain([metrics.roc_auc_score(truth[:, c], scores[:, c], sample_weight=weights, max_fpr=max_fpr) for c in columns])


def ratios(truth, predicted, weights):
    """Each ratio for each class, with 0 for 0/0, as in scikit-learn."""
    out = {}
    common = {"sample_weight": weights}
    for name, ratio in {
        "precisionScore": lambda t, p: metrics.precision_score(t, p, zero_division=0, **common),
        "recallScore": lambda t, p: metrics.recall_score(t, p, zero_division=0, **common),
        "f1Score": lambda t, p: metrics.f1_score(t, p, zero_division=0, **common),
        "fbetaScore": lambda t, p: metrics.fbeta_score(t, p, beta=0.5, zero_division=0, **common),
        "specificity": lambda t, p: metrics.recall_score(t, p, pos_label=0, zero_division=0, **common),
        "negativePredictiveValue": lambda t, p: metrics.precision_score(t, p, pos_label=0, zero_division=0, **common),
        "jaccardScore": lambda t, p: metrics.jaccard_score(t, p, zero_division=0, **common),
        "matthewsCorrcoef": lambda t, p: metrics.matthews_corrcoef(t, p, **common),
        "cohenKappaScore": lambda t, p: metrics.cohen_kappa_score(t, p, labels=[0, 1], **common),
        # If one kind of label is missing, scikit-learn leaves it out; ours is undefined.
        "balancedAccuracyScore": lambda t, p: metrics.balanced_accuracy_score(t, p, **common)
        if both_kinds(t, weights)
        else np.nan,
    }.items():
        out[name] = plain([ratio(truth[:, c], predicted[:, c]) for c in range(truth.shape[1])])
    return out


def both_kinds(truth, weights):
    present = truth if weights is None else truth[weights > 0]
    return len(np.unique(present)) == 2


def averaged(truth, predicted, weights):
    """The averages of scikit-learn, with 0 for 0/0."""
    out = {}
    for average in ("macro", "micro", "weighted", "samples"):
        common = {"average": average, "sample_weight": weights, "zero_division": 0}
        out[average] = {
            "precisionScore": plain(metrics.precision_score(truth, predicted, **common)),
            "recallScore": plain(metrics.recall_score(truth, predicted, **common)),
            "fbetaScore": plain(metrics.fbeta_score(truth, predicted, beta=0.5, **common)),
            "jaccardScore": plain(metrics.jaccard_score(truth, predicted, **common)),
        }
    return out


def of(truth, scores, weights):
    predicted = (scores >= scores.dtype.type(0.5)).astype(int)
    given = (truth, predicted) if truth.shape[1] > 1 else (truth[:, 0], predicted[:, 0])
    return {
        "rocAuc": areas(metrics.roc_auc_score, truth, scores, weights),
        "averagePrecision": areas(metrics.average_precision_score, truth, scores, weights),
        "rocAuc up to .3": partial(truth, scores, weights, 0.3),
        "ratios": ratios(truth, predicted, weights),
        "averages": averaged(truth, predicted, weights) if truth.shape[1] > 1 else {},
        "tn fp fn tp": [
            plain(metrics.confusion_matrix(truth[:, c], predicted[:, c], labels=[0, 1], sample_weight=weights).ravel())
            for c in range(truth.shape[1])
        ],
        "accuracy": plain(metrics.accuracy_score(*given, sample_weight=weights)),
        "accurate rows": plain(metrics.accuracy_score(*given, sample_weight=weights, normalize=False)),
        "zeroOne": plain(metrics.zero_one_loss(*given, sample_weight=weights)),
        "wrong rows": plain(metrics.zero_one_loss(*given, sample_weight=weights, normalize=False)),
        "hamming": plain(metrics.hamming_loss(*given, sample_weight=weights)),
        # for one column, scikit-learn makes one table per label value
        "matrices": plain(metrics.multilabel_confusion_matrix(*given, sample_weight=weights)) if truth.shape[1] > 1 else None,
        "matrices of rows": plain(metrics.multilabel_confusion_matrix(*given, sample_weight=weights, samplewise=True)) if truth.shape[1] > 1 else None,
    }


def masked(truth, scores, known):
    """Class by class, without rows whose label is unknown; with weights, too."""
    weights = weights_of(truth)
    out = {"rocAuc": [], "averagePrecision": [], "f1Score": [], "rocAuc, weighted": []}
    for c in range(truth.shape[1]):
        rows = known[:, c]
        t, s, w = truth[rows, c], scores[rows, c], weights[rows]
        p = (s >= s.dtype.type(0.5)).astype(int)
        out["rocAuc"].append(metrics.roc_auc_score(t, s))
        out["averagePrecision"].append(metrics.average_precision_score(t, s))
        out["f1Score"].append(metrics.f1_score(t, p, zero_division=0))
        seen = w > 0
        out["rocAuc, weighted"].append(metrics.roc_auc_score(t[seen], s[seen], sample_weight=w[seen]) if seen.any() else np.nan)
    return {key: plain(value) for key, value in out.items()}


write(
    "weights.json",
    {
        "madeBy": {
            "script": "conformance/metrics/weights.py",
            "scikit-learn": sklearn.__version__,
            "numpy": np.__version__,
            "python": platform.python_version(),
        },
        "cases": [
            {
                "name": name,
                "plain": of(truth, scores, None),
                "weighted": of(truth, scores, weights_of(truth)),
                "masked": masked(truth, scores, known_of(truth)),
            }
            for name, truth, scores in cases()
        ],
    },
)
