"""The state of a run in one file. A killed run that resumes from it ends with the same result."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .classifier import Classifier
from .data.labelled_images import LabelledImages
from .errors import ResumeError, reading
from .files import written_whole

Arrays = dict[str, NDArray[Any]]

_FILE = "state.npz"
_JSON = "json"


def fingerprint(
    classifier: Classifier,
    recipe: Mapping[str, Any],
    train: LabelledImages,
    validation: LabelledImages | None,
) -> dict[str, str]:
    """Hashes of the inputs of a run, by the name of the input."""
    weights = hashlib.sha256()
    for variable in classifier.model.weights:
        weights.update(np.ascontiguousarray(variable.value).tobytes())
    prints = {"recipe": _hash(json.dumps(recipe, sort_keys=True).encode()), "weights": weights.hexdigest()}
    for name, images in (("train", train), ("validation", validation)):
        if images is not None:
            prints[f"{name} ids"] = _hash("\n".join(images.ids).encode())
            prints[f"{name} labels"] = _hash(images.y.tobytes())
    return prints


def write_checkpoint(folder: Path, arrays: Arrays, state: Mapping[str, Any]) -> None:
    """Writes a state whole or not at all: after a kill, the previous state is still there."""
    content: dict[str, Any] = {
        **arrays,
        _JSON: np.frombuffer(json.dumps(state).encode(), dtype=np.uint8),
    }
    with written_whole(folder / _FILE) as part:
        np.savez(part, **content)


def read_checkpoint(folder: Path, prints: Mapping[str, str]) -> tuple[Arrays, dict[str, Any]] | None:
    """The state in a folder; None if there is none yet.

    Raises ResumeError if the file is damaged, or of a run with other weights, data or recipe, which is named.
    """
    path = folder / _FILE
    if not path.exists():
        return None
    with reading(ResumeError, f"resume: expected a whole state at {path}, or a run that is started anew"):
        with np.load(path) as stored:
            arrays = {name: stored[name] for name in stored.files}
        state: dict[str, Any] = json.loads(arrays.pop(_JSON).tobytes())
        of_state = dict(state["fingerprint"])
    differing = [name for name in prints if of_state.get(name) != prints[name]]
    if differing or set(prints) != set(of_state):
        what = ", ".join(differing) or "the data sets"
        raise ResumeError(f"resume: expected the run whose state is at {path}; this one differs in {what}.")
    return arrays, state


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
