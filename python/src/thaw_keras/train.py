"""Runs a recipe of Thaw on Keras 3 with JAX, on one process or several."""

import json
import os
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .checkpoint import Arrays, fingerprint, read_checkpoint, write_checkpoint
from .classifier import Classifier, save_classifier
from .cluster import Cluster, start_cluster
from .data.labelled_images import LabelledImages
from .early_stopping import EarlyStopping
from .errors import DataError, OutputError, RecipeError, ResumeError, reading
from .files import written_whole
from .network import set_precision
from .phase import run_phase
from .recipe import Recipe, check_fit, read_recipe
from .run_parts import Row, RunParts, SafePoint, StepEvent, Tally
from .tune import tune

_GIGABYTE = 2**30


@dataclass(frozen=True)
class Run:
    """The record of a run: a row per epoch, as in `history.json`."""

    history: list[Row]
    notes: list[str]


def train(
    classifier: Classifier,
    recipe: str | Path | Recipe,
    train: LabelledImages,
    validation: LabelledImages | None = None,
    *,
    out: str | Path | None = None,
    resume: bool = False,
    checkpoint_steps: int | None = None,
    cluster: Cluster | None = None,
    sample_weights: ArrayLike | None = None,
    leave_out: Collection[str] = (),
    feature_bytes: int = 4 * _GIGABYTE,
    on_step: Callable[[StepEvent], None] = lambda _event: None,
) -> Run:
    """Trains a classifier in place, as `recipe.json` says. Labels are taken in the classifier's order.

    out: a folder for `recipe.json`, `history.json`, `checkpoint/` and, at the end, `model.keras`. Process 0 writes; with
    several processes, all must see the folder.
    resume: goes on from `checkpoint/`, or starts from the beginning if there is none yet. Give the same classifier, data
    and recipe as before.
    checkpoint_steps: also writes the state after every so many steps, not only after each epoch.
    cluster: what `start_cluster` gave; by default this process is alone.
    sample_weights: factors of the loss, [images] or [images, labels], if the recipe says that there are any.
    leave_out: entries of the recipe to do without: 'augmentation', 'earlyStopping', 'tune'.
    feature_bytes: how much memory kept features may take in each process.
    on_step: is told of each training step.

    A checkpoint that can't be written doesn't end the run: a note says so, and the next one is tried.

    Raises RecipeError, DataError, ResumeError or OutputError before anything is computed, DivergedError in training,
    OutputError if the trained model can't be written.
    """
    recipe = read_recipe(recipe, leave_out)
    check_fit(recipe, classifier)
    train = train.only(classifier.labels)
    validation = None if validation is None else validation.only(classifier.labels)
    if recipe["tune"] is not None and validation is None:
        raise RecipeError(
            "tune: expected validation images to fit to; there are none. Give them, or leave tune out."
        )
    weights = _checked_weights(recipe, train, sample_weights)
    early_stopping = EarlyStopping.of(recipe["earlyStopping"], has_validation=validation is not None)
    cluster = cluster or start_cluster()
    folder = None if out is None else Path(out)
    prints = fingerprint(classifier, recipe, train, validation)
    found = read_checkpoint(folder / "checkpoint", prints) if folder and resume else None
    if folder and not resume and (folder / "recipe.json").exists():
        raise RecipeError(
            f"out: expected a folder without a run; {folder} has one. Give resume=True, or another folder."
        )
    cluster.barrier("checked")
    history: list[Row] = []
    notes: list[str] = [f"precision: {set_precision(classifier, recipe['precision'])}"]
    is_writer = cluster.process == 0
    if folder and is_writer:
        _write_json(folder / "recipe.json", recipe)
    point, first = None, 0
    if found:
        with reading(ResumeError, f"resume: expected the state of this classifier in {folder}"):
            point, first = _restored(classifier, early_stopping, history, *found)
    steps = 0

    def on_safe_point(number: int, capture: Callable[[], SafePoint], ends_epoch: bool) -> None:
        nonlocal steps
        steps += 0 if ends_epoch else 1
        due = ends_epoch or (checkpoint_steps is not None and steps % checkpoint_steps == 0)
        if folder is None or not due:
            return
        captured = capture()
        if is_writer:
            arrays, state = _stored(classifier, early_stopping, captured)
            try:
                write_checkpoint(
                    folder / "checkpoint",
                    arrays,
                    {**state, "fingerprint": prints, "phase": number, "history": history},
                )
                if ends_epoch:
                    _write_json(folder / "history.json", _history(history, notes, finished=False))
            except OutputError as error:
                notes.append(f"no state to resume from after step {steps}, training goes on: {error}")

    with ThreadPoolExecutor(max_workers=os.cpu_count()) as threads:
        parts = RunParts(
            cluster=cluster,
            classifier=classifier,
            recipe=recipe,
            train=train,
            validation=validation,
            sample_weights=weights,
            threads=threads,
            feature_bytes=feature_bytes,
            early_stopping=early_stopping,
            history=history,
            on_step=on_step,
            on_safe_point=on_safe_point,
            note=notes.append,
        )
        for number in range(first, len(recipe["phases"])):
            run_phase(parts, number, point)
            point = None
        classifier.metadata.pop("calibration", None)
        classifier.metadata["version"] = 1
        if recipe["tune"] is not None and validation is not None:
            notes.extend(tune(classifier, validation, recipe["tune"], cluster=cluster, threads=threads))
    if folder and is_writer:
        save_classifier(classifier, folder / "model.keras")
        _write_json(folder / "history.json", _history(history, notes, finished=True))
    cluster.barrier("written")
    return Run(history, notes)


