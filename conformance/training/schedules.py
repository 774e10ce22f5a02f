"""Writes packages/core/test/fixtures/schedules-keras.json: Keras' learning rate schedules over 200 steps of a phase."""

import json
import os
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras

OUT = Path(__file__).parents[2] / "packages/core/test/fixtures/schedules-keras.json"
LAST = 200  # the number of a phase's last step: progress is step / LAST
schedules = keras.optimizers.schedules

# name and options here, and the same in Keras, whose steps are shares of the phase times LAST
CASES = [
    ("cosine", 0.003, {}, schedules.CosineDecay(0.003, LAST)),
    ("cosine", 0.003, {"end": 0.0006}, schedules.CosineDecay(0.003, LAST, alpha=0.2)),
    (
        "cosine",
        0.01,
        {"warmup": 0.1, "start": 0.001},
        schedules.CosineDecay(0.001, LAST - 20, warmup_target=0.01, warmup_steps=20),
    ),
    (
        "cosine",
        0.01,
        {"warmup": 0.25, "end": 0.001},
        schedules.CosineDecay(0.0, LAST - 50, alpha=0.1, warmup_target=0.01, warmup_steps=50),
    ),
    ("exponential", 0.1, {"decayRate": 0.01}, schedules.ExponentialDecay(0.1, LAST, 0.01)),
    ("exponential", 0.1, {"decayRate": 0.5, "decayShare": 0.25}, schedules.ExponentialDecay(0.1, 50, 0.5)),
    (
        "exponential",
        0.1,
        {"decayRate": 0.5, "decayShare": 0.25, "staircase": True},
        schedules.ExponentialDecay(0.1, 50, 0.5, staircase=True),
    ),
    ("polynomial", 0.1, {}, schedules.PolynomialDecay(0.1, LAST, end_learning_rate=0.0)),
    ("polynomial", 0.1, {"power": 2.5, "end": 0.01}, schedules.PolynomialDecay(0.1, LAST, 0.01, power=2.5)),
    ("polynomial", 0.1, {"power": 0.5, "end": 1e-4}, schedules.PolynomialDecay(0.1, LAST, power=0.5)),
    # Keras keeps the old value at the boundary itself; the new rate begins at the milestone here, as in PyTorch.
    ("step", 0.1, {"milestones": [0.5, 0.75]}, schedules.PiecewiseConstantDecay([99, 149], [0.1, 0.01, 0.001])),
    ("step", 0.2, {"milestones": [0.1], "gamma": 0.5}, schedules.PiecewiseConstantDecay([19], [0.2, 0.1])),
]

fixture = {
    "versions": {"keras": keras.__version__},
    "last": LAST,
    "cases": [
        {
            "schedule": name,
            "learningRate": rate,
            "options": options,
            "rates": [float(schedule(step)) for step in range(LAST + 1)],
        }
        for name, rate, options, schedule in CASES
    ],
}
OUT.write_text(json.dumps(fixture) + "\n")
print(OUT.name, "written")
