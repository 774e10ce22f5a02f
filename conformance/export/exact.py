"""Computes exported networks in float64, and how far each software's probabilities in float32 are from that.

What two softwares differ by says little: both round. Keras rebuilds the network of the .keras file in float64, with the same
weights. Usage: exact.py FOLDER, after the other scripts, which store what their software computed
"""

import json
import sys
import tempfile
import zipfile
from pathlib import Path

import keras
import numpy as np

from expected import images

keras.config.set_floatx("float64")


def in_float64(file):
    with zipfile.ZipFile(file) as archive, tempfile.TemporaryDirectory() as folder:
        config = archive.read("config.json").decode().replace('"float32"', '"float64"')
        weights = Path(folder) / "model.weights.h5"
        weights.write_bytes(archive.read("model.weights.h5"))
        model = keras.saving.deserialize_keras_object(json.loads(config))
        model.load_weights(weights)
    return model


def preprocessed(expected):
    preprocessing = expected["preprocessing"]
    pixels = images(expected).astype("float64")
    if preprocessing["channelOrder"] == "bgr":
        pixels = pixels[..., ::-1]
    return (pixels - np.array(preprocessing["mean"])) * np.array(preprocessing["scale"])


def limit(software):
    """ONNX Runtime's order of summation rounds less than TensorFlow's kernels, which Thaw and TFLite use."""
    if "float16" in software:
        return 0.1
    return 1e-5 if software.startswith("ONNX") else 3e-5


failed = []
for folder in sorted(path.parent for path in Path(sys.argv[1]).glob("*/model.keras")):
    expected = json.loads((folder / "expected.json").read_text())
    model = in_float64(folder / "model.keras")
    exact = np.asarray(model(preprocessed(expected), training=False))
    assert exact.dtype == np.float64
    computed = {"Thaw": np.array(expected["probabilities"]).reshape(exact.shape)}
    computed |= {file.stem.removeprefix("by-"): np.load(file) for file in sorted(folder.glob("by-*.npy"))}
    errors = {software: np.abs(values - exact).max() for software, values in computed.items()}
    print(f"{folder.name}: from float64: " + ", ".join(f"{software} {error:.1e}" for software, error in errors.items()))
    if not all(error < limit(software) for software, error in errors.items()):
        failed.append(folder.name)
sys.exit(f"failed: {', '.join(failed)}" if failed else 0)
