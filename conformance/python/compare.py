"""Runs each case of write-cases.ts by thaw_keras: alone, as two processes, and killed and resumed. Prints what it compared.

python conformance/python/compare.py FOLDER
"""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_PLATFORMS"] = "cpu"

import numpy as np
from thaw_keras import open_classifier, open_table
from thaw_keras.images import decode, resize_bilinear
from thaw_keras.network import whole_network

FOLDER = Path(sys.argv[1])
TOLERANCE = 1e-4
KILLS = (2, 7, 13)
failures = 0


def start(case: str, out: Path, *more: str) -> subprocess.Popen:
    given = [
        str(FOLDER / "labels.csv"),
        "--images",
        str(FOLDER / "images"),
        "--split",
        "split",
    ]
    model = [
        "--model",
        str(FOLDER / case / "start.keras"),
        "--recipe",
        str(FOLDER / case),
        "--out",
        str(out),
    ]
    return subprocess.Popen(
        [
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "thaw_keras.command",
            "train",
            *given,
            *model,
            *more,
        ],
        stdout=subprocess.PIPE,
        text=True,
    )


def losses(output: str) -> list[float]:
    return [float(loss) for loss in re.findall(r"loss (\S+)", output)]


def ended(process: subprocess.Popen) -> list[float]:
    output, _ = process.communicate(timeout=500)
    assert process.returncode == 0, output
    return losses(output)


def two_processes(case: str, out: Path) -> list[float]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    more = ["--coordinator", address, "--processes", "2", "--process"]
    both = [start(case, out, *more, str(number)) for number in range(2)]
    return [ended(process) for process in both][0]


def killed_and_resumed(case: str, out: Path, after: int) -> list[float]:
    process = start(case, out, "--checkpoint-steps", "2")
    seen: list[float] = []
    for line in process.stdout:
        seen += losses(line)
        if len(seen) > after:
            process.send_signal(signal.SIGKILL)
            break
    process.wait()
    return ended(start(case, out, "--checkpoint-steps", "2", "--resume"))


def say(what: str, difference: float, limit: float) -> None:
    global failures
    failures += not difference <= limit
    print(
        f"{'ok  ' if difference <= limit else 'DIFFERS'} {what}: {difference:.2e} (at most {limit:g})"
    )


def weights(path: Path) -> list[np.ndarray]:
    return [np.asarray(weight.value) for weight in open_classifier(path).model.weights]


def furthest(a: list, b: list) -> float:
    assert len(a) == len(b), f"{len(a)} and {len(b)}"
    return max(
        float(np.max(np.abs(np.asarray(x) - np.asarray(y)))) for x, y in zip(a, b)
    )


def write_probabilities(path: Path) -> None:
    """What the network gives for each image, for Thaw to compare after it has loaded the file."""
    classifier = open_classifier(path / "model.keras")
    data = open_table(FOLDER / "labels.csv", images=FOLDER / "images", split="split")
    pixels = [
        resize_bilinear(decode(data.read(row), data.ids[row]), classifier.input_size)
        for row in range(len(data))
    ]
    x = whole_network(classifier).prepared(np.stack(pixels))
    probabilities = np.asarray(classifier.model(x, training=False))
    calibration = classifier.metadata.get("calibration")
    if calibration:
        logits = np.log(probabilities) - np.log1p(-probabilities)
        line = logits * np.array(calibration["slopes"]) + np.array(
            calibration["intercepts"]
        )
        probabilities = 1 / (1 + np.exp(-line))
    written = {
        "ids": data.ids,
        "thresholds": classifier.thresholds,
        "probabilities": probabilities.tolist(),
    }
    (path / "probabilities.json").write_text(json.dumps(written))


for case in ("plain", "varied", "chosen"):
    expected = json.loads((FOLDER / case / "expected.json").read_text())
    out = FOLDER / case / "runs"
    alone = ended(start(case, out / "alone"))
    say(
        f"{case}: losses of {len(alone)} steps, thaw_keras and Thaw",
        furthest(alone, expected["losses"]),
        TOLERANCE,
    )
    both = two_processes(case, out / "two")
    say(f"{case}: losses, two processes and one", furthest(both, alone), TOLERANCE)
    end = weights(out / "alone" / "model.keras")
    say(
        f"{case}: weights at the end, thaw_keras and Thaw",
        furthest(end, weights(FOLDER / case / "end.keras")),
        2e-3,
    )
    say(
        f"{case}: weights at the end, two processes and one",
        furthest(end, weights(out / "two" / "model.keras")),
        1e-3,
    )
    for after in KILLS:
        rest = killed_and_resumed(case, out / f"killed-{after}", after)
        what = f"{case}: killed after step {after}, resumed with {len(rest)} steps left"
        say(f"{what}, their losses", furthest(rest, alone[-len(rest) :]), 0)
        say(
            f"{what}, weights at the end",
            furthest(weights(out / f"killed-{after}" / "model.keras"), end),
            0,
        )
    write_probabilities(out / "alone")
sys.exit(failures > 0)
