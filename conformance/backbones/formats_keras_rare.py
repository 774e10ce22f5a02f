"""Writes a small network in forms of Keras that are met now and then, and its outputs: weights in several files beside an
index, a folder in place of a `.keras` file, bfloat16 in HDF5, and adapters of LoRA beside the kernels.

KERAS_BACKEND=tensorflow python conformance/backbones/formats_keras_rare.py
→ packages/core/test/fixtures/formats/rare/*
"""

import json
import os
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
import keras  # noqa: E402
import numpy as np  # noqa: E402
import tf_keras  # noqa: E402

FOLDER = Path(__file__).parents[2] / "packages" / "core" / "test" / "fixtures" / "formats" / "rare"
FOLDER.mkdir(exist_ok=True)
SHAPE = (8, 7, 3)


def network(k):
    image = k.Input(SHAPE, name="image")
    x = k.layers.Conv2D(4, 3, padding="same", name="conv")(image)
    x = k.layers.BatchNormalization(name="norm")(x)
    x = k.layers.ReLU(name="relu")(x)
    x = k.layers.GlobalAveragePooling2D(name="pool")(x)
    model = k.Model(image, k.layers.Dense(2, name="scores")(x), name="rare")
    random = np.random.default_rng(3)
    for weight in model.weights:
        weight.assign(np.abs(random.normal(0, 0.5, weight.shape)) + 0.1)
    return model


pixels = np.random.default_rng(2).normal(size=(2, *SHAPE)).astype("float32")
result = {
    "madeBy": "conformance/backbones/formats_keras_rare.py",
    "versions": {"keras": keras.__version__, "tf_keras": tf_keras.__version__},
    "models": {},
}


def noted(name, model):
    outputs = np.asarray(keras.ops.convert_to_numpy(model(pixels, training=False))).astype("float32")
    inputs = [{"shape": [*pixels.shape], "data": pixels.ravel().tolist()}]
    result["models"][name] = {"inputs": inputs, "outputs": [outputs.ravel().tolist()]}


model = network(keras)
model.save(FOLDER / "keras3.keras")
noted("keras3.keras", model)
model.save(FOLDER / "keras3-folder", zipped=False)
noted("keras3-folder", model)
(FOLDER / "keras3-shards").mkdir(exist_ok=True)
model.save_weights(FOLDER / "keras3-shards" / "model.weights.json", max_shard_size=5e-7)

for major, k in ((2, tf_keras), (3, keras)):
    set_policy = k.mixed_precision.set_global_policy if major == 2 else k.config.set_dtype_policy
    set_policy("bfloat16")
    model = network(k)
    set_policy("float32")
    for ending in ("h5", "keras"):
        model.save(FOLDER / f"keras{major}-bfloat16.{ending}")
        noted(f"keras{major}-bfloat16.{ending}", model)

model = network(keras)
model.get_layer("scores").enable_lora(1)
model.get_layer("scores").lora_kernel_b.assign([[0.3, -0.2]])
model.save(FOLDER / "keras3-lora.h5")
model.save(FOLDER / "keras3-lora.keras")
noted("keras3-lora.keras", model)

(FOLDER / "outputs.json").write_text(json.dumps(result) + "\n")
