"""The meaning of cells in label columns, as in Thaw's readers."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import DataError

UNKNOWN = 2
_MISSING = {"", "?", "nan", "na", "n/a", "#n/a", "<na>", "null", "none"}
_YES = {"1", "true", "yes"}
_NO = {"false", "no"}
_NEGATIVE = {
    "zero-one": {"0", *_NO},
    "plus-minus": {"-1", *_NO},
    None: {"0", "-1", *_NO},
}
_WHOLE = re.compile(r"([+-]?)0*(\d+)(?:[.,]0*)?(?:e[+-]?0+)?")
_NAME_LISTS = ("choices", "labels", "label", "tags", "tag", "classes", "class", "names", "name", "categories")

Matrix = tuple[tuple[str, ...], NDArray[np.uint8], NDArray[np.bool_] | None]


def value_matrix(
    place: str, rows: Sequence[Mapping[str, Any]], labels: Sequence[str], values: str | None
) -> Matrix:
    """One column per label: 0 or 1, -1 or 1, yes or no, or empty for unknown labels."""
    if values not in _NEGATIVE:
        raise DataError(f"{place}: expected values 'zero-one' or 'plus-minus'; received {values!r}.")
    cells = np.zeros((len(rows), len(labels)), dtype=np.uint8)
    seen = set()
    for row, record in enumerate(rows):
        for column, label in enumerate(labels):
            text = _normal(record.get(label))
            seen.add(text)
            if text in _MISSING:
                cells[row, column] = UNKNOWN
            elif text in _YES:
                cells[row, column] = 1
            elif text not in _NEGATIVE[values]:
                raise DataError(
                    f'{place}, row {row + 1}: expected 0 or 1, or nothing, for "{label}"; received {text[:40]!r}. '
                    "Say which columns are labels."
                )
    if values is None and {"0", "-1"} <= seen:
        raise DataError(
            f"{place}: received both -1 and 0 in columns of labels, which can mean negative or uncertain. "
            "Give values: 'zero-one' or 'plus-minus'."
        )
    known = cells != UNKNOWN
    return tuple(labels), np.where(known, cells, 0).astype(np.uint8), None if known.all() else known


def name_matrix(
    place: str, cells: Iterable[Any], delimiter: str = "|", names: Sequence[str] | None = None
) -> Matrix:
    """One column with the names of an image's labels: a list, or text with a delimiter, or numbers of `names`."""
    lists = [_names(place, row, cell, delimiter, names) for row, cell in enumerate(cells, start=1)]
    labels = tuple(names) if names is not None else tuple(sorted({name for found in lists for name in found}))
    columns = {label: column for column, label in enumerate(labels)}
    y = np.zeros((len(lists), len(labels)), dtype=np.uint8)
    for row, found in enumerate(lists):
        for name in found:
            if name not in columns:
                raise DataError(
                    f'{place}, row {row + 1}: expected labels out of {", ".join(labels)}; received "{name}".'
                )
            y[row, columns[name]] = 1
    return labels, y, None


def _names(place: str, row: int, cell: Any, delimiter: str, names: Sequence[str] | None) -> list[str]:
    if isinstance(cell, str):
        text = cell.strip()
        if text.startswith(("[", "{")):
            return _names(place, row, json.loads(text), delimiter, names)
        if names is not None and text.isdigit():
            return [_numbered(place, row, int(text), names)]
        return [part.strip() for part in text.split(delimiter) if part.strip()]
    if cell is None:
        return []
    if isinstance(cell, bool | int | np.integer) and names is not None:
        return [_numbered(place, row, int(cell), names)]
    if isinstance(cell, Mapping):
        inner = next((cell[key] for key in _NAME_LISTS if key in cell), None)
        if inner is not None:
            return _names(place, row, inner, delimiter, names)
        if all(value in (0, 1, True, False) for value in cell.values()):
            return [name for name, value in cell.items() if value]
    if isinstance(cell, Sequence | np.ndarray):
        entries = list(cell)
        if all(isinstance(entry, str) for entry in entries):
            return [entry.strip() for entry in entries]
        if names is not None and all(isinstance(entry, int | np.integer) for entry in entries):
            return [_numbered(place, row, int(entry), names) for entry in entries]
    raise DataError(f"{place}, row {row}: expected names of labels; received {str(cell)[:60]!r}.")


def _numbered(place: str, row: int, number: int, names: Sequence[str]) -> str:
    if 0 <= number < len(names):
        return names[number]
    raise DataError(
        f"{place}, row {row}: expected a number of a label from 0 to {len(names) - 1}; received {number}."
    )


def _normal(cell: Any) -> str:
    """A cell's text without spaces, in lower case. 1, 1.0, +1 and 1e0 become '1'."""
    if cell is None or (isinstance(cell, float) and np.isnan(cell)):
        return ""
    text = str(cell).strip().lower()
    found = _WHOLE.fullmatch(text)
    if not found:
        return text
    sign, whole = found.groups()
    return whole if whole == "0" or sign != "-" else f"-{whole}"
