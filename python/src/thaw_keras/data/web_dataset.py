"""Opens shards of the WebDataset form: tar files of images, each followed or preceded by a file of its labels."""

import json
import tarfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import DataError, reading
from .image_files import ENDINGS
from .label_cells import name_matrix
from .labelled_images import LabelledImages


@dataclass
class _Sample:
    shard: Path
    key: str
    image: tuple[int, int] | None = None
    labels: Any = None


def open_web_dataset(
    shards: str | Path | Sequence[str | Path], *, tags: str | None = None, names: Sequence[str] | None = None
) -> LabelledImages:
    """Opens `.tar` files, or the folder of them, as `openWebDataset` of @thawjs/datasets does.

    tags: the key of the labels in each `.json`; default its list of labels, or its flags.
    names: what the numbers in `.cls` files name.
    """
    paths = _shards(shards)
    samples = [sample for path in paths for sample in _samples(path, tags)]
    if not samples:
        raise DataError(f"{', '.join(map(str, paths))}: expected samples of an image and labels; found none.")
    labels, y, known = name_matrix(paths[0].name, [sample.labels for sample in samples], names=names)
    ids = [f"{one.shard.name}/{one.key}" if len(paths) > 1 else one.key for one in samples]

    def read(row: int) -> bytes:
        start, size = samples[row].image or (0, 0)
        with samples[row].shard.open("rb") as file:
            file.seek(start)
            return file.read(size)

    return LabelledImages(ids=tuple(ids), labels=labels, y=y, known=known, read=read)


def _shards(shards: str | Path | Sequence[str | Path]) -> list[Path]:
    if not isinstance(shards, str | Path):
        return [Path(shard) for shard in shards]
    path = Path(shards)
    found = sorted(path.glob("*.tar")) if path.is_dir() else [path]
    if not found:
        raise DataError(f"{path}: expected .tar files; found none.")
    return found


def _samples(path: Path, tags: str | None) -> list[_Sample]:
    samples: list[_Sample] = []
    # Without compression: images are read from their places in the file.
    with (
        reading(DataError, f"{path}: expected a tar file of images and labels"),
        tarfile.open(path, "r:") as tar,
    ):
        for entry in tar:
            folder, _, file = entry.name.rpartition("/")
            stem, dot, ending = file.partition(".")
            if not entry.isfile() or not dot:
                continue
            key = f"{folder}/{stem}" if folder else stem
            if not samples or samples[-1].key != key:
                samples.append(_Sample(shard=path, key=key))
            sample = samples[-1]
            if f".{ending.lower()}".endswith(ENDINGS):
                sample.image = sample.image or (entry.offset_data, entry.size)
            elif ending.lower() in ("json", "cls"):
                content = tar.extractfile(entry)
                text = content.read().decode() if content else ""
                sample.labels = _cell(text, ending.lower(), tags)
    lacking = next((sample.key for sample in samples if sample.image is None), None)
    if lacking is not None:
        raise DataError(f'{path}: expected an image of "{lacking}"; found none.')
    return samples


def _cell(text: str, ending: str, tags: str | None) -> Any:
    if ending == "cls":
        return text.strip()
    value = json.loads(text)
    return value if tags is None else value.get(tags)
