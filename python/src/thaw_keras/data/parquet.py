"""Rows of parquet files, and the images in them."""

import bisect
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..errors import DataError


@dataclass(frozen=True)
class HeldImages:
    """Images in a column of the files."""

    column: str
    ids: list[str]
    read: Callable[[int], bytes]


def parquet_rows(path: Path, image: str | None) -> tuple[list[dict[str, Any]], HeldImages | None]:
    """The rows of a parquet file, or of all in a folder in the order of their names, without the column of images.

    A column of images has bytes, or a struct of bytes and path, as Hugging Face writes them.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise DataError(
            "open_table: expected pyarrow for parquet. pip install 'thaw-keras[parquet]'"
        ) from error
    paths = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
    if not paths:
        raise DataError(f"{path}: expected parquet files; found none.")
    files = [pq.ParquetFile(one) for one in paths]
    schema = files[0].schema_arrow
    holds = [field.name for field in schema if _holds_images(pa, field.type)]
    column = image if image in holds else (holds[0] if holds and image is None else None)
    names = [name for name in schema.names if name != column]
    rows = [row for file in files for row in file.read(columns=names).to_pylist()] if names else []
    if column is None:
        return rows, None
    groups = [(file, group) for file in files for group in range(file.num_row_groups)]
    starts = [0]
    for file, group in groups:
        starts.append(starts[-1] + file.metadata.row_group(group).num_rows)

    @lru_cache(maxsize=4)
    def cells(index: int) -> list[Any]:
        file, group = groups[index]
        return list(file.read_row_group(group, columns=[column]).column(0).to_pylist())

    def read(row: int) -> bytes:
        index = bisect.bisect_right(starts, row) - 1
        cell = cells(index)[row - starts[index]]
        content = cell.get("bytes") if isinstance(cell, dict) else cell
        if not content:
            raise DataError(f"row {row} of {path}: expected an image; the cell is empty.")
        return bytes(content)

    is_struct = pa.types.is_struct(schema.field(column).type)
    inner = [row for file in files for row in _paths(file, column)] if is_struct else []
    paths_of = [path for path in inner if path]
    named = len(paths_of) == starts[-1] and len(set(paths_of)) == len(paths_of)
    ids = paths_of if named else [str(row) for row in range(starts[-1])]
    return rows or [{} for _ in ids], HeldImages(column=column, ids=ids, read=read)


def _holds_images(pa: Any, kind: Any) -> bool:
    if pa.types.is_struct(kind):
        return any(field.name == "bytes" for field in kind)
    return bool(pa.types.is_binary(kind) or pa.types.is_large_binary(kind))


def _paths(file: Any, column: str) -> list[str | None]:
    if f"{column}.path" not in {file.schema.column(i).path for i in range(len(file.schema))}:
        return []
    return [cell.get("path") for cell in file.read(columns=[f"{column}.path"]).column(0).to_pylist()]
