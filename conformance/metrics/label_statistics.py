"""What NumPy, SciPy and the literature's formulas say of label matrices: writes
packages/metrics/test/fixtures/label-statistics.json.

SCUMBLE and the imbalance ratios are written out from Charte et al. 2014 and 2015 (the R package mldr computes them so);
clustering is scipy.cluster.hierarchy's.
"""

import warnings

import numpy as np
import scipy
from scipy.cluster import hierarchy
from scipy.spatial.distance import squareform

from cases import known_of, plain, write

warnings.simplefilter("ignore")
METHODS = ("average", "complete", "single", "weighted")


def labels():
    """Yields (name, labels [rows, columns])."""
    rng = np.random.default_rng(20250317)
    yield "independent", (rng.random((60, 5)) < 0.4).astype(int)
    yield "imbalanced", (rng.random((120, 8)) < [0.9, 0.6, 0.4, 0.3, 0.2, 0.1, 0.05, 0.02]).astype(int)
    base = rng.normal(size=(100, 3))
    groups = base[:, [0, 0, 0, 1, 1, 2, 2, 2, 2]] * [1, 1, -1, 1, 1, 1, -1, -1, 1]
    yield "correlated in groups", (groups + rng.normal(scale=0.7, size=groups.shape) > 0.5).astype(int)
    constant = (rng.random((30, 4)) < 0.5).astype(int)
    constant[:, 1], constant[:, 3] = 0, 1
    yield "labels that never change", constant
    yield "one label", (rng.random((20, 1)) < 0.3).astype(int)
    yield "one row", np.array([[1, 0, 1, 1]])
    yield "the same label twice", np.repeat((rng.random((20, 2)) < 0.5).astype(int), 2, axis=1)
    shares = rng.uniform(0.02, 0.9, 40)
    latent = rng.normal(size=(80, 6)) @ rng.normal(size=(6, 40)) + rng.normal(size=(80, 40))
    yield "forty labels", (latent > np.quantile(latent, 1 - shares, axis=0).diagonal()).astype(int)


def statistics(truth):
    rows, columns = truth.shape
    counts = truth.sum(axis=0)
    ratios = np.where(counts > 0, counts.max() / counts, np.nan)
    scumbles = np.zeros(rows)
    for row in range(rows):
        active = ratios[truth[row] == 1]
        if len(active) > 0:
            scumbles[row] = 1 - np.prod(active) ** (1 / len(active)) / np.mean(active)
    correlation = np.corrcoef(truth, rowvar=False).reshape(columns, columns)
    order = None
    if columns > 1:
        distances = np.where(np.isnan(correlation), 1, 1 - np.abs(correlation))
        np.fill_diagonal(distances, 0)
        order = [int(leaf) for leaf in hierarchy.leaves_list(hierarchy.linkage(squareform(distances, checks=False), "average"))]
    return {
        "counts": plain(counts),
        "imbalanceRatios": plain(ratios),
        "meanImbalanceRatio": plain(np.nanmean(ratios)),
        "cardinality": plain(truth.sum() / rows),
        "density": plain(truth.mean()),
        "scumble": plain(scumbles.mean()),
        "scumblePerRow": plain(scumbles),
        "scumblePerLabel": plain([scumbles[truth[:, c] == 1].mean() if counts[c] else np.nan for c in range(columns)]),
        "cooccurrence": plain((truth.T @ truth).ravel()),
        "correlation": plain(correlation.ravel()),
        "order": order,
    }


def pairwise(truth, known):
    """Pearson's r of every two columns over the rows in which both are known."""
    columns = truth.shape[1]
    out = np.full((columns, columns), np.nan)
    for a in range(columns):
        for b in range(columns):
            both = known[:, a] & known[:, b]
            if both.any():
                out[a, b] = np.corrcoef(truth[both, a], truth[both, b])[0, 1]
    return out


def masked(truth):
    """The same of the labels that are known: each column without the rows in which it is unknown."""
    known = known_of(truth)
    rows, columns = truth.shape
    of_known = [truth[known[:, c], c] for c in range(columns)]
    counts = np.array([column.sum() for column in of_known])
    ratios = np.where(counts > 0, counts.max() / counts, np.nan)
    scumbles = np.zeros(rows)
    for row in range(rows):
        active = ratios[(truth[row] == 1) & known[row]]
        if len(active) > 0:
            scumbles[row] = 1 - np.prod(active) ** (1 / len(active)) / np.mean(active)
    return {
        "mask": ["".join(map(str, row.astype(int))) for row in known],
        "counts": plain(counts),
        "known": plain([len(column) for column in of_known]),
        "shares": plain([column.mean() for column in of_known]),
        "imbalanceRatios": plain(ratios),
        "cardinality": plain(np.mean([truth[row][known[row]].sum() for row in range(rows)])),
        "density": plain(truth[known].mean()),
        "scumble": plain(scumbles.mean()),
        "cooccurrence": plain([((truth[:, a] & known[:, a]) * (truth[:, b] & known[:, b])).sum() for a in range(columns) for b in range(columns)]),
        "knownBeside": plain([(truth[:, a] & known[:, a] & known[:, b]).sum() for a in range(columns) for b in range(columns)]),
        "correlation": plain(pairwise(truth, known).ravel()),
    }


def distances():
    """Yields (name, square matrix of distances)."""
    rng = np.random.default_rng(20250318)

    def square(items, draw):
        out = np.zeros((items, items))
        upper = np.triu_indices(items, 1)
        out[upper] = draw(len(upper[0]))
        return out + out.T

    yield "two items", square(2, rng.random)
    yield "twelve items", square(12, rng.random)
    yield "thirty points on a line", np.abs(np.subtract.outer(*[np.sort(rng.random(30))] * 2))
    yield "ties", square(9, lambda n: rng.integers(1, 4, n))
    yield "all the same", square(7, lambda n: np.full(n, 0.5))
    yield "zeros", square(6, lambda n: rng.integers(0, 2, n))


if __name__ == "__main__":
    write(
        "label-statistics.json",
        {
            "madeBy": {
                "script": "conformance/metrics/label_statistics.py",
                "numpy": np.__version__,
                "scipy": scipy.__version__,
            },
            "labels": [
                {"name": name, "yTrue": ["".join(map(str, row)) for row in truth], **statistics(truth), "masked": masked(truth)}
                for name, truth in labels()
            ],
            "distances": [
                {
                    "name": name,
                    "distances": plain(matrix.ravel()),
                    "items": len(matrix),
                    **{
                        method: {
                            "linkage": plain(hierarchy.linkage(squareform(matrix), method).ravel()),
                            "leaves": plain(hierarchy.leaves_list(hierarchy.linkage(squareform(matrix), method))),
                        }
                        for method in METHODS
                    },
                }
                for name, matrix in distances()
            ],
        },
    )
