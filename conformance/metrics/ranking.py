"""What scikit-learn says of each row's ranking on cases.py, and what the definitions say where it has none: writes
packages/metrics/test/fixtures/ranking.json.

One-error, precision and recall at k break ties at random; here every order of the columns breaks them once, up to five columns.
"""

import platform
import warnings
from itertools import permutations

import numpy as np
import sklearn
from sklearn import metrics

from cases import cases, plain, weights_of, write

warnings.simplefilter("ignore")


def by_scikit_learn(truth, scores, weights):
    columns = truth.shape[1]
    return {
        "coverageError": metrics.coverage_error(truth, scores, sample_weight=weights),
        "labelRankingAveragePrecisionScore": metrics.label_ranking_average_precision_score(truth, scores, sample_weight=weights),
        "labelRankingLoss": metrics.label_ranking_loss(truth, scores, sample_weight=weights),
        **{f"ndcgScore {k}": metrics.ndcg_score(truth, scores, k=k, sample_weight=weights) for k in sorted({1, 2, columns})},
    }


def by_definition(truth, scores, weights):
    rows, columns = truth.shape
    if columns > 5:
        return {}
    orders = list(permutations(range(columns)))
    hits = np.zeros((rows, columns))
    for order in orders:
        ranked = np.asarray(order)[np.argsort(-scores.astype(float)[:, order], axis=1, kind="stable")]
        hits += np.cumsum(np.take_along_axis(truth, ranked, axis=1), axis=1)
    hits /= len(orders)
    mean = lambda values: np.average(values, weights=weights)
    positives = truth.sum(axis=1)
    out = {"oneError": mean(1 - hits[:, 0])}
    for k in sorted({1, 2, columns}):
        out[f"precisionAtK {k}"] = mean(hits[:, k - 1] / k)
        out[f"recallAtK {k}"] = mean(np.where(positives > 0, hits[:, k - 1] / np.maximum(positives, 1), 0))
    return out


def values(truth, scores, weights):
    both = {**by_scikit_learn(truth, scores, weights), **by_definition(truth, scores, weights)}
    return {name: plain(value) for name, value in both.items()}


write(
    "ranking.json",
    {
        "madeBy": {
            "script": "conformance/metrics/ranking.py",
            "scikit-learn": sklearn.__version__,
            "numpy": np.__version__,
            "python": platform.python_version(),
        },
        "cases": [
            {"name": name, "plain": values(truth, scores, None), "weighted": values(truth, scores, weights_of(truth))}
            for name, truth, scores in cases()
            if truth.shape[1] > 1
        ],
    },
)
