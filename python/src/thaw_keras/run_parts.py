"""The parts that all phases of a run share, and the data that passes between phases and the run."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .checkpoint import Arrays
from .classifier import Classifier
from .cluster import Cluster
from .data.labelled_images import LabelledImages
from .early_stopping import EarlyStopping
from .metrics import epoch_metrics
from .recipe import Recipe

Row = dict[str, Any]


@dataclass(frozen=True)
class StepEvent:
    """The event of a run after each training step."""

    phase: str
    epoch: int
    step: int
    loss: float


@dataclass
class Tally:
    """The finished part of an epoch."""

    losses: list[tuple[int, float]] = field(default_factory=list)
    """Per step: the number of images, and their mean loss."""
    rows: list[NDArray[np.int32]] = field(default_factory=list)
    scores: list[NDArray[np.float32]] = field(default_factory=list)

    @property
    def steps(self) -> int:
        return len(self.losses)

    def add(self, rows: NDArray[np.int32], loss: float, scores: NDArray[np.float32]) -> None:
        self.losses.append((len(rows), loss))
        self.rows.append(rows)
        self.scores.append(scores)

    def numbers(self, images: LabelledImages) -> dict[str, float]:
        """The mean loss per image, and the metrics."""
        rows, scores = np.concatenate(self.rows), np.concatenate(self.scores)
        total = sum(count for count, _ in self.losses)
        loss = sum(count * value for count, value in self.losses) / total
        known = None if images.known is None else images.known[rows]
        return {"loss": loss, **epoch_metrics(images.y[rows], scores, known)}


@dataclass(frozen=True)
class SafePoint:
    """A moment between two steps of a phase, with everything from which the phase can continue."""

    epoch: int
    tally: Tally
    stopped: bool
    arrays: Arrays


# Parameters: the phase's number, a function that captures the safe point, and whether an epoch has ended.
OnSafePoint = Callable[[int, Callable[[], SafePoint], bool], None]


@dataclass(frozen=True)
class RunParts:
    """The parts that all phases of a run share."""

    cluster: Cluster
    classifier: Classifier
    recipe: Recipe
    train: LabelledImages
    validation: LabelledImages | None
    sample_weights: NDArray[np.float32] | None
    threads: ThreadPoolExecutor
    feature_bytes: int
    early_stopping: EarlyStopping | None
    history: list[Row]
    on_step: Callable[[StepEvent], None]
    on_safe_point: OnSafePoint
    note: Callable[[str], None]

    @property
    def seed(self) -> int:
        return int(self.recipe["seed"])
