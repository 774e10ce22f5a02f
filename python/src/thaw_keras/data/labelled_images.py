"""Labelled images: the input of training."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..errors import DataError


@dataclass(frozen=True)
class LabelledImages:
    """Images with labels. `y` and `known` are [images, labels]; `known` is None if all labels are known.

    `read` gives the bytes of an image file by row.
    """

    ids: tuple[str, ...]
    labels: tuple[str, ...]
    y: NDArray[np.uint8]
    known: NDArray[np.bool_] | None
    read: Callable[[int], bytes]
    parts: tuple[str, ...] | None = None
    """The official part of each image: 'train', 'validation' or 'test'."""

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, rows: Sequence[int] | NDArray[np.integer]) -> "LabelledImages":
        """These rows, in this order."""
        chosen = [int(row) for row in rows]
        read = self.read
        return replace(
            self,
            ids=tuple(self.ids[row] for row in chosen),
            y=self.y[chosen],
            known=None if self.known is None else self.known[chosen],
            parts=None if self.parts is None else tuple(self.parts[row] for row in chosen),
            read=lambda row: read(chosen[row]),
        )

    def only(self, labels: Sequence[str]) -> "LabelledImages":
        """Only these labels, in this order. Raises DataError if one is missing."""
        missing = [label for label in labels if label not in self.labels]
        if missing:
            raise DataError(
                f"only: expected the labels {', '.join(missing)} in the data; it has {', '.join(self.labels[:10])}."
            )
        columns = [self.labels.index(label) for label in labels]
        return replace(
            self,
            labels=tuple(labels),
            y=self.y[:, columns],
            known=None if self.known is None else self.known[:, columns],
        )

    def part(self, name: str) -> "LabelledImages":
        """The images of one official part. Raises DataError if the data has none."""
        if self.parts is None:
            raise DataError("part: expected data with a column of parts; give split, the column's name.")
        return self.take([row for row, part in enumerate(self.parts) if part == name])

    def split_by(self, csv: str) -> "LabelledImages":
        """The data with the part of each image from `split.csv` of a run's folder."""
        from .rows import csv_rows

        given = {row["image_id"]: row["part"] for row in csv_rows(csv)}
        missing = [image for image in self.ids if image not in given]
        if missing:
            raise DataError(
                f"split_by: expected a part of each image in {csv}; {len(missing)} are not in it, "
                f"the first {missing[0]}. Was it written for other data?"
            )
        return replace(self, parts=tuple(given[image] for image in self.ids))
