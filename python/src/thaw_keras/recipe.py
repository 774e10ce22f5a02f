"""Reads `recipe.json`. Entries that can't be run here are refused by name before anything is computed."""

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from .augmentation import augmentation_of
from .classifier import Classifier
from .errors import RecipeError, reading
from .optimizers import optimizer_of
from .schedules import schedule_of
from .thresholds import goal_of
from .weight_average import average_share

Recipe = Mapping[str, Any]

_ENTRIES = {
    "format", "version", "backbone", "preprocessing", "labels", "inputSize", "featureLayer", "headLayers", "data",
    "augmentation", "seed", "precision", "loss", "sampleWeights", "phases", "earlyStopping", "tune", "chosen",
}  # fmt: skip
_PHASE_ENTRIES = {
    "name", "epochs", "steps", "batchSize", "headStart", "optimizer", "learningRate", "learningRateFactors", "views",
    "weightAverage", "batchNorm", "frozen",
}  # fmt: skip
# Entries that a phase has only if they do something.
_OPTIONAL_PHASE_ENTRIES = {"stochasticDepth"}
_HEAD_STARTS = ("weights", "base-rates", "logistic-regression")
_MODES = ("frozen", "affine", "training")
_PRECISIONS = ("float32", "bfloat16", "auto")
# Optional entries: the run can go on without them.
_OPTIONAL = ("augmentation", "earlyStopping", "tune")


def read_recipe(source: str | Path | Recipe, leave_out: Collection[str] = ()) -> Recipe:
    """Reads and checks a recipe.

    leave_out: entries to do without, out of 'augmentation', 'earlyStopping' and 'tune'.

    Raises RecipeError, which names the entry that is damaged or that thaw_keras can't do.
    """
    unknown = sorted(set(leave_out) - set(_OPTIONAL))
    if unknown:
        raise RecipeError(
            f"leave_out: expected some of {', '.join(_OPTIONAL)}; received {', '.join(unknown)}."
        )
    recipe = dict(source if isinstance(source, Mapping) else _stored(Path(source)))
    with reading(RecipeError, "recipe: expected entries as Thaw writes them"):
        _check(recipe, leave_out)
    return recipe


def _check(recipe: dict[str, Any], leave_out: Collection[str]) -> None:
    if recipe.get("format") != "thaw-recipe" or recipe.get("version") != 1:
        raise RecipeError(
            f"recipe: expected format thaw-recipe, version 1; received {recipe.get('format')} {recipe.get('version')}."
        )
    _check_names("recipe", recipe, _ENTRIES)
    recipe.update(dict.fromkeys(leave_out))
    _one_of("precision", recipe["precision"], _PRECISIONS)
    augmentation_of(recipe["augmentation"])
    if "custom" in recipe["loss"]:
        raise RecipeError("loss: expected a loss with a name; it is a function's source. Train with Thaw.")
    if recipe["tune"] is not None:
        _check_tune(recipe["tune"])
    if not recipe["phases"]:
        raise RecipeError("phases: expected one or more; received none.")
    for phase in recipe["phases"]:
        _check_phase(phase)


def _check_tune(options: Mapping[str, Any]) -> None:
    unknown = sorted(set(options) - {"calibration", "thresholds", "batchSize", "precision"})
    if unknown:
        raise RecipeError(
            f"tune: thaw_keras doesn't know {', '.join(unknown)}. Leave tune out, and tune with Thaw."
        )
    _one_of("tune: calibration", options.get("calibration", "platt"), ("platt", "temperature", "none"))
    goal_of(options.get("thresholds", "f1"))


def _check_phase(phase: Mapping[str, Any]) -> None:
    name = f'phase "{phase.get("name")}"'
    _check_names(name, phase, _PHASE_ENTRIES | (_OPTIONAL_PHASE_ENTRIES & set(phase)))
    _one_of(f"{name}: headStart", phase["headStart"], _HEAD_STARTS)
    _one_of(f"{name}: batchNorm", phase["batchNorm"], _MODES)
    optimizer_of(phase["optimizer"])
    schedule_of(phase["learningRate"])
    average_share(phase["weightAverage"])
    average = phase["weightAverage"]
    if isinstance(average, Mapping) and average["kind"] == "swa" and phase["batchNorm"] == "training":
        raise RecipeError(
            f"{name}: expected no batchNorm 'training' beside weightAverage 'swa', whose statistics would have to be "
            "computed anew; thaw_keras can't. Train with Thaw, or average by 'ema'."
        )


def check_fit(recipe: Recipe, classifier: Classifier) -> None:
    """Checks that a recipe fits a classifier. Raises RecipeError, which names the difference."""
    with reading(RecipeError, "recipe: expected entries as Thaw writes them"):
        _check_fit(recipe, classifier)


def _check_fit(recipe: Recipe, classifier: Classifier) -> None:
    pairs = {
        "labels": (list(recipe["labels"]), list(classifier.labels)),
        "inputSize": (tuple(recipe["inputSize"]), classifier.input_size),
        "preprocessing": (recipe["preprocessing"], classifier.preprocessing),
        "headLayers": (list(recipe["headLayers"]), list(classifier.head_layers)),
        "featureLayer": (recipe["featureLayer"], classifier.metadata["featureLayer"]),
    }
    for name, (of_recipe, of_classifier) in pairs.items():
        if of_recipe != of_classifier:
            raise RecipeError(
                f"{name}: expected {of_classifier}, as the classifier has; the recipe has {of_recipe}."
            )
    paths = {leaf.path for leaf in classifier.leaves}
    for phase in recipe["phases"]:
        named = [*phase["frozen"], *phase["learningRateFactors"], *phase.get("stochasticDepth", {})]
        missing = [path for path in named if path not in paths]
        if missing:
            raise RecipeError(
                f'phase "{phase["name"]}": expected layers of the classifier; it has no "{missing[0]}".'
            )


def _stored(path: Path) -> Mapping[str, Any]:
    path = path / "recipe.json" if path.is_dir() else path
    try:
        stored = json.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise RecipeError(f"recipe: expected a JSON file at {path}; {error}.") from error
    if not isinstance(stored, dict):
        raise RecipeError(f"recipe: expected a JSON object at {path}; received {str(stored)[:40]}.")
    return stored


def _check_names(place: str, given: Mapping[str, Any], names: set[str]) -> None:
    missing, unknown = sorted(names - set(given)), sorted(set(given) - names)
    if missing:
        raise RecipeError(f"{place}: expected {', '.join(sorted(names))}; {', '.join(missing)} is missing.")
    if unknown:
        raise RecipeError(
            f"{place}: thaw_keras doesn't know {', '.join(unknown)}. Update it, or train with Thaw."
        )


def _one_of(place: str, value: Any, values: tuple[str, ...]) -> None:
    if value not in values:
        raise RecipeError(f"{place}: expected one of {', '.join(values)}; received {value!r}.")
