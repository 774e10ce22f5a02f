"""Optimizers as data and one update, with the numerics of Thaw, which are those of Keras.

The order of an update is that of Thaw: clipping, weight decay, the rule, the constraint.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import jax.numpy as jnp

from .errors import RecipeError

Slots = dict[str, Any]
# Maps weight, gradient, slots, rate, and the number of the update from 1, to the new weight and slots.
Rule = Callable[[Any, Any, Slots, Any, Any], tuple[Any, Slots]]


@dataclass(frozen=True)
class Optimizer:
    """The rule of a recipe's optimizer, the names of its slots, and the options that all rules share."""

    slots: tuple[str, ...]
    rule: Rule
    weight_decay: float = 0.0
    global_clipnorm: float | None = None
    every: int = 1

    def new_slots(self, weights: Sequence[Any]) -> list[Slots]:
        """Slots of zeros, one set per weight."""
        return [{name: jnp.zeros_like(weight) for name in self.slots} for weight in weights]

    def update(
        self,
        weights: Sequence[Any],
        gradients: Sequence[Any],
        slots: Sequence[Slots],
        *,
        count: Any,
        rate: Any,
        factors: Sequence[float],
    ) -> tuple[list[Any], list[Slots]]:
        """New weights and slots. `count` is the number of the update, from 1. `factors` multiply the rate of each
        weight."""
        if self.global_clipnorm is not None:
            norm = jnp.sqrt(sum(jnp.sum(jnp.square(gradient)) for gradient in gradients))
            scale = jnp.minimum(1 / norm, 1 / self.global_clipnorm) * self.global_clipnorm + (norm - norm)
            gradients = [gradient * scale for gradient in gradients]
        updated = []
        for weight, gradient, own, factor in zip(weights, gradients, slots, factors, strict=True):
            own_rate = rate * factor
            if self.weight_decay > 0:
                weight = weight - weight * (own_rate * self.weight_decay)
            updated.append(self.rule(weight, gradient, own, own_rate, count))
        return [weight for weight, _ in updated], [own for _, own in updated]


def optimizer_of(description: Mapping[str, Any]) -> Optimizer:
    """The optimizer of a recipe's phase.

    Raises RecipeError if the optimizer is a function's source, or has a name or an option that isn't known.
    """
    options = {name: value for name, value in description.items() if value is not None}
    name = options.pop("optimizer", None)
    if name not in _RULES:
        raise RecipeError(f"optimizer: expected one of {', '.join(_RULES)}; received {dict(description)}.")
    common = {
        "weight_decay": float(options.pop("weightDecay", 0)),
        "global_clipnorm": options.pop("globalClipnorm", None),
        "every": int(options.pop("gradientAccumulationSteps", 1)),
    }
    make, known = _RULES[name]
    unknown = sorted(set(options) - known)
    if unknown:
        raise RecipeError(f"optimizer: expected options of {name}; received {', '.join(unknown)} too.")
    slots, rule = make(**options)
    return Optimizer(slots=slots, rule=rule, **common)


def _adam(beta1: float = 0.9, beta2: float = 0.999, epsilon: float = 1e-7) -> tuple[tuple[str, ...], Rule]:
    def rule(weight: Any, gradient: Any, slots: Slots, rate: Any, count: Any) -> tuple[Any, Slots]:
        # float32, as in Keras: in the first steps, 1 - beta2^t is so small that the rounding of beta2 matters.
        power1, power2 = jnp.float32(beta1) ** count, jnp.float32(beta2) ** count
        alpha = rate * jnp.sqrt(1 - power2) / (1 - power1)
        m = slots["m"] + (gradient - slots["m"]) * (1 - beta1)
        v = slots["v"] + (jnp.square(gradient) - slots["v"]) * (1 - beta2)
        return weight - m * alpha / (jnp.sqrt(v) + epsilon), {"m": m, "v": v}

    return ("m", "v"), rule


def _sgd(momentum: float = 0.0, nesterov: bool = False) -> tuple[tuple[str, ...], Rule]:
    def descent(weight: Any, gradient: Any, slots: Slots, rate: Any, _count: Any) -> tuple[Any, Slots]:
        return weight - gradient * rate, slots

    def moved(weight: Any, gradient: Any, slots: Slots, rate: Any, _count: Any) -> tuple[Any, Slots]:
        step = gradient * rate
        a = slots["momentum"] * momentum - step
        return weight + (a * momentum - step if nesterov else a), {"momentum": a}

    return (("momentum",), moved) if momentum > 0 else ((), descent)


def _rmsprop(
    rho: float = 0.9, momentum: float = 0.0, epsilon: float = 1e-7, centered: bool = False
) -> tuple[tuple[str, ...], Rule]:
    def rule(weight: Any, gradient: Any, slots: Slots, rate: Any, _count: Any) -> tuple[Any, Slots]:
        square = slots["square"] + (jnp.square(gradient) - slots["square"]) * (1 - rho)
        made = {"square": square}
        spread = square
        if centered:
            made["mean"] = slots["mean"] + (gradient - slots["mean"]) * (1 - rho)
            spread = square - jnp.square(made["mean"])
        step = gradient * rate / jnp.sqrt(spread + epsilon)
        made["momentum"] = slots["momentum"] * momentum + step
        return weight - made["momentum"], made

    return ("square", "momentum", *(("mean",) if centered else ())), rule


_RULES: dict[str, tuple[Callable[..., tuple[tuple[str, ...], Rule]], set[str]]] = {
    "adam": (_adam, {"beta1", "beta2", "epsilon"}),
    "sgd": (_sgd, {"momentum", "nesterov"}),
    "rmsprop": (_rmsprop, {"rho", "momentum", "epsilon", "centered"}),
}
