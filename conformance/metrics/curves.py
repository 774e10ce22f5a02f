"""scikit-learn's curves on the smaller of cases.py: writes packages/metrics/test/fixtures/curves.json."""

import platform
import warnings

import numpy as np
import sklearn
from sklearn import metrics

from cases import cases, weights_of, write

warnings.simplefilter("ignore")


def numbers(values):
    """JSON has neither NaN nor infinity: null and the string stand for them."""
    plain = [float(v) for v in values]
    return [None if np.isnan(v) else "Infinity" if np.isinf(v) else int(v) if v.is_integer() and abs(v) < 2**53 else v for v in plain]


def det(truth, scores, **options):
    try:
        return [numbers(values) for values in metrics.det_curve(truth, scores, **options)]
    except ValueError:  # one kind of label
        return None


def curves(truth, scores, weights):
    common = {"sample_weight": weights}
    out = {}
    for drop in (False, True):
        options = {"drop_intermediate": drop, **common}
        out[f"roc {drop}"] = [numbers(values) for values in metrics.roc_curve(truth, scores, **options)]
        out[f"precision recall {drop}"] = [numbers(values) for values in metrics.precision_recall_curve(truth, scores, **options)]
        out[f"det {drop}"] = det(truth, scores, **options)
    return out


def of(truth, scores, weights):
    out = {"none": [curves(truth[:, c], scores[:, c], weights) for c in range(truth.shape[1])]}
    if truth.size <= 60:
        repeated = None if weights is None else np.repeat(weights, truth.shape[1])
        out["micro"] = curves(truth.ravel(), scores.ravel(), repeated)
    return out


def small():
    for name, truth, scores in cases():
        if len(truth) <= 50 and truth.size <= 90:
            yield name, truth, scores


write(
    "curves.json",
    {
        "madeBy": {
            "script": "conformance/metrics/curves.py",
            "scikit-learn": sklearn.__version__,
            "numpy": np.__version__,
            "python": platform.python_version(),
        },
        "cases": [
            {
                "name": name,
                "plain": of(truth, scores, None),
                **({"weighted": of(truth, scores, weights_of(truth))} if truth.size <= 50 else {}),
            }
            for name, truth, scores in small()
        ],
    },
)
