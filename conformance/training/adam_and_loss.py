"""Writes packages/core/test/fixtures/adam-and-loss.json: Keras' Adam over some steps, its binary cross-entropy per row."""

import json
import os
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf

OUT = Path(__file__).parents[2] / "packages/core/test/fixtures/adam-and-loss.json"
rng = np.random.default_rng(3)


def adam_case(learning_rate, beta_1, beta_2, epsilon):
    start = rng.normal(size=6).astype(np.float32)
    gradients = (rng.normal(size=(5, 6)) * 10.0 ** rng.integers(-6, 2, size=(5, 6))).astype(np.float32)
    gradients[2, 0] = 0
    variable = keras.Variable(start)
    optimizer = keras.optimizers.Adam(learning_rate, beta_1=beta_1, beta_2=beta_2, epsilon=epsilon)
    steps = []
    for gradient in gradients:
        optimizer.apply([tf.constant(gradient)], [variable])
        steps.append(variable.numpy().tolist())
    return {
        "options": {"learningRate": learning_rate, "beta1": beta_1, "beta2": beta_2, "epsilon": epsilon},
        "start": start.tolist(),
        "gradients": gradients.tolist(),
        "steps": steps,
    }


def loss_case(label_smoothing):
    y = rng.integers(0, 2, size=(6, 5)).astype(np.float32)
    p = rng.random((6, 5)).astype(np.float32)
    p[0] = [0, 1, 1e-8, 1 - 1e-8, 0.5]
    loss = keras.losses.BinaryCrossentropy(label_smoothing=label_smoothing, reduction=None)
    return {"labelSmoothing": label_smoothing, "y": y.tolist(), "p": p.tolist(), "loss": loss(y, p).numpy().tolist()}


fixture = {
    "versions": {"keras": keras.__version__, "tensorflow": tf.__version__, "numpy": np.__version__},
    "adam": [adam_case(1e-3, 0.9, 0.999, 1e-7), adam_case(0.1, 0.8, 0.99, 1e-3), adam_case(1e-5, 0.9, 0.999, 1e-7)],
    "loss": [loss_case(0.0), loss_case(0.2)],
}
OUT.write_text(json.dumps(fixture) + "\n")
print(OUT.name, "written")
