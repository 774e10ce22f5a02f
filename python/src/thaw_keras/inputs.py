"""Batches for steps: images that are decoded in advance, or kept features."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol

import jax
import numpy as np
from numpy.typing import NDArray

from .augmentation import Augmentation, draw
from .cluster import Cluster
from .data.labelled_images import LabelledImages
from .images import decode
from .network import Network
from .random_streams import epoch_order

_BATCHES_AHEAD = 2


class Source(Protocol):
    """Gives the inputs of some rows, [rows, ...], in an epoch."""

    def read(self, rows: NDArray[np.int32], epoch: int) -> "Future[NDArray[Any]]": ...


class ImageSource:
    """Decodes, augments and resizes images on threads. With `views`, epochs cycle through that many variants."""

    def __init__(
        self,
        images: LabelledImages,
        size: tuple[int, int],
        threads: ThreadPoolExecutor,
        *,
        augmentation: Augmentation | None = None,
        seed: int = 0,
        views: int | None = None,
    ) -> None:
        self._images, self._size, self._threads = images, size, threads
        self._augmentation, self._seed, self._views = augmentation, seed, views

    def read(self, rows: NDArray[np.int32], epoch: int) -> "Future[NDArray[Any]]":
        variant = epoch % self._views if self._views else epoch
        return self._threads.submit(lambda: np.stack([self._drawn(int(row), variant) for row in rows]))

    def _drawn(self, row: int, variant: int) -> NDArray[np.uint8]:
        image_id = self._images.ids[row]
        pixels = decode(self._images.read(row), image_id)
        return draw(pixels, self._size, self._augmentation, seed=self._seed, epoch=variant, image_id=image_id)


class FeatureSource:
    """Kept features, one array per view. Epochs cycle through the views."""

    def __init__(self, views: list[NDArray[np.float32]]) -> None:
        self.views = views

    def read(self, rows: NDArray[np.int32], epoch: int) -> "Future[NDArray[Any]]":
        found: Future[NDArray[Any]] = Future()
        found.set_result(self.views[epoch % len(self.views)][rows])
        return found


@dataclass(frozen=True)
class Inputs:
    """The batches of a data set. Rows are in Thaw's order, and each process reads its share."""

    cluster: Cluster
    images: LabelledImages
    source: Source
    batch_size: int
    seed: int
    shuffle: bool
    weights: NDArray[np.float32] | None = None

    @property
    def batches(self) -> int:
        return -(-len(self.images) // self.batch_size)

    def epoch(self, epoch: int, first: int = 0) -> Iterator[tuple[NDArray[np.int32], dict[str, Any]]]:
        """The rows and the batch of each step, from step `first` on."""
        count = len(self.images)
        order = epoch_order(count, self.seed, epoch) if self.shuffle else np.arange(count, dtype=np.int32)
        ahead: deque[tuple[NDArray[np.int32], Future[NDArray[Any]]]] = deque()
        for start in range(first * self.batch_size, count, self.batch_size):
            rows = order[start : start + self.batch_size]
            ahead.append((rows, self.source.read(self.cluster.rows_here(rows), epoch)))
            if len(ahead) > _BATCHES_AHEAD:
                yield self._batch(*ahead.popleft())
        while ahead:
            yield self._batch(*ahead.popleft())

    def _batch(
        self, rows: NDArray[np.int32], x: "Future[NDArray[Any]]"
    ) -> tuple[NDArray[np.int32], dict[str, Any]]:
        here = self.cluster.rows_here(rows)
        y = self.images.y[here].astype(np.float32)
        known = np.ones_like(y) if self.images.known is None else self.images.known[here].astype(np.float32)
        weights = np.ones(len(here), np.float32) if self.weights is None else self.weights[here]
        parts = {"x": x.result(), "y": y, "known": known, "weights": weights}
        return rows, {name: self.cluster.batch(part, len(rows)) for name, part in parts.items()}


def features_of(cluster: Cluster, network: Network, inputs: Inputs, epoch: int) -> NDArray[np.float32]:
    """The network's outputs of all images, [images, features], in inference mode. Every process gets all of them."""
    learning, others = (
        cluster.replicated([np.asarray(variable.value) for variable in variables])
        for variables in (network.learning, network.others)
    )
    run = jax.jit(
        lambda learning, others, x: network.run(learning, others, x, False)[0],
        out_shardings=cluster.everywhere,
    )
    return np.concatenate([np.asarray(run(learning, others, batch["x"])) for _, batch in inputs.epoch(epoch)])
