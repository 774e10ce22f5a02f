"""Opens tables of labels: CSV, TSV, JSON lines and parquet."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import DataError, reading
from .image_files import image_paths
from .label_cells import name_matrix, value_matrix
from .labelled_images import LabelledImages
from .parquet import HeldImages, parquet_rows
from .rows import csv_rows, first_repeated, json_rows

_PARTS = {
    **dict.fromkeys(("train", "training", "trn"), "train"),
    **dict.fromkeys(("val", "valid", "validation", "dev"), "validation"),
    **dict.fromkeys(("test", "testing", "tst"), "test"),
}
_NUMBERED = {"0": "train", "1": "validation", "2": "test"}
_SPLIT_NAME = re.compile(r"(?:(?:data|official|eval)?[ _-]?(?:split|partition|subset|fold))", re.IGNORECASE)


def open_table(
    path: str | Path,
    *,
    images: str | Path | Sequence[str | Path] | None = None,
    image: str | None = None,
    columns: Sequence[str] | None = None,
    tags: str | None = None,
    delimiter: str = "|",
    names: Sequence[str] | None = None,
    values: str | None = None,
    split: str | None = None,
) -> LabelledImages:
    """Opens a `.csv`, `.tsv`, `.jsonl`, `.ndjson` (each plain or `.gz`) or `.parquet` file, or several parquet files' folder.

    images: folders of the image files; default the label file's own. Parquet may hold the images itself.
    image: the column that names the images; default the first one, or the one that holds them.
    columns: the columns of labels, one per label; default all others. tags: the one column of names instead.
    split: the column of official parts: train, validation, test, or all of 0, 1 and 2.

    Raises DataError if a cell, a column or an image isn't what it has to be.
    """
    path = Path(path)
    held: HeldImages | None = None
    with reading(DataError, f"{path}: expected a table of labels"):
        if path.suffix == ".parquet" or path.is_dir():
            rows, held = parquet_rows(path, image)
        else:
            is_json = re.search(r"\.(jsonl|ndjson)(\.gz)?$", path.name, re.IGNORECASE)
            rows = list((json_rows if is_json else csv_rows)(path))
    if not rows:
        raise DataError(f"{path}: expected rows after the header; found none.")
    header = list(rows[0])
    for name in [image, tags, split, *(columns or [])]:
        if name is not None and name not in header and not (held and name == held.column):
            raise DataError(f'{path}: expected a column "{name}"; there are {", ".join(header)}.')
    if not header:
        raise DataError(f"{path}: expected a column of image names; the first row has none.")
    ids_column = image if image is not None and image in header else header[0]
    for needed in (ids_column, split):
        lacking = next(
            (row for row, cells in enumerate(rows) if needed is not None and needed not in cells), None
        )
        if lacking is not None:
            raise DataError(
                f'{path}, row {lacking + 1}: expected "{needed}", as the first row has; found none.'
            )
    ids = [str(row[ids_column]).strip() for row in rows]
    if held and ids_column == header[0] and image not in header:
        ids = held.ids
    repeated = first_repeated(ids)
    if repeated is not None:
        raise DataError(f'{path}: expected ids that differ; received "{repeated}" a second time.')
    place = str(path)
    if tags is not None:
        matrix = name_matrix(place, [row.get(tags) for row in rows], delimiter, names)
    else:
        others = {split} if held else {ids_column, split}
        chosen = list(columns) if columns is not None else [name for name in header if name not in others]
        if columns is None:
            _refuse_split(place, chosen)
        matrix = value_matrix(place, rows, chosen, values)
    labels, y, known = matrix
    if not labels:
        raise DataError(f"{path}: expected columns of labels; found none.")
    parts = None if split is None else _parts(place, rows, split)
    if held:
        read = held.read
    else:
        roots = [
            Path(one) for one in ([images] if isinstance(images, str | Path) else images or [path.parent])
        ]
        files = image_paths(ids, roots, place)

        def read(row: int) -> bytes:
            return files[row].read_bytes()

    return LabelledImages(ids=tuple(ids), labels=labels, y=y, known=known, read=read, parts=parts)


def _refuse_split(place: str, names: Sequence[str]) -> None:
    split = next((name for name in names if _SPLIT_NAME.fullmatch(name)), None)
    if split is not None:
        raise DataError(
            f'{place}: expected columns of labels; "{split}" is named like the official split. '
            f"Say what it is: split={split!r}, or name the labels with columns."
        )


def _parts(place: str, rows: Sequence[Mapping[str, Any]], column: str) -> tuple[str, ...]:
    cells = [str(row[column]).strip().lower() for row in rows]
    words = _NUMBERED if set(cells) == set(_NUMBERED) else _PARTS
    wrong = next((cell for cell in cells if cell not in words), None)
    if wrong is not None:
        raise DataError(f'{place}: expected train, validation or test in "{column}"; received {wrong!r}.')
    return tuple(words[cell] for cell in cells)
