"""Writes packages/core/test/fixtures/optimizers.json: Keras' optimizers and their options, step by step."""

import json
import os
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf

OUT = Path(__file__).parents[2] / "packages/core/test/fixtures/optimizers.json"
KINDS = {
    "adam": keras.optimizers.Adam,
    "adamW": keras.optimizers.AdamW,
    "sgd": keras.optimizers.SGD,
    "rmsprop": keras.optimizers.RMSprop,
}
CASES = [
    ("adam", {"weight_decay": 0.1}),
    ("adam", {"global_clipnorm": 0.5}),
    ("adam", {"gradient_accumulation_steps": 3}),
    ("adamW", {}),
    ("adamW", {"learning_rate": 0.1, "weight_decay": 0.2, "beta_1": 0.7, "beta_2": 0.9, "epsilon": 1e-3}),
    ("adamW", {"weight_decay": 0.3, "global_clipnorm": 1.0, "gradient_accumulation_steps": 2}),
    ("sgd", {}),
    ("sgd", {"learning_rate": 0.1, "momentum": 0.9}),
    ("sgd", {"learning_rate": 0.1, "momentum": 0.9, "nesterov": True}),
    ("sgd", {"nesterov": True, "weight_decay": 0.5}),
    ("sgd", {"momentum": 0.5, "global_clipnorm": 0.1, "gradient_accumulation_steps": 2}),
    ("rmsprop", {}),
    ("rmsprop", {"learning_rate": 0.02, "rho": 0.8, "momentum": 0.6, "epsilon": 1e-2}),
    ("rmsprop", {"centered": True}),
    ("rmsprop", {"centered": True, "momentum": 0.9, "weight_decay": 0.1, "global_clipnorm": 2.0}),
]
SIZES = {"a": 4, "b": 3}
STEPS = 6
rng = np.random.default_rng(4)


def camel(name):
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def numbers(array):
    return [float(f"{value:.9g}") for value in np.asarray(array)]


def case(kind, options):
    start = {name: rng.normal(size=size).astype(np.float32) for name, size in SIZES.items()}
    variables = {name: keras.Variable(value) for name, value in start.items()}
    optimizer = KINDS[kind](**options)
    rate = float(optimizer.learning_rate)
    steps = []
    for step in range(STEPS):
        if step == 4:  # schedules change the rate while the state stays
            rate *= 0.3
            optimizer.learning_rate = rate
        scale = {name: 10.0 ** rng.integers(-3, 2, size=size) for name, size in SIZES.items()}
        gradients = {name: (rng.normal(size=size) * scale[name]).astype(np.float32) for name, size in SIZES.items()}
        optimizer.apply([tf.constant(g) for g in gradients.values()], list(variables.values()))
        steps.append(
            {
                "learningRate": rate,
                "gradients": {name: numbers(g) for name, g in gradients.items()},
                "values": {name: numbers(variable) for name, variable in variables.items()},
            }
        )
    return {
        "kind": kind,
        "options": {camel(name): value for name, value in options.items()},
        "start": {name: numbers(value) for name, value in start.items()},
        "steps": steps,
    }


fixture = {
    "versions": {"keras": keras.__version__, "tensorflow": tf.__version__, "numpy": np.__version__},
    "cases": [case(kind, options) for kind, options in CASES],
}
OUT.write_text(json.dumps(fixture) + "\n")
print(OUT.name, "written")
