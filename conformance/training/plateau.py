"""Writes packages/core/test/fixtures/plateau.json: the rates that Keras' ReduceLROnPlateau sets, epoch by epoch."""

import json
import os
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras

OUT = Path(__file__).parents[2] / "packages/core/test/fixtures/plateau.json"
FALLING = [1.0, 0.9, 0.9, 0.89995, 0.9, 0.8, 0.81, 0.82, 0.83, 0.8, 0.7999, 0.8, 0.9, 0.9, 0.9, 0.9]
RISING = [0.5, 0.6, 0.6, 0.55, 0.6, 0.61, 0.6, 0.6, 0.6, 0.625, 0.5, 0.5, 0.5, 0.5]
CASES = [
    ({"patience": 1}, "min", FALLING),
    ({"patience": 2, "factor": 0.5}, "min", FALLING),
    ({"patience": 2, "factor": 0.5, "cooldown": 2}, "min", FALLING),
    ({"patience": 1, "factor": 0.3, "min_lr": 0.005, "cooldown": 1}, "min", FALLING),
    ({"patience": 2, "min_delta": 0.02}, "max", RISING),
    ({"patience": 3, "factor": 0.9, "min_delta": 0.0}, "max", RISING),
    ({}, "min", [1.0] * 25),
]


def camel(name):
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def rates(options, mode, values):
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.SGD(0.1), loss="mse")
    callback = keras.callbacks.ReduceLROnPlateau(monitor="loss", mode=mode, **options)
    callback.set_model(model)
    callback.on_train_begin()
    found = []
    for epoch, value in enumerate(values):
        found.append(float(model.optimizer.learning_rate))
        callback.on_epoch_end(epoch, {"loss": value})
    return found


fixture = {
    "versions": {"keras": keras.__version__},
    "cases": [
        {
            "options": {{"min_lr": "minLearningRate"}.get(name, camel(name)): value for name, value in options.items()},
            "mode": mode,
            "values": values,
            "rates": rates(options, mode, values),
        }
        for options, mode, values in CASES
    ],
}
OUT.write_text(json.dumps(fixture) + "\n")
print(OUT.name, "written")
