"""Scores images on a Ray cluster: an ONNX file from Thaw maps images to probabilities in parquet files."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .data.image_files import ENDINGS
from .errors import DataError
from .images import decode, resize_bilinear

ID = "id"


class Scorer:
    """A worker: decodes images and runs the network with onnxruntime, on the processor or a GPU."""

    def __init__(self, onnx: bytes, *, root: str, on_problem: str, threads: int) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        providers = [
            name
            for name in ("CUDAExecutionProvider", "CPUExecutionProvider")
            if name in onnxruntime.get_available_providers()
        ]
        self._session = onnxruntime.InferenceSession(onnx, options, providers=providers)
        self._root, self._skips = root, on_problem == "skip"
        self.labels = labels_of(self._session)
        [self._input] = self._session.get_inputs()
        _, height, width, _ = self._input.shape
        if not isinstance(height, int) or not isinstance(width, int):
            raise DataError(f"score: expected a network of one image size; its input is {self._input.shape}.")
        self._size = (height, width)
        self._type = np.uint8 if self._input.type == "tensor(uint8)" else np.float32

    def __call__(self, batch: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        """Maps files, as `bytes` and `path`, to a column of ids and one column of probabilities per label."""
        ids: list[str] = []
        pixels: list[NDArray[np.uint8]] = []
        for path, content in zip(batch["path"], batch["bytes"], strict=True):
            image_id = relative(str(path), self._root)
            try:
                image = resize_bilinear(decode(content, image_id), self._size)
            except DataError:
                if not self._skips:
                    raise
                continue
            ids.append(image_id)
            pixels.append(image)
        scores = np.zeros((0, len(self.labels)), dtype=np.float32)
        if pixels:
            [scores] = self._session.run(None, {self._input.name: np.stack(pixels).astype(self._type)})
        columns = {label: scores[:, i].astype(np.float32) for i, label in enumerate(self.labels)}
        return {ID: np.array(ids, dtype=object), **columns}


def labels_of(session: Any) -> list[str]:
    """The labels in the metadata of a file that Thaw exported. Raises DataError for other files."""
    metadata = session.get_modelmeta().custom_metadata_map
    if "labels" not in metadata:
        raise DataError(
            "score: expected an ONNX file with labels in its metadata. Write it with thaw export --to onnx."
        )
    labels: list[str] = json.loads(metadata["labels"])
    if ID in labels:
        raise DataError(f'score: expected labels of other names than "{ID}", the column of ids.')
    return labels


def relative(path: str, root: str) -> str:
    """An image's id: its path relative to the scored folder."""
    for prefix in (root.rstrip("/") + "/", root.split("://", 1)[-1].rstrip("/") + "/"):
        if path.startswith(prefix):
            return path[len(prefix) :]
    return path


def score(
    onnx: str | Path,
    images: str,
    out: str,
    *,
    workers: int | tuple[int, int] = 2,
    cpus_per_worker: float = 1,
    gpus_per_worker: float = 0,
    batch_size: int = 32,
    on_problem: str = "error",
) -> int:
    """Writes the probabilities of all images in a folder and below it. Returns the number of images.

    Call `ray.init(address="auto")` before, to use a cluster; otherwise Ray starts on this machine.

    onnx: what `exportOnnx` or `thaw export --to onnx` wrote. It is sent to the workers, who need no file of it.
    images, out: folders; local ones that all machines see, or addresses such as `s3://bucket/photos`.
    workers: how many, or the least and the most. Workers that die are replaced, and their batches are run again.
    on_problem: `'error'` ends at an image that can't be decoded, and names it; `'skip'` leaves such images out.

    `thaw evaluate --from out/*.parquet` gives the numbers.

    Raises DataError if `out` holds scores already, or an option is out of range.
    """
    if on_problem not in ("error", "skip"):
        raise DataError(f"score: expected on_problem 'error' or 'skip'; received {on_problem!r}.")
    if "://" not in out and Path(out).is_dir() and any(Path(out).glob("*.parquet")):
        raise DataError(
            f"score: expected a folder without scores; {out} has some. Remove them, or give another folder."
        )
    import ray

    content = Path(onnx).read_bytes()
    files = ray.data.read_binary_files(
        images, include_paths=True, file_extensions=[end[1:] for end in ENDINGS]
    )
    scores = files.map_batches(
        Scorer,
        fn_constructor_args=(content,),
        fn_constructor_kwargs={
            "root": images,
            "on_problem": on_problem,
            "threads": max(1, int(cpus_per_worker)),
        },
        batch_size=batch_size,
        num_cpus=cpus_per_worker,
        num_gpus=gpus_per_worker,
        concurrency=workers,
        max_restarts=-1,
        max_task_retries=-1,
    )
    scores.write_parquet(out)
    return int(ray.data.read_parquet(out, columns=[ID]).count())
