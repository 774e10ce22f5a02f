"""What SciPy, and DeLong's and Boyd's formulas written out, say of confidence intervals: writes
packages/metrics/test/fixtures/intervals.json."""

import numpy as np
import scipy
from scipy.special import erfc
from scipy.stats import binomtest, chi2, norm

from cases import plain, write

LEVELS = (0.5, 0.9, 0.95, 0.999)


def delong_variance(truth, scores):
    """The formula of DeLong et al. 1988, with every pair compared."""
    positives, negatives = scores[truth == 1].astype(float), scores[truth == 0].astype(float)
    if len(positives) < 2 or len(negatives) < 2:
        return np.nan
    pairs = np.subtract.outer(positives, negatives)
    wins = (pairs > 0) + 0.5 * (pairs == 0)
    return np.var(wins.mean(axis=1), ddof=1) / len(positives) + np.var(wins.mean(axis=0), ddof=1) / len(negatives)


def delong_test(truth, one, two):
    """Both areas and their covariance matrix, every pair compared; the test follows from their difference."""
    placed = []
    for scores in (one, two):
        pairs = np.subtract.outer(scores[truth == 1].astype(float), scores[truth == 0].astype(float))
        wins = (pairs > 0) + 0.5 * (pairs == 0)
        placed.append((wins.mean(axis=1), wins.mean(axis=0)))
    areas = [rows.mean() for rows, _ in placed]
    covariance = sum(np.cov(placed[0][kind], placed[1][kind], ddof=1) / len(placed[0][kind]) for kind in (0, 1))
    error = np.sqrt(covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1])
    difference = areas[1] - areas[0]
    reach = norm.ppf(0.95) * error
    z = difference / error
    return plain([areas[0], areas[1], difference, error, difference - reach, difference + reach, z, 2 * norm.sf(abs(z))])


def pairs_of_models():
    rng = np.random.default_rng(20250402)
    for rows, share, decimals, skill in ((12, 0.5, 1, 0.5), (60, 0.3, 1, 0.0), (200, 0.1, 6, 1.0), (80, 0.7, 0, 0.3)):
        truth = (rng.random(rows) < share).astype(int)
        base = rng.normal(size=rows) + truth
        yield truth, np.round(base + rng.normal(size=rows), decimals), np.round(base + skill * truth + rng.normal(size=rows), decimals)


def mcnemar(only_a, only_b):
    n = only_a + only_b
    chi = (max(0, abs(only_a - only_b) - 1) ** 2 / n, (only_a - only_b) ** 2 / n) if n else (0, 0)
    exact = binomtest(only_a, n, 0.5).pvalue if n else 1
    return [only_a, only_b, *map(plain, (exact, chi[0], chi2.sf(chi[0], 1), chi[1], chi2.sf(chi[1], 1)))]


def quantiles_of(values, level):
    tail = (1 - level) / 2
    return [plain(values), level, *map(plain, (*np.quantile(values, [tail, 1 - tail]), np.std(values, ddof=1)))]


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
        "delongTests": [
            {"yTrue": plain(truth), "a": plain(one), "b": plain(two), "level .9": delong_test(truth, one, two)}
            for truth, one, two in pairs_of_models()
        ],
        "mcnemar": [mcnemar(a, b) for a, b in ((0, 0), (1, 0), (5, 0), (3, 9), (10, 10), (40, 71), (900, 1000), (2000, 2300))],
        "erfc": [[x, plain(erfc(x))] for x in (0, 1e-300, 1e-9, 0.1, 0.5, 1, 1.5, 1.9999, 2, 2.5, 3, 5, 10, 20, 26)],
        "quantiles of resamples": [
            quantiles_of(np.round(np.random.default_rng(n).random(n), 4), level) for n in (2, 9, 100) for level in (0.5, 0.95)
        ],
    },
)
