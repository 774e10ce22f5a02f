"""Learning rates by progress: 0 at a phase's first step, 1 at its last. Formulas and names are those of Thaw."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from .errors import RecipeError

Schedule = Callable[[float], float]


def schedule_of(description: float | Mapping[str, Any]) -> Schedule:
    """The schedule of a recipe's `learningRate`: a number, or `{ schedule, learningRate, ... }`.

    Raises RecipeError if the schedule is a function's source, or has a name or an option that isn't known.
    """
    if isinstance(description, int | float):
        rate = float(description)
        return lambda _progress: rate
    options = dict(description)
    name = options.pop("schedule", None)
    if name not in _SCHEDULES:
        known = ", ".join(_SCHEDULES)
        raise RecipeError(
            f"learningRate: expected a number, or a schedule among {known}; received {description}."
        )
    rate = float(options.pop("learningRate"))
    warmup, start = float(options.pop("warmup", 0)), float(options.pop("start", 0))
    make, known_options = _SCHEDULES[name]
    unknown = sorted(set(options) - known_options)
    if unknown:
        raise RecipeError(f"learningRate: expected options of {name}; received {', '.join(unknown)} too.")
    after = make(rate, **options)

    def at(progress: float) -> float:
        progress = min(max(progress, 0.0), 1.0)
        if progress < warmup:
            return start + (rate - start) * (progress / warmup)
        return after((progress - warmup) / (1 - warmup))

    return at


def _constant(rate: float) -> Schedule:
    return lambda _progress: rate


def _half_cosine(first: float, last: float, progress: float) -> float:
    return last + ((first - last) * (1 + math.cos(math.pi * progress))) / 2


def _line(first: float, last: float, progress: float) -> float:
    return first + (last - first) * progress


def _cosine(rate: float, end: float = 0) -> Schedule:
    return lambda progress: _half_cosine(rate, end, progress)


def _exponential(
    rate: float, decayRate: float = 0.01, decayShare: float = 1, staircase: bool = False
) -> Schedule:
    def at(progress: float) -> float:
        times = progress / decayShare
        return float(rate * decayRate ** (math.floor(times) if staircase else times))

    return at


def _polynomial(rate: float, power: float = 1, end: float = 0) -> Schedule:
    return lambda progress: float(end + (rate - end) * (1 - progress) ** power)


def _step(rate: float, milestones: tuple[float, ...] = (0.5, 0.75), gamma: float = 0.1) -> Schedule:
    return lambda progress: float(rate * gamma ** sum(progress >= at for at in milestones))


def _one_cycle(
    rate: float,
    pctStart: float = 0.3,
    annealStrategy: str = "cos",
    divFactor: float = 25,
    finalDivFactor: float = 1e4,
) -> Schedule:
    first = rate / divFactor
    last = first / finalDivFactor
    between = _half_cosine if annealStrategy == "cos" else _line

    def at(progress: float) -> float:
        if progress <= pctStart:
            return between(first, rate, progress / pctStart)
        return between(rate, last, (progress - pctStart) / (1 - pctStart))

    return at


_SCHEDULES: dict[str, tuple[Callable[..., Schedule], set[str]]] = {
    "constant": (_constant, set()),
    "cosine": (_cosine, {"end"}),
    "exponential": (_exponential, {"decayRate", "decayShare", "staircase"}),
    "oneCycle": (_one_cycle, {"pctStart", "annealStrategy", "divFactor", "finalDivFactor"}),
    "polynomial": (_polynomial, {"power", "end"}),
    "step": (_step, {"milestones", "gamma"}),
}
