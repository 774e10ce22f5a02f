"""What SciPy, and DeLong's and Boyd's formulas written out, say of confidence intervals: writes
packages/metrics/test/fixtures/intervals.json."""

import numpy as np
import scipy
from scipy.stats import binomtest, norm

from cases import plain, write

LEVELS = (0.5, 0.9, 0.95, 0.999)


def delong_variance(truth, scores):
    """Straight from DeLong et al. 1988, every pair compared."""
    positives, negatives = scores[truth == 1].astype(float), scores[truth == 0].astype(float)
    if len(positives) < 2 or len(negatives) < 2:
        return np.nan
    pairs = np.subtract.outer(positives, negatives)
    wins = (pairs > 0) + 0.5 * (pairs == 0)
    return np.var(wins.mean(axis=1), ddof=1) / len(positives) + np.var(wins.mean(axis=0), ddof=1) / len(negatives)


def samples():
    rng = np.random.default_rng(20250401)
    for rows, share, decimals in ((10, 0.5, 1), (50, 0.2, 2), (200, 0.05, 8), (60, 0.9, 1), (20, 0.5, 0), (12, 0.09, 3)):
        truth = (rng.random(rows) < share).astype(int)
        yield truth, np.round(rng.normal(size=rows) + truth, decimals)


write(
    "intervals.json",
    {
        "madeBy": {
            "script": "conformance/metrics/intervals.py",
            "numpy": np.__version__,
            "scipy": scipy.__version__,
        },
        "quantiles": [
            [p, plain(norm.ppf(p))]
            for p in (1e-300, 1e-20, 1e-9, 1e-5, 0.001, 0.025, 0.05, 0.0749, 0.0751, 0.3, 0.5, 0.6, 0.924, 0.926, 0.95, 0.975, 0.995, 1 - 1e-9)
        ],
        "wilson": [
            [hits, trials, level, *map(plain, binomtest(hits, trials).proportion_ci(level, method="wilson"))]
            for trials in (1, 2, 10, 500)
            for hits in sorted({0, 1, trials // 3, trials})
            for level in LEVELS
        ],
        "delong": [
            {"yTrue": plain(truth), "yScore": plain(scores), "variance": plain(delong_variance(truth, scores))}
            for truth, scores in samples()
        ],
    },
)
