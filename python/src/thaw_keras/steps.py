"""The steps of a phase as compiled functions of its state."""

from collections.abc import Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from .cluster import Cluster
from .dropout import Masks
from .losses import Loss
from .network import Network
from .optimizers import Optimizer

# learning: the trainable weights. average: the model's weights, if weights are averaged. others: all other variables.
# slots, sums, count: the optimizer's slots, accumulated gradients and number of updates.
State = dict[str, Any]
# x, y, known, and weights per image, or per image and label.
Batch = dict[str, Any]


class Steps:
    """Training and evaluation steps. A step whose loss or gradients aren't finite changes nothing."""

    def __init__(
        self,
        cluster: Cluster,
        network: Network,
        *,
        loss: Loss,
        optimizer: Optimizer,
        factors: Sequence[float],
        averages: bool,
        masks: Masks,
    ) -> None:
        self._network, self._loss, self._optimizer = network, loss, optimizer
        self._factors, self._averages, self._masks = factors, averages, masks
        self._cluster = cluster
        compiled = {"out_shardings": cluster.everywhere}
        self._update = jax.jit(self._updating, donate_argnums=0, **compiled)
        self._accumulate = jax.jit(self._accumulating, donate_argnums=0, **compiled)
        self._evaluate = jax.jit(self._evaluating, **compiled)

    def first_state(self) -> State:
        """The state at the beginning of a phase, from the model's variables."""
        learning = [np.asarray(variable.value) for variable in self._network.learning]
        zeros = [np.zeros_like(weight) for weight in learning]
        return dict(
            self._cluster.replicated(
                {
                    "learning": learning,
                    "average": [weight.copy() for weight in learning] if self._averages else [],
                    "others": [np.asarray(variable.value) for variable in self._network.others],
                    "slots": self._optimizer.new_slots(learning),
                    "sums": zeros if self._optimizer.every > 1 else [],
                    "count": np.zeros((), np.float32),
                }
            )
        )

    def record_masks(self, state: State, batch: Batch) -> None:
        """Finds the calls of the Dropout layers; each step is given masks for them."""
        self._masks.calls.clear()
        self._masks.given = None
        self._masks.training = True
        jax.eval_shape(
            lambda state, batch: self._network.run(state["learning"], state["others"], batch["x"], True)[0],
            state,
            batch,
        )

    def train(
        self, state: State, batch: Batch, masks: list[Any], *, rate: float, share: float, moves: bool
    ) -> tuple[State, float, np.ndarray, bool]:
        """One step. Returns the state, the loss, the probabilities, and whether all numbers are finite."""
        run = self._update if moves else self._accumulate
        state, loss, scores, finite = run(state, batch, masks, np.float32(rate), np.float32(share))
        return state, float(loss), np.asarray(scores), bool(finite)

    def evaluate(self, state: State, batch: Batch) -> tuple[float, np.ndarray]:
        """The loss of a batch without training, and the probabilities."""
        loss, scores = self._evaluate(state, batch)
        return float(loss), np.asarray(scores)

    def write_back(self, state: State) -> None:
        """Writes the state's weights to the model's variables."""
        held = state["average"] if self._averages else state["learning"]
        for variables, values in ((self._network.learning, held), (self._network.others, state["others"])):
            for variable, value in zip(variables, values, strict=True):
                variable.assign(np.asarray(value))

    def _mean(self, logits: Any, batch: Batch) -> Any:
        y, known, weights = batch["y"], batch["known"], batch["weights"]
        if weights.ndim == 2:
            return jnp.mean(self._loss(logits, y, known, weights))
        return jnp.mean(self._loss(logits, y, known, None) * weights)

    def _gradients(self, state: State, batch: Batch, masks: list[Any]) -> tuple[Any, Any, Any, Any]:
        self._masks.given, self._masks.next, self._masks.training = masks, 0, True

        def objective(learning: list[Any]) -> tuple[Any, tuple[Any, Any]]:
            logits, moved, penalty = self._network.run(learning, state["others"], batch["x"], True)
            return self._mean(logits, batch) + penalty, (logits, moved)

        (loss, (logits, moved)), gradients = jax.value_and_grad(objective, has_aux=True)(state["learning"])
        return loss, jax.nn.sigmoid(logits), moved, gradients

    def _updating(
        self, state: State, batch: Batch, masks: list[Any], rate: Any, share: Any
    ) -> tuple[State, Any, Any, Any]:
        loss, scores, moved, gradients = self._gradients(state, batch, masks)
        finite = _all_finite([loss, *gradients])
        sums = state["sums"]
        if self._optimizer.every > 1:
            gradients = [(s + g) / self._optimizer.every for s, g in zip(sums, gradients, strict=True)]
        count = state["count"] + 1
        learning, slots = self._optimizer.update(
            state["learning"], gradients, state["slots"], count=count, rate=rate, factors=self._factors
        )
        learning = [
            weight if variable.constraint is None else variable.constraint(weight)
            for weight, variable in zip(learning, self._network.learning, strict=True)
        ]
        new = {
            "learning": learning,
            "average": [
                old * (1 - share) + weight * share
                for old, weight in zip(state["average"], learning, strict=bool(self._averages))
            ],
            "others": moved,
            "slots": slots,
            "sums": [jnp.zeros_like(s) for s in sums],
            "count": count,
        }
        return _kept_if(finite, new, state), loss, scores, finite

    def _accumulating(
        self, state: State, batch: Batch, masks: list[Any], _rate: Any, _share: Any
    ) -> tuple[State, Any, Any, Any]:
        loss, scores, moved, gradients = self._gradients(state, batch, masks)
        finite = _all_finite([loss, *gradients])
        sums = [s + g for s, g in zip(state["sums"], gradients, strict=True)]
        return _kept_if(finite, {**state, "others": moved, "sums": sums}, state), loss, scores, finite

    def _evaluating(self, state: State, batch: Batch) -> tuple[Any, Any]:
        held = state["average"] if self._averages else state["learning"]
        self._masks.training = False
        logits, _, penalty = self._network.run(held, state["others"], batch["x"], False)
        return self._mean(logits, batch) + penalty, jax.nn.sigmoid(logits)


def _all_finite(values: Sequence[Any]) -> Any:
    return jnp.stack([jnp.isfinite(jnp.sum(jnp.square(value))) for value in values]).all()


def _kept_if(finite: Any, new: State, old: State) -> State:
    return dict(jax.tree.map(lambda a, b: jnp.where(finite, a, b), new, old))
