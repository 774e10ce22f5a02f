"""Fills a small disk and lets thaw_keras write there, with less and less free space. Usage: full_disk.py DISK [TRIES]

Afterwards there must be a whole old version or a whole new one, and a failed write must raise an OutputError.
"""

import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_PLATFORMS"] = "cpu"

from thaw_keras import OutputError, open_classifier, save_classifier
from thaw_keras.checkpoint import read_checkpoint, write_checkpoint
from thaw_keras.files import written_whole

BLOCK = 4096
FIXTURES = Path(__file__).parents[2] / "python" / "tests" / "fixtures"
disk, tries = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 40
classifier = open_classifier(FIXTURES / "varied" / "start.keras")


def write_state(folder: Path, version: int) -> None:
    write_checkpoint(folder, {"x": np.full(9_000, version)}, {"fingerprint": {}, "version": version})


def read_state(folder: Path) -> int | None:
    found = read_checkpoint(folder, {})
    if found is None:
        return None
    arrays, state = found
    assert (arrays["x"] == state["version"]).all()
    return int(state["version"])


def write_model(folder: Path, version: int) -> None:
    classifier.metadata["thresholds"] = [version / 4] * len(classifier.labels)
    save_classifier(classifier, folder / "model.keras")


def read_model(folder: Path) -> int | None:
    path = folder / "model.keras"
    return round(4 * open_classifier(path).thresholds[0]) if path.exists() else None


def write_json(folder: Path, version: int) -> None:
    with written_whole(folder / "history.json") as part:
        part.write_text(json.dumps({"rows": [version] * 9000, "version": version}))


def read_json(folder: Path) -> int | None:
    path = folder / "history.json"
    return int(json.loads(path.read_text())["version"]) if path.exists() else None


def fill(write: Callable[[Path, int], None], read: Callable[[Path], int | None]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for room in range(tries):
        folder = disk / f"out-{room}"
        folder.mkdir()
        old = 1 if room % 2 else None
        if old:
            write(folder, old)
        free = os.statvfs(disk)
        (disk / "filler").write_bytes(bytes(max(0, free.f_bavail * free.f_bsize - (room // 2) * 2 * BLOCK)))
        counts["tries"] += 1
        try:
            write(folder, 2)
        except OutputError:
            counts["refused"] += 1
        except Exception as error:
            counts["refused"] += 1
            counts["unnamed"] += 1
            print(f"{type(error).__name__}: {error}")
        (disk / "filler").unlink()
        try:
            found = read(folder)
            counts["whole" if found in (1, 2) else "none" if found is old else "wrong"] += 1
        except Exception as error:
            counts["wrong"] += 1
            print(f"wrong: {error}")
        counts["leftovers"] += sum(".part" in path.name for path in folder.rglob("*"))
        shutil.rmtree(folder)
    return counts


is_right = True
for name, write, read in (
    ("thaw_keras checkpoint", write_state, read_state),
    ("thaw_keras model", write_model, read_model),
    ("thaw_keras history", write_json, read_json),
):
    counts = fill(write, read)
    print(name, dict(counts))
    is_right = is_right and counts["wrong"] + counts["unnamed"] + counts["leftovers"] == 0
sys.exit(0 if is_right else 1)
