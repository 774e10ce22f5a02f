"""Scores images on a local Ray of two workers, one of which is killed, and compares with one process of onnxruntime.

python conformance/python/ray_scores.py FOLDER
"""

import os
import signal
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import ray
from ray.util.state import list_actors
from thaw_keras.score import ID, Scorer, score

FOLDER = Path(sys.argv[1])
killed: list[int] = []


def workers() -> list:
    return [actor for actor in list_actors(detail=True) if "Map" in actor.class_name]


def kill_one() -> None:
    """Kills a worker as soon as two are alive."""
    while not killed:
        alive = [
            actor.pid for actor in workers() if actor.state == "ALIVE" and actor.pid
        ]
        if len(alive) >= 2:
            os.kill(alive[0], signal.SIGKILL)
            killed.append(alive[0])
        time.sleep(0.05)


def parquet(folder: Path) -> dict[str, list[float]]:
    rows = [
        row
        for file in sorted(folder.glob("*.parquet"))
        for row in pq.read_table(file).to_pylist()
    ]
    assert len({row[ID] for row in rows}) == len(rows), "an image comes twice"
    return {row.pop(ID): list(row.values()) for row in rows}


paths = sorted((FOLDER / "images").rglob("*.png"))
root = str(FOLDER / "images")
alone = Scorer(
    (FOLDER / "model.onnx").read_bytes(), root=root, on_problem="error", threads=1
)
expected: dict[str, list[float]] = {}
for start in range(0, len(paths), 32):
    some = paths[start : start + 32]
    batch = {
        "path": np.array([str(path) for path in some], dtype=object),
        "bytes": np.array([path.read_bytes() for path in some], dtype=object),
    }
    scored = alone(batch)
    expected.update(
        {
            image: [float(scored[label][i]) for label in alone.labels]
            for i, image in enumerate(scored[ID])
        }
    )

ray.init(
    num_cpus=3, log_to_driver=False, include_dashboard=True, configure_logging=False
)
killer = threading.Thread(target=kill_one, daemon=True)
killer.start()
count = score(
    FOLDER / "model.onnx", root, str(FOLDER / "scores"), workers=2, batch_size=8
)
restarts = sum(int(actor.num_restarts or 0) for actor in workers())
found = parquet(FOLDER / "scores")
difference = max(
    float(np.max(np.abs(np.subtract(found[image], expected[image]))))
    for image in expected
)
print(
    f"{count} images by two workers of Ray; killed: process {killed}; workers started again: {restarts}"
)
print(
    f"one process of onnxruntime: {len(expected)} images; furthest probability: {difference:.2e} (at most 1e-6)"
)
ok = killed and count == len(expected) == len(found) and difference <= 1e-6
sys.exit(0 if ok else 1)
