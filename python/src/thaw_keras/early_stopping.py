"""Ends phases that no longer improve, and keeps the weights of the best epoch of the run."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .classifier import Classifier
from .errors import RecipeError

_OPTIONS = {"monitor", "mode", "minDelta", "patience", "restoreBestWeights"}


@dataclass
class EarlyStopping:
    """Like `earlyStopping` of @thawjs/core: the best value holds for all phases, and patience starts anew in each
    phase."""

    monitor: str
    mode: str = "auto"
    min_delta: float = 0.0
    patience: float = 5
    restores: bool = True
    best: float | None = None
    waited: int = 0
    weights: list[NDArray[Any]] | None = field(default=None, repr=False)

    @staticmethod
    def of(description: Mapping[str, Any] | None, *, has_validation: bool) -> "EarlyStopping | None":
        if description is None:
            return None
        unknown = sorted(set(description) - _OPTIONS)
        if unknown:
            raise RecipeError(f"earlyStopping: thaw_keras doesn't know {', '.join(unknown)}.")
        monitor = description.get("monitor") or ("val_loss" if has_validation else "loss")
        if monitor.startswith("val_") and not has_validation:
            raise RecipeError(
                f'earlyStopping: expected validation, which monitor "{monitor}" is of; there is none.'
            )
        patience = description.get("patience", 5)
        return EarlyStopping(
            monitor=monitor,
            mode=description.get("mode", "auto"),
            min_delta=float(description.get("minDelta", 0)),
            patience=math.inf if patience is None else patience,
            restores=bool(description.get("restoreBestWeights", True)),
        )

    def begin_phase(self, classifier: Classifier) -> None:
        self.waited = 0
        if self.best is not None and self.restores:
            self.weights = _copied(classifier)

    def end_epoch(self, row: Mapping[str, Any], classifier: Classifier) -> bool:
        """Compares the metrics of an epoch with the best ones. Returns whether the phase should end."""
        if self.monitor not in row:
            raise RecipeError(
                f'earlyStopping: expected a monitor out of {", ".join(row)}; received "{self.monitor}".'
            )
        value = float(row[self.monitor])
        if math.isnan(value):
            return False
        falls = self.mode == "min" or (self.mode == "auto" and self.monitor.endswith("loss"))
        if self.best is None or (self.best - value if falls else value - self.best) > self.min_delta:
            self.best, self.waited = value, 0
            self.weights = _copied(classifier) if self.restores else None
            return False
        self.waited += 1
        return self.waited >= self.patience

    def end_phase(self, classifier: Classifier) -> None:
        if self.weights is not None:
            for variable, value in zip(classifier.model.variables, self.weights, strict=True):
                variable.assign(value)
        self.weights = None


def _copied(classifier: Classifier) -> list[NDArray[Any]]:
    return [np.asarray(variable.value).copy() for variable in classifier.model.variables]