def _checked_weights(
    recipe: Recipe, train: LabelledImages, given: ArrayLike | None
) -> NDArray[np.float32] | None:
    if recipe["sampleWeights"] and given is None:
        raise RecipeError(
            "sampleWeights: the recipe's run had some, which recipe.json doesn't hold. Give sample_weights."
        )
    if given is None:
        return None
    weights = np.asarray(given, dtype=np.float32)
    if (
        weights.shape not in ((len(train),), train.y.shape)
        or not (np.isfinite(weights) & (weights >= 0)).all()
    ):
        raise DataError(
            f"sample_weights: expected numbers of 0 or more, [{len(train)}] or {list(train.y.shape)}; "
            f"received {list(weights.shape)}."
        )
    return weights


def _stored(
    classifier: Classifier, early_stopping: EarlyStopping | None, point: SafePoint
) -> tuple[Arrays, dict[str, Any]]:
    arrays = dict(point.arrays)
    for i, variable in enumerate(classifier.model.variables):
        arrays[f"model/{i}"] = np.asarray(variable.value)
    for i, value in enumerate((early_stopping and early_stopping.weights) or []):
        arrays[f"best/{i}"] = value
    for i, (rows, scores) in enumerate(zip(point.tally.rows, point.tally.scores, strict=True)):
        arrays[f"rows/{i}"], arrays[f"scores/{i}"] = rows, scores
    state = {
        "epoch": point.epoch,
        "losses": point.tally.losses,
        "stopped": point.stopped,
        "best": early_stopping and early_stopping.best,
        "waited": early_stopping.waited if early_stopping else 0,
    }
    return arrays, state


def _restored(
    classifier: Classifier,
    early_stopping: EarlyStopping | None,
    history: list[Row],
    arrays: Arrays,
    state: Mapping[str, Any],
) -> tuple[SafePoint, int]:
    """Restores the weights and the history. Returns the safe point and its phase."""
    variables = classifier.model.variables
    for i, variable in enumerate(variables):
        variable.assign(arrays[f"model/{i}"])
    if early_stopping:
        early_stopping.best, early_stopping.waited = state["best"], state["waited"]
        if "best/0" in arrays:
            early_stopping.weights = [arrays[f"best/{i}"] for i in range(len(variables))]
    history.extend(state["history"])
    steps = range(len(state["losses"]))
    tally = Tally(
        losses=[(int(count), float(loss)) for count, loss in state["losses"]],
        rows=[arrays[f"rows/{i}"] for i in steps],
        scores=[arrays[f"scores/{i}"] for i in steps],
    )
    return SafePoint(state["epoch"], tally, state["stopped"], arrays), int(state["phase"])


def _history(rows: list[Row], notes: list[str], *, finished: bool) -> dict[str, Any]:
    """The contents of `history.json`, in which undefined numbers are null."""
    return {
        "format": "thaw-history",
        "version": 1,
        "rows": [
            {
                key: None if isinstance(value, float) and np.isnan(value) else value
                for key, value in row.items()
            }
            for row in rows
        ],
        "seconds": {},
        "notes": notes,
        "baseRateLoss": None,
        "finished": finished,
        "interrupted": False,
        "versions": {name: version(name) for name in ("keras", "jax")},
    }


def _write_json(path: Path, value: Any) -> None:
    with written_whole(path) as part:
        part.write_text(json.dumps(value, indent=2) + "\n")
