"""What scikit-learn says of probabilities: losses, reliability curves, fitted calibrations, best thresholds. Writes
packages/metrics/test/fixtures/probabilities.json.

Calibration errors are sums over scikit-learn's own bins. Temperature and Platt scaling are logistic regressions without penalty: on the
logits alone, and against Platt's targets, each row once as a positive and once as a negative with the target as its weight.
"""

import platform
import warnings

import numpy as np
import sklearn
from sklearn import metrics
from sklearn.calibration import calibration_curve
from sklearn.linear_model import LogisticRegression

from cases import cases, plain, weights_of, write

warnings.simplefilter("ignore")


def each(function, truth, scores):
    return plain([function(truth[:, c], scores[:, c].astype(float)) for c in range(truth.shape[1])])


def losses(truth, scores, weights):
    return {
        "logLoss": each(lambda t, s: metrics.log_loss(t, s, labels=[0, 1], sample_weight=weights), truth, scores),
        "brierScoreLoss": each(lambda t, s: np.average((s - t) ** 2, weights=weights), truth, scores)
        if truth.min() == truth.max()
        else each(lambda t, s: metrics.brier_score_loss(t, s, labels=[0, 1], sample_weight=weights), truth, scores),
    }


def reliability(truth, scores, bins, strategy):
    out = []
    for c in range(truth.shape[1]):
        t, s = truth[:, c], scores[:, c].astype(float)
        shares, means = calibration_curve(t, s, pos_label=1, n_bins=bins, strategy=strategy)
        edges = np.linspace(0, 1, bins + 1) if strategy == "uniform" else np.percentile(s, np.linspace(0, 1, bins + 1) * 100)
        counts = np.bincount(np.searchsorted(edges[1:-1], s), minlength=bins)
        gaps = np.abs(shares - means)
        out.append(
            {
                "shares": plain(shares),
                "means": plain(means),
                "counts": plain(counts),
                "expected": plain(np.average(gaps, weights=counts[counts > 0])),
                "maximum": plain(gaps.max()),
            }
        )
    return out


def logits(scores):
    p = np.clip(scores.astype(float), 2**-52, 1 - 2**-52)
    return np.log(p) - np.log1p(-p)


def regression(z, targets, weights, intercept):
    model = LogisticRegression(C=np.inf, fit_intercept=intercept, solver="newton-cholesky", tol=1e-15, max_iter=10000)
    rows = np.concatenate([z, z])[:, None]
    labels = np.repeat([1, 0], len(z))
    model.fit(rows, labels, sample_weight=np.concatenate([targets * weights, (1 - targets) * weights]))
    return polished([float(model.coef_[0, 0]), float(model.intercept_[0]) if intercept else 0.0], z, targets, weights, intercept)


def polished(line, z, targets, weights, intercept):
    """scikit-learn stops at about 1e-8. A few Newton steps in long double improve the last digits."""
    inputs = np.stack([z, np.ones_like(z)] if intercept else [z]).astype(np.longdouble)
    line = np.array(line[: len(inputs)], np.longdouble)
    for _ in range(4):
        p = 1 / (1 + np.exp(-(line @ inputs)))
        gradient = inputs @ (weights * (p - targets))
        hessian = (inputs * (weights * p * (1 - p))) @ inputs.T
        line = line - np.linalg.solve(hessian.astype(float), gradient.astype(float))
    return [float(value) for value in line] + ([] if intercept else [0.0])


def within(line):
    """Temperatures are searched between 1/1000 and 1000."""
    return [float(np.clip(line[0], 1e-3, 1e3)), line[1]]


def scaling(truth, scores, weights):
    z = logits(scores)
    temperature, platt = [], []
    for c in range(truth.shape[1]):
        t = truth[:, c]
        if len(np.unique(t[weights > 0])) < 2:
            temperature.append([None, None])
            platt.append([None, None])
            continue
        positives, negatives = weights[t == 1].sum(), weights[t == 0].sum()
        targets = np.where(t == 1, (positives + 1) / (positives + 2), 1 / (negatives + 2))
        temperature.append(within(regression(z[:, c], t.astype(float), weights, False)))
        platt.append(regression(z[:, c], targets, weights, True))
    pooled = within(regression(z.ravel(), truth.ravel().astype(float), np.repeat(weights, truth.shape[1]), False))
    return {"temperature": temperature, "pooled temperature": pooled, "platt": platt}


def cost(truth, predicted, false_positive, false_negative):
    (_, fp), (fn, _) = metrics.confusion_matrix(truth, predicted, labels=[0, 1])
    return (false_positive * fp + false_negative * fn) / len(truth)


def best_thresholds(truth, scores):
    """Every score as a threshold, from the highest on; the first of the best."""
    objectives = {
        "fbeta 1 0": lambda t, p: metrics.f1_score(t, p),
        "fbeta 2 0": lambda t, p: metrics.fbeta_score(t, p, beta=2),
        "youden 1 0": lambda t, p: metrics.recall_score(t, p) + metrics.recall_score(t, p, pos_label=0) - 1,
        "precision 1 0.6": lambda t, p: metrics.precision_score(t, p) if metrics.recall_score(t, p) >= 0.6 else -1,
        "cost 3 5": lambda t, p: -cost(t, p, 3, 5),
        "cost 5 1": lambda t, p: -cost(t, p, 5, 1),
        "recall 1 0.6": lambda t, p: metrics.recall_score(t, p) if metrics.precision_score(t, p) >= 0.6 else -1,
    }
    out = {}
    for name, objective in objectives.items():
        out[name] = []
        for c in range(truth.shape[1]):
            t, s = truth[:, c], scores[:, c]
            if len(np.unique(t)) < 2:
                out[name].append([None, None])
                continue
            candidates = np.unique(s)[::-1]
            if name.startswith("cost"):  # predicting nothing is allowed, too
                candidates = np.concatenate([[np.inf], candidates.astype(float)])
            values = np.array([objective(t, (s >= limit).astype(int)) for limit in candidates])
            # Values that differ by rounding alone are the same.
            best = int(np.argmax(values >= values.max() - 1e-12))
            if name.startswith("cost"):
                limit = candidates[best]
                out[name].append(["Infinity" if np.isinf(limit) else plain(limit), plain(-values[best])])
            else:
                out[name].append(plain([candidates[best], values[best]]) if values[best] >= 0 else [None, None])
    return out


def probable():
    for name, truth, scores in cases():
        if scores.min() >= 0 and scores.max() <= 1:
            yield name, truth, scores


FITTED = {"binary", "five classes", "five classes in float64", "ties: one decimal", "crowded at 0"}

write(
    "probabilities.json",
    {
        "madeBy": {
            "script": "conformance/metrics/probabilities.py",
            "scikit-learn": sklearn.__version__,
            "numpy": np.__version__,
            "python": platform.python_version(),
        },
        "cases": [
            {
                "name": name,
                "plain": losses(truth, scores, None),
                "weighted": losses(truth, scores, weights_of(truth)),
                "uniform": reliability(truth, scores, 5, "uniform"),
                "quantile": reliability(truth, scores, 4, "quantile"),
                **(
                    {
                        "scaling": scaling(truth, scores, np.ones(len(truth))),
                        "weighted scaling": scaling(truth, scores, weights_of(truth)),
                    }
                    if name in FITTED
                    else {}
                ),
                **({"thresholds": best_thresholds(truth, scores)} if len(truth) <= 90 and truth.shape[1] <= 5 else {}),
            }
            for name, truth, scores in probable()
        ],
    },
)
