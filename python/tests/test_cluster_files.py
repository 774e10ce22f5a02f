"""The files for clusters: valid for Kubernetes' schemas, and with flags that the commands have."""

import json
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from thaw_keras.command import _parser

CLUSTER = Path(__file__).parents[2] / "examples" / "cluster"
MANIFESTS = sorted((CLUSTER / "kubernetes").glob("*.yaml"))
SCRIPTS = sorted((CLUSTER / "slurm").glob("*.sbatch"))


def documents(path: Path) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all(path.read_text()))


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.name)
def test_kubernetes_accepts(path: Path) -> None:
    found = documents(path)
    assert found[-1]["kind"] == "Job"
    for document in found:
        kubernetes_validate.validate(document, "1.34", strict=True)
        broken = json.loads(json.dumps(document).replace('"spec"', '"specs"', 1))
        with pytest.raises(kubernetes_validate.ValidationError):
            kubernetes_validate.validate(broken, "1.34", strict=True)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_bash_reads(path: Path) -> None:
    subprocess.run(["bash", "-n", path], check=True)


def test_the_trainings_flags_are_those_of_the_command() -> None:
    container = documents(CLUSTER / "kubernetes" / "train.yaml")[-1]["spec"]["template"]["spec"][
        "containers"
    ][0]
    given = [arg.replace("$(JOB_COMPLETION_INDEX)", "3") for arg in container["args"]]
    flags = _parser().parse_args(given)
    assert (flags.processes, flags.process, flags.resume) == (4, 3, True)
    script = (CLUSTER / "slurm" / "train.sbatch").read_text()
    command = re.sub(r"\$SLURM_\w+", "4", script[script.index("thaw-keras train") :].rstrip().rstrip("'"))
    assert _parser().parse_args(shlex.split(command.replace("\\\n", " "))[1:]).processes == 4


@pytest.mark.parametrize("file", ["kubernetes/score.yaml", "slurm/score.sbatch"])
def test_the_scoring_shards_count_from_one(file: str) -> None:
    text = (CLUSTER / file).read_text()
    assert re.search(
        r'--shard "(\$\(\(JOB_COMPLETION_INDEX \+ 1\)\)/64|\$SLURM_ARRAY_TASK_ID/\$SLURM_ARRAY_TASK_COUNT)"',
        text,
    )
    assert "array=1-64" in text or "completions: 64" in text
