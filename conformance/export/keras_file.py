"""Opens .keras files in Keras, compares probabilities and flags, and saves them again. Usage: keras_file.py FOLDER"""

import json
import sys
from pathlib import Path

import keras
import numpy as np

from expected import compare, preprocessed

failed = []
for folder in sorted(path.parent for path in Path(sys.argv[1]).glob("*/model.keras")):
    expected = json.loads((folder / "expected.json").read_text())
    model = keras.models.load_model(folder / "model.keras")
    ours = model(preprocessed(expected), training=False)
    trainable = {layer.name: layer.trainable for layer in model.layers if layer.name in expected["trainable"]}
    same = trainable == expected["trainable"]
    ok = compare(folder, f"Keras {keras.__version__}", np.asarray(ours), expected) and same
    if not same:
        print(f"{folder.name}: other flags in Keras")
    model.save(folder / "by-keras.keras")
    if not ok:
        failed.append(folder.name)
sys.exit(f"failed: {', '.join(failed)}" if failed else 0)
