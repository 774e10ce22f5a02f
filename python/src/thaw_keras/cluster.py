"""The processes and devices of a run, by `keras.distribution`: data parallel, weights on every device."""

import os
from dataclasses import dataclass
from typing import Any

os.environ.setdefault("KERAS_BACKEND", "jax")

import jax
import keras
import numpy as np
from jax.sharding import NamedSharding, PartitionSpec
from numpy.typing import NDArray


@dataclass(frozen=True)
class Cluster:
    """All devices of all processes in one mesh, along which batches are split."""

    distribution: Any

    @property
    def mesh(self) -> Any:
        return self.distribution.device_mesh.backend_mesh

    @property
    def process(self) -> int:
        """The number of this process, from 0. Process 0 writes all files."""
        return int(jax.process_index())

    @property
    def processes(self) -> int:
        return int(jax.process_count())

    @property
    def everywhere(self) -> NamedSharding:
        """The sharding of arrays of which each device holds a whole copy."""
        return NamedSharding(self.mesh, PartitionSpec())

    def replicated(self, tree: Any) -> Any:
        """Copies arrays to every device. All processes must pass the same numbers."""
        return jax.tree.map(lambda value: jax.device_put(np.asarray(value), self.everywhere), tree)

    def rows_here(self, rows: NDArray[np.int32]) -> NDArray[np.int32]:
        """The rows of a batch that this process reads: its share, or all if the devices can't split the batch evenly."""
        if not self.splits(len(rows)):
            return rows
        share = len(rows) // self.processes
        return rows[self.process * share : (self.process + 1) * share]

    def splits(self, images: int) -> bool:
        """Whether a batch is split. If the last batch of an epoch is too small, every device computes all of it."""
        return images % int(self.mesh.size) == 0

    def batch(self, here: NDArray[Any], images: int) -> Any:
        """A whole batch as one array, from the rows that this process has read."""
        spec = PartitionSpec(self.distribution.batch_dim_name) if self.splits(images) else PartitionSpec()
        return jax.make_array_from_process_local_data(
            NamedSharding(self.mesh, spec), here, (images, *here.shape[1:])
        )

    def barrier(self, name: str) -> None:
        """Waits for all processes."""
        if self.processes > 1:
            from jax.experimental import multihost_utils

            multihost_utils.sync_global_devices(name)


def start_cluster(
    coordinator: str | None = None, processes: int | None = None, process: int | None = None
) -> Cluster:
    """Joins the processes of a run, and makes data parallel training Keras' distribution. Call it before anything else.

    coordinator: `host:port` of process 0. Without it, this process is alone, or the environment of a TPU pod, Slurm or
    Kubernetes (see `jax.distributed.initialize`) says who else there is, if `processes` is given.
    """
    if coordinator is not None or (processes is not None and processes > 1):
        jax.config.update("jax_cpu_collectives_implementation", "gloo")
        keras.distribution.initialize(coordinator, processes, process)
    distribution = keras.distribution.DataParallel(
        devices=keras.distribution.list_devices(), auto_shard_dataset=False
    )
    keras.distribution.set_distribution(distribution)
    return Cluster(distribution)
