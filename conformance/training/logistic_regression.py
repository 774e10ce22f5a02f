"""Writes packages/core/test/fixtures/logistic-regression.json: scikit-learn's regularised logistic regressions."""

import json
import warnings
from pathlib import Path

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.model_selection import KFold, cross_val_score

warnings.filterwarnings("ignore")
OUT = Path(__file__).parents[2] / "packages/core/test/fixtures/logistic-regression.json"
IMAGES, TEST_IMAGES, FEATURES, LABELS = 60, 200, 12, 5
STRENGTHS = [0.001, 0.03, 1.0]
rng = np.random.default_rng(7)


def problem():
    """Correlated features. The first label depends on many features; the last one on none, and is rare."""
    mixing = rng.normal(size=(FEATURES, FEATURES))
    x = rng.normal(size=(IMAGES + TEST_IMAGES, FEATURES)) @ mixing + rng.normal(size=FEATURES) * 3
    scaled = (x - x.mean(0)) / x.std(0)
    slopes = rng.normal(size=(FEATURES, LABELS)) * np.array([1.5, 0.7, 0.4, 0.2, 0.0])
    logits = scaled @ slopes + np.array([0.0, -0.5, -1.0, 0.5, -2.2])
    y = (rng.random(logits.shape) < 1 / (1 + np.exp(-logits))).astype(int)
    return np.round(x, 4), y


def coefficients(x, y, weights, strength):
    """The coefficients of one label, with an image of the mean features, half positive and half negative, as in Thaw."""
    total = weights.sum() + 1
    rows = np.vstack([x, np.zeros((2, x.shape[1]))])
    targets = np.concatenate([y, [0, 1]])
    factors = np.concatenate([weights, [0.5, 0.5]])
    model = LogisticRegression(C=1 / (strength * total), tol=1e-10, max_iter=10000)
    model.fit(rows, targets, sample_weight=factors)
    return [*model.coef_[0].tolist(), float(model.intercept_[0])]


x, y = problem()
train, test = slice(0, IMAGES), slice(IMAGES, None)
mean, deviation = x[train].mean(0), x[train].std(0)
scaled = ((x - mean) / deviation).astype(np.float64)
weights = np.where(rng.random((IMAGES, LABELS)) < 0.2, 0.0, 1.0) * rng.choice([0.5, 1.0, 2.0], (IMAGES, LABELS))
solved = [
    {
        "strength": strength,
        "coefficients": [
            coefficients(scaled[train], y[train, label], weights[:, label], strength) for label in range(LABELS)
        ],
    }
    for strength in STRENGTHS
]


def cross_validated(label):
    """The probabilities of one label on the test part, with the C of the least log loss in five folds."""
    target = y[train, label]
    grid = np.logspace(-4, 4, 10)
    folds = KFold(5, shuffle=True, random_state=0)
    score = [
        np.nanmean(cross_val_score(LogisticRegression(C=c, max_iter=5000), scaled[train], target, cv=folds,
                                   scoring="neg_log_loss"))
        for c in grid
    ]
    model = LogisticRegression(C=grid[int(np.argmax(score))], max_iter=5000).fit(scaled[train], target)
    return model.predict_proba(scaled[test])[:, 1]


probabilities = np.stack([cross_validated(label) for label in range(LABELS)], 1)
result = {
    "versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__},
    "images": IMAGES,
    "x": x.tolist(),
    "y": y.tolist(),
    "weights": weights.tolist(),
    "solved": solved,
    "crossValidated": {
        "macroAuc": float(np.mean([roc_auc_score(y[test, label], probabilities[:, label]) for label in range(LABELS)])),
        "logLoss": float(np.mean([log_loss(y[test, label], probabilities[:, label]) for label in range(LABELS)])),
    },
}
OUT.write_text(json.dumps(result, separators=(",", ":")) + "\n")
print(f"logistic regression: {len(solved)} strengths, cross-validated macro AUC {result['crossValidated']['macroAuc']:.4f}")
