"""The moving average of weights, which recipes can ask for."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from .errors import RecipeError

# Maps the number of an update, from 0, and the number of all updates to the share of the new weights in the average.
AverageShare = Callable[[int, int], float]

# The part of a phase's updates over which 'auto' averages.
_AUTO_PART = 0.1


def average_share(description: float | str | Mapping[str, Any] | None) -> AverageShare | None:
    """How a phase averages weights: a momentum, 'auto', `{ kind: 'ema', momentum }` or `{ kind: 'swa', from }`."""
    if description is None:
        return None
    if description == "auto":
        return lambda update, updates: min(1.0, max(1 / (update + 1), 1 / (_AUTO_PART * updates)))
    if isinstance(description, int | float):
        description = {"kind": "ema", "momentum": description}
    if isinstance(description, str):
        raise RecipeError(f"weightAverage: expected 'auto', a momentum or a kind; received '{description}'.")
    kind = description.get("kind")
    if kind == "ema":
        momentum = float(description["momentum"])
        return lambda _update, _updates: 1 - momentum
    if kind == "swa":
        start = float(description.get("from", 0.75))

        def share(update: int, updates: int) -> float:
            first = math.ceil(start * (updates - 1))
            return 1.0 if update < first else 1 / (update - first + 1)

        return share
    raise RecipeError(f"weightAverage: expected kind 'ema' or 'swa'; received {description}.")
