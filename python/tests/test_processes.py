"""One process, two processes, and a run that is killed and resumed, end with the same weights."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from thaw_keras import open_classifier

FIXTURES = Path(__file__).parent / "fixtures"
CASE = "varied"


def command(out: Path, *more: str) -> list[str]:
    case = FIXTURES / CASE
    given = [str(FIXTURES / "labels.csv"), "--images", str(FIXTURES / "images"), "--split", "split"]
    return [
        sys.executable, "-W", "ignore", "-m", "thaw_keras.command", "train", *given, "--model", str(case / "start.keras"),
        "--recipe", str(case), "--out", str(out), *more,
    ]  # fmt: skip


def start(out: Path, *more: str) -> "subprocess.Popen[str]":
    environment = {**os.environ, "JAX_PLATFORMS": "cpu", "KERAS_BACKEND": "jax"}
    return subprocess.Popen(
        command(out, *more), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )


def losses(output: str) -> list[float]:
    return [float(loss) for loss in re.findall(r"loss (\S+)", output)]


def end_weights(out: Path) -> list[np.ndarray]:
    return [np.asarray(weight.value) for weight in open_classifier(out / "model.keras").model.weights]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[float]]:
    """A run of one process."""
    out = tmp_path_factory.mktemp("whole") / "run"
    process = start(out)
    output, errors = process.communicate(timeout=240)
    assert process.returncode == 0, errors
    return out, losses(output)


def test_two_processes_have_the_losses_and_weights_of_one(
    whole: tuple[Path, list[float]], tmp_path: Path
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    both = [
        start(tmp_path / "run", "--coordinator", address, "--processes", "2", "--process", str(i))
        for i in range(2)
    ]
    outputs = [process.communicate(timeout=240) for process in both]
    assert [process.returncode for process in both] == [0, 0], outputs
    found = losses(outputs[0][0])
    assert len(found) > 9
    assert not losses(outputs[1][0])
    np.testing.assert_allclose(found, whole[1], atol=1e-4)
    for weight, expected in zip(end_weights(tmp_path / "run"), end_weights(whole[0]), strict=True):
        np.testing.assert_allclose(weight, expected, atol=1e-3)


@pytest.mark.parametrize("steps", [3, 19])
def test_a_killed_run_is_resumed_to_the_same_bytes(
    whole: tuple[Path, list[float]], tmp_path: Path, steps: int
) -> None:
    out = tmp_path / "run"
    process = start(out, "--checkpoint-steps", "2")
    assert process.stdout is not None
    seen = 0
    for line in process.stdout:
        seen += len(losses(line))
        if seen > steps:
            process.send_signal(signal.SIGKILL)
            break
    process.wait(timeout=60)
    process.stdout.close()
    assert not (out / "model.keras").exists()
    resumed = start(out, "--checkpoint-steps", "2", "--resume")
    output, errors = resumed.communicate(timeout=240)
    assert resumed.returncode == 0, errors
    again = losses(output)
    assert 0 < len(again) < len(whole[1])
    assert again == whole[1][-len(again) :]
    for weight, expected in zip(end_weights(out), end_weights(whole[0]), strict=True):
        np.testing.assert_array_equal(weight, expected)
    rows = [json.loads((place / "history.json").read_text())["rows"] for place in (out, whole[0])]
    numbers = [[{k: v for k, v in row.items() if k != "seconds"} for row in run] for run in rows]
    assert numbers[0] == numbers[1]
