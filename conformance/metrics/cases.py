"""The generated and adversarial inputs on which Thaw's metrics meet scikit-learn and Keras.

Nothing here comes from a data set. `python conformance/metrics/cases.py` writes them to
packages/metrics/test/fixtures/cases.json; scikit_learn.py and keras_auc.py import them.
"""

import json
from pathlib import Path

import numpy as np

FIXTURES = Path(__file__).resolve().parents[2] / "packages" / "metrics" / "test" / "fixtures"


def _random(rng, rows, columns, share, decimals, separation=1.0):
    truth = (rng.random((rows, columns)) < share).astype(np.uint8)
    logits = rng.normal(size=(rows, columns)) + separation * (truth - 0.5) * 2
    return truth, np.round(1 / (1 + np.exp(-logits)), decimals)


def cases():
    """Yields (name, labels uint8 [rows, columns], scores float32 or float64 of the same shape)."""
    rng = np.random.default_rng(20240611)

    def single(name, truth, scores):
        return name, np.asarray(truth, np.uint8), np.asarray(scores, np.float32)

    def double(name, truth, scores):
        return name, np.asarray(truth, np.uint8), np.asarray(scores, np.float64)

    yield single("binary", *_random(rng, 50, 1, 0.4, 3))
    yield single("five classes", *_random(rng, 80, 5, 0.4, 3))
    yield double("five classes in float64", *_random(rng, 80, 5, 0.4, 15))
    yield single("ties: one decimal", *_random(rng, 90, 4, 0.5, 1))
    yield single("ties: 0/1 predictions", *_random(rng, 60, 4, 0.5, 0))
    yield single("forty classes, imbalanced", *_random(rng, 60, 40, rng.uniform(0.02, 0.9, 40), 2))
    yield single("imbalance 1 in 300", (np.arange(300) == 123)[:, None] * np.ones((1, 2)), np.round(rng.random((300, 2)), 3))

    truth, _ = _random(rng, 20, 3, 0.5, 2)
    yield single("constant scores", truth, np.full((20, 3), 0.25))
    yield single("all scores at the threshold", truth, np.full((20, 3), 0.5))
    yield single("all scores 0", truth, np.zeros((20, 3)))
    yield single("all scores 1", truth, np.ones((20, 3)))

    truth, scores = _random(rng, 30, 4, 0.5, 2)
    truth[:, 1], truth[:, 3] = 0, 1
    yield single("columns of one kind of label", truth, scores)
    yield single("no positives at all", np.zeros((12, 3)), np.round(rng.random((12, 3)), 2))
    yield single("no negatives at all", np.ones((12, 3)), np.round(rng.random((12, 3)), 2))
    yield single("a class that is never predicted", truth[:, [0, 2]], np.column_stack([scores[:, 0], scores[:, 2] * 0.4]))
    yield single("perfect", truth[:, [0, 2]], truth[:, [0, 2]] * 0.5 + 0.25)
    yield single("perfectly wrong", truth[:, [0, 2]], 0.75 - truth[:, [0, 2]] * 0.5)
    yield single("rows without positives", [[0, 0, 0], [1, 0, 1], [0, 0, 0], [0, 1, 1]], [[0.1, 0.2, 0.3], [0.7, 0.6, 0.4], [0.8, 0.1, 0.6], [0.2, 0.9, 0.5]])

    yield single("one row", [[1, 0, 1]], [[0.7, 0.2, 0.4]])
    yield single("one row, one class", [[1]], [[0.7]])
    yield single("two rows", [[1, 0], [0, 1]], [[0.7, 0.7], [0.7, 0.2]])

    truth, _ = _random(rng, 40, 3, 0.5, 2)
    huge = rng.choice([-3.4e38, -1e38, -1.0, 0.0, 1.0, 1e38, 3.4e38], (40, 3))
    yield single("huge float32", truth, huge)
    yield double("huge float64", truth, np.sign(huge) * rng.choice([1e308, 1.7e308, 1e300], (40, 3)))
    tiny = rng.choice([-3, -2, -1, 0, 1, 2, 3], (40, 3))
    yield single("denormal float32", truth, tiny.astype(np.float32) * np.float32(1.4e-45))
    yield double("denormal float64", truth, tiny * 5e-324)
    yield single("minus zero ties with zero", truth, rng.choice([-0.0, 0.0, -1e-30, 1e-30], (40, 3)))
    yield double("minus zero ties with zero in float64", truth, rng.choice([-0.0, 0.0, -1e-300, 1e-300], (40, 3)))
    near = np.float32(0.3)
    near = [np.nextafter(near, np.float32(0)), near, np.nextafter(near, np.float32(1))]
    yield single("neighbours of 0.3", truth, rng.choice(near, (40, 3)))
    yield double("float64 that float32 can't tell apart", truth, 0.3 + rng.integers(-3, 4, (40, 3)) * 1e-16)

    grid = np.arange(200, dtype=np.float32) / np.float32(199)
    up, down = np.nextafter(grid, np.float32(2)), np.nextafter(grid, np.float32(-2))
    on_grid = np.concatenate([grid, up, down])
    yield single("on and beside Keras' thresholds", rng.integers(0, 2, (600, 1)), on_grid[:, None])
    yield single("outside [0, 1]", truth, np.round(rng.normal(0.5, 1, (40, 3)), 2))
    yield single("crowded at 0", truth, np.round(rng.random((40, 3)) ** 8, 5))


def weights_of(truth):
    """A weight for each row: quarters, some 0, never all."""
    weights = np.random.default_rng(truth.size).integers(0, 9, len(truth)) / 4
    weights[0] = 1.25
    return weights


def known_of(truth):
    """Which labels are known: about four in five, at least one in each row and column."""
    rows, columns = truth.shape
    known = np.random.default_rng(truth.size + 1).random(truth.shape) < 0.8
    known[np.arange(rows), np.arange(rows) % columns] = True
    known[np.arange(columns) % rows, np.arange(columns)] = True
    return known


def shortest(scores):
    """JSON numbers that read back as the same bits: float32 by their own shortest decimal, not float64's."""
    if scores.dtype == np.float64:
        return [[float(v) for v in row] for row in scores]
    rows = [[float(str(v)) for v in row] for row in scores]
    assert np.array_equal(np.array(rows).astype(np.float32).view(np.uint32), scores.view(np.uint32))
    return rows


def plain(value):
    """JSON has no NaN: null stands for it."""
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(v) for v in value]
    value = float(value)
    return None if np.isnan(value) else int(value) if value.is_integer() and abs(value) < 2**53 else value


def write(name, content):
    (FIXTURES / name).write_text(json.dumps(content, separators=(",", ":")).replace('},{', '},\n{') + "\n")
    print(name, (FIXTURES / name).stat().st_size, "bytes")


if __name__ == "__main__":
    write(
        "cases.json",
        {
            "madeBy": {"script": "conformance/metrics/cases.py", "numpy": np.__version__},
            "cases": [
                {
                    "name": name,
                    "dtype": str(scores.dtype),
                    "yTrue": ["".join(map(str, row)) for row in truth],
                    "yScore": shortest(scores),
                    "sampleWeight": plain(weights_of(truth)),
                    "mask": ["".join(map(str, row.astype(int))) for row in known_of(truth)],
                }
                for name, truth, scores in cases()
            ],
        },
    )
