"""Opens and writes classifiers: `.keras` files with Thaw's `thaw.json` in them."""

import json
import os
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("KERAS_BACKEND", "jax")

import keras

from .errors import ClassifierFileError, reading
from .files import written_whole
from .layers import Leaf, batch_norm_mode, freeze, leaf_layers

METADATA = "thaw.json"
_PARTS = ("labels", "thresholds", "preprocessing", "featureLayer", "headLayers", "freezing")


@dataclass
class Classifier:
    """A network with a multilabel head: preprocessed images, [n, height, width, channels], to probabilities."""

    model: keras.Model
    metadata: dict[str, Any]
    """The contents of `thaw.json`: labels, thresholds, preprocessing, stages, freeze state, calibration."""

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(self.metadata["labels"])

    @property
    def thresholds(self) -> tuple[float, ...]:
        return tuple(self.metadata["thresholds"])

    @property
    def preprocessing(self) -> dict[str, Any]:
        """`channelOrder`, `mean` and `scale`: a pixel x of a channel becomes (x - mean) * scale."""
        return dict(self.metadata["preprocessing"])

    @property
    def frozen(self) -> tuple[str, ...]:
        """The paths of the frozen layers that have weights."""
        return tuple(leaf.path for leaf in self.leaves if leaf.layer.weights and not leaf.layer.trainable)

    @property
    def leaves(self) -> list[Leaf]:
        return leaf_layers(self.model)

    @property
    def head_layers(self) -> tuple[str, ...]:
        return tuple(self.metadata["headLayers"])

    @property
    def input_size(self) -> tuple[int, int]:
        height, width = self.model.inputs[0].shape[1:3]
        return int(height), int(width)


def open_classifier(path: str | Path) -> Classifier:
    """Opens what `exportKeras`, `thaw export --to keras` or `save_classifier` wrote.

    Each layer has the freeze state of the file; BatchNormalization has its mode.

    Raises ClassifierFileError if the file is none, or lacks Thaw's part.
    """
    path = Path(path)
    if path.is_dir() and (path / "model.json").exists():
        raise ClassifierFileError(
            f"open_classifier: expected a .keras file; {path} is a folder of TensorFlow.js' layout. "
            f"Export it: thaw export {path} --to keras"
        )
    with reading(ClassifierFileError, f"open_classifier: expected a .keras file at {path}"):
        return _opened(path)


def _opened(path: Path) -> Classifier:
    with zipfile.ZipFile(path) as archive:
        stored = json.loads(archive.read(METADATA)) if METADATA in archive.namelist() else None
    if stored is None:
        raise ClassifierFileError(
            f"open_classifier: expected labels and preprocessing, the entry {METADATA}, in {path}; Keras alone wrote "
            "this file. Open the file that Thaw wrote."
        )
    missing = [part for part in _PARTS if part not in stored]
    if missing or stored.get("version") not in (1, 2):
        what = f"lacks {', '.join(missing)}" if missing else f"is of version {stored.get('version')}"
        raise ClassifierFileError(
            f"open_classifier: expected {METADATA} of version 1 or 2 in {path}; it {what}."
        )
    if len(stored["labels"]) != len(stored["thresholds"]):
        raise ClassifierFileError(
            f"open_classifier: expected a threshold per label in {path}; the counts differ."
        )
    model = keras.saving.load_model(path, compile=False)
    if tuple(model.outputs[0].shape[1:]) != (len(stored["labels"]),):
        raise ClassifierFileError(
            f"open_classifier: expected an output per label in {path}, {len(stored['labels'])}; "
            f"the network has {model.outputs[0].shape[1:]}."
        )
    classifier = Classifier(model=model, metadata=stored)
    freezing = stored["freezing"]
    freeze(classifier.leaves, set(freezing["frozen"]), freezing["batchNorm"])
    return classifier


def save_classifier(classifier: Classifier, path: str | Path) -> None:
    """Writes a `.keras` file that Keras opens, and `load` of @thawjs/core with labels, thresholds and freeze state.

    The file appears whole under its name, or not at all.
    """
    path = Path(path)
    if path.suffix != ".keras":
        raise ClassifierFileError(f"save_classifier: expected a name that ends in .keras; received {path}.")
    metadata = {**classifier.metadata, "freezing": freeze_state(classifier)}
    with written_whole(path) as part:
        classifier.model.save(part)
        with zipfile.ZipFile(part, "a") as archive:
            archive.writestr(METADATA, json.dumps(metadata))


def freeze_state(classifier: Classifier) -> dict[str, Any]:
    """The freeze state as `thaw.json` has it: the frozen layers' paths, and the modes of BatchNormalization."""
    modes = {leaf.path: batch_norm_mode(leaf.layer) for leaf in classifier.leaves}
    return {
        "frozen": list(classifier.frozen),
        "batchNorm": {path: mode for path, mode in modes.items() if mode},
    }


def channel_scales(preprocessing: dict[str, Any]) -> tuple[Sequence[float], Sequence[float], bool]:
    """Mean and scale per channel, and whether blue comes first."""
    mean = list(preprocessing["mean"])
    scale = preprocessing["scale"]
    scales = [scale] * len(mean) if isinstance(scale, int | float) else list(scale)
    return mean, scales, preprocessing["channelOrder"] == "bgr"
