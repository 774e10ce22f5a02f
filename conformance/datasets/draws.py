"""Writes packages/datasets/test/fixtures/draws.json: numpy's MT19937 stream, its choice without replacement, and a search by draws."""

import json
from pathlib import Path

import numpy as np

OUT = Path(__file__).parents[2] / "packages/datasets/test/fixtures/draws.json"


def search(y, n, seed, misses=20):
    """The seed project's search for a balanced subset: the best of several random draws, weighted by rarity."""
    random = np.random.RandomState(seed)
    full = y.sum(axis=0)
    current = np.zeros_like(full)
    best, best_score, since = None, np.inf, 0
    while since < misses:
        weights = (y / (current + full + 1e-6)).sum(axis=1)
        rows = random.choice(len(y), n, replace=False, p=weights / weights.sum())
        counts = y[rows].sum(axis=0)
        score = counts.std() / counts.mean()
        if score < best_score:
            best, best_score, since, current = rows, score, 0, counts
        else:
            since += 1
    return sorted(best.tolist()), float(best_score)


def choice(seed, weights, count):
    weights = np.asarray(weights, dtype=float)
    drawn = np.random.RandomState(seed).choice(len(weights), count, replace=False, p=weights / weights.sum())
    return {"seed": seed, "weights": weights.tolist(), "count": count, "expected": drawn.tolist()}


rng = np.random.default_rng(5)
tables = []
for rows, labels, n, seed in [(60, 5, 12, 42), (300, 8, 40, 0), (200, 12, 150, 2**32 - 1)]:
    y = (rng.random((rows, labels)) < np.linspace(0.6, 0.05, labels)).astype(int)
    chosen, score = search(y, n, seed)
    tables.append({"y": y.ravel().tolist(), "labels": labels, "n": n, "seed": seed, "rows": chosen, "score": score})

fixture = {
    "made by": f"numpy {np.__version__}, conformance/datasets/draws.py",
    "streams": [
        {"seed": seed, "skip": skip, "expected": np.random.RandomState(seed).random_sample(skip + 4)[skip:].tolist()}
        for seed in (0, 42, 2**32 - 1)
        for skip in (0, 311, 1000)
    ],
    "choices": [
        choice(42, [1, 1, 1, 1], 4),
        choice(0, [0, 5, 0, 1, 1e-3], 3),
        choice(7, rng.random(50), 20),
        choice(1, rng.random(200) ** 8, 150),
    ],
    "searches": tables,
}
OUT.write_text(json.dumps(fixture) + "\n")
