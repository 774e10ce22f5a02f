"""Runs one phase of a recipe: epochs of training and validation, with its learning rates and safe points."""

import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import Any

import jax
import numpy as np

from .checkpoint import Arrays
from .cluster import Cluster
from .dropout import Masks, masked_dropout
from .errors import DivergedError
from .layers import freeze
from .losses import loss_of
from .network import Network, head_network, whole_network, without_sigmoid
from .optimizers import optimizer_of
from .phase_inputs import PhaseInputs, fits_head, phase_inputs, start_head
from .run_parts import RunParts, SafePoint, StepEvent, Tally
from .schedules import schedule_of
from .steps import State, Steps
from .weight_average import average_share

_UNDEFINED = {f"val_{name}": float("nan") for name in ("loss", "auc", "precision", "recall")}


def run_phase(run: RunParts, number: int, resumed: SafePoint | None) -> None:
    """Runs phase `number` of the recipe, from its beginning or a safe point. Writes the weights to the model."""
    phase = run.recipe["phases"][number]
    freeze(
        run.classifier.leaves,
        set(phase["frozen"]),
        "training" if phase["name"] == "head" else phase["batchNorm"],
    )
    inputs = phase_inputs(run, phase)
    start_head(run, phase, inputs, resumed=resumed is not None)
    with ExitStack() as stack:
        stack.enter_context(without_sigmoid(run.classifier))
        masks = stack.enter_context(masked_dropout(run.classifier.leaves, phase.get("stochasticDepth", {})))
        network = whole_network(run.classifier) if inputs.kept is None else head_network(run.classifier)
        epochs = _Epochs(run, number, inputs, network, masks)
        if resumed:
            epochs.restore(resumed)
        elif run.early_stopping:
            run.early_stopping.begin_phase(run.classifier)
        while epochs.epoch < phase["epochs"] and not epochs.stopped:
            epochs.next()
    if run.early_stopping:
        run.early_stopping.end_phase(run.classifier)


class _Epochs:
    """The epochs of a phase."""

    def __init__(
        self, run: RunParts, number: int, inputs: PhaseInputs, network: Network, masks: Masks
    ) -> None:
        phase = run.recipe["phases"][number]
        self._run, self._number, self._inputs, self._masks = run, number, inputs, masks
        self._name = phase["name"]
        self._fits = fits_head(run, phase, inputs)
        self._rate_at = _rates(phase, inputs.train.batches, self._fits)
        optimizer = optimizer_of(phase["optimizer"])
        self._share_of = average_share(phase["weightAverage"])
        self._every = optimizer.every
        self._updates = phase["epochs"] * inputs.train.batches // optimizer.every
        self._steps = Steps(
            run.cluster,
            network,
            loss=loss_of(run.recipe["loss"], run.train.y, run.train.known),
            optimizer=optimizer,
            factors=_factors(run, network, phase["learningRateFactors"]),
            averages=self._share_of is not None,
            masks=masks,
        )
        self._state = self._steps.first_state()
        self._tally = Tally()
        self._knows_masks = False
        self.epoch, self.stopped = 0, False
        # The count of epochs continues over the phases.
        self._before = len(run.history)

    def restore(self, point: SafePoint) -> None:
        self._state = _restored(self._run.cluster, self._state, point.arrays)
        self._tally, self.epoch, self.stopped = point.tally, point.epoch, point.stopped
        self._before -= point.epoch

    def next(self) -> None:
        """One epoch of training, then validation."""
        run, train = self._run, self._inputs.train
        started = time.perf_counter()
        for rows, batch in train.epoch(self._before + self.epoch, self._tally.steps):
            loss, scores = self._step(rows, batch)
            self._tally.add(rows, loss, scores)
            run.on_step(StepEvent(self._name, self._before + self.epoch, self._tally.steps - 1, loss))
            run.on_safe_point(self._number, self._point, False)
        self._steps.write_back(self._state)
        row = {
            "phase": self._name,
            "epoch": self._before + self.epoch,
            "learningRate": self._rate_at((self.epoch + 1) * train.batches - 1),
            **self._tally.numbers(run.train),
            **self._validated(),
            "seconds": time.perf_counter() - started,
        }
        run.history.append(row)
        self.stopped = bool(run.early_stopping and run.early_stopping.end_epoch(row, run.classifier))
        self._tally = Tally()
        self.epoch += 1
        run.on_safe_point(self._number, self._point, True)

    def _step(self, rows: Any, batch: dict[str, Any]) -> tuple[float, Any]:
        if self._fits and self.epoch == 0:
            return self._steps.evaluate(self._state, batch)
        if not self._knows_masks:
            self._steps.record_masks(self._state, batch)
            self._knows_masks = True
        in_run, in_epoch, images = self._before + self.epoch, self._tally.steps, len(rows)
        step = self.epoch * self._inputs.train.batches + in_epoch
        cluster = self._run.cluster
        here = cluster.rows_here(np.arange(images, dtype=np.int32))
        masks = self._masks.draw(images, seed=self._run.seed, epoch=in_run, step=in_epoch)
        self._state, loss, scores, finite = self._steps.train(
            self._state,
            batch,
            [cluster.batch(mask[here], images) for mask in masks],
            rate=self._rate_at(step),
            share=self._share_of(step // self._every, self._updates) if self._share_of else 1.0,
            moves=(step + 1) % self._every == 0,
        )
        if not finite:
            raise DivergedError(
                f"train: expected finite numbers; in epoch {in_run}, batch {in_epoch}, the loss is {loss}, or a gradient "
                "is not finite. Nothing of this step was learned. Lower the learning rate, or clip with globalClipnorm."
            )
        return loss, scores

    def _validated(self) -> dict[str, float]:
        inputs, images = self._inputs.validation, self._run.validation
        if inputs is None or images is None:
            return _UNDEFINED
        tally = Tally()
        for rows, batch in inputs.epoch(0):
            tally.add(rows, *self._steps.evaluate(self._state, batch))
        return {f"val_{name}": value for name, value in tally.numbers(images).items()}

    def _point(self) -> SafePoint:
        self._steps.write_back(self._state)
        arrays = {f"state/{i}": np.asarray(leaf) for i, leaf in enumerate(jax.tree.leaves(self._state))}
        return SafePoint(self.epoch, self._tally, self.stopped, arrays)


def _restored(cluster: Cluster, state: State, arrays: Arrays) -> State:
    leaves, structure = jax.tree.flatten(state)
    stored = [arrays[f"state/{i}"] for i in range(len(leaves))]
    return dict(jax.tree.unflatten(structure, cluster.replicated(stored)))


def _factors(run: RunParts, network: Network, by_path: Mapping[str, float]) -> list[float]:
    """The factor of the learning rate for each trainable variable."""
    paths = {id(variable): leaf.path for leaf in run.classifier.leaves for variable in leaf.layer.variables}
    return [by_path.get(paths[id(variable)], 1) for variable in network.learning]


def _rates(phase: Mapping[str, Any], batches: int, fits: bool) -> Callable[[int], float]:
    """The learning rate by step of the phase. An epoch that fits the head has the rate 0; the schedule begins after it."""
    schedule = schedule_of(phase["learningRate"])
    before = batches if fits else 0
    last = phase["epochs"] * batches - before - 1

    def at(step: int) -> float:
        if step < before:
            return 0.0
        return schedule((step - before) / last if last > 0 else 0.0)

    return at
