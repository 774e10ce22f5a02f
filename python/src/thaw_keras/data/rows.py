"""Rows of label files as dictionaries by column."""

import csv
import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..errors import DataError


def csv_rows(path: str | Path) -> Iterator[dict[str, Any]]:
    """The rows of a CSV or TSV file, plain or gzipped, by the names in its header."""
    text = _text(path)
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, skipinitialspace=True)
    names = [name.strip() for name in next(reader, [])]
    twice = [name for name in names if name and names.count(name) > 1]
    if twice:
        raise DataError(f'{path}: expected columns of different names; received "{twice[0]}" twice.')
    for line, cells in enumerate(reader, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) < len(names) or any(cell.strip() for cell in cells[len(names) :]):
            raise DataError(f"{path}, row {line}: expected {len(names)} cells; received {len(cells)}.")
        yield {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name}


def json_rows(path: str | Path) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON lines, plain or gzipped."""
    for line, text in enumerate(_text(path).splitlines(), start=1):
        if not text.strip():
            continue
        try:
            row = json.loads(text)
        except json.JSONDecodeError as error:
            raise DataError(f"{path}, line {line}: expected a JSON object; {error}.") from error
        if not isinstance(row, dict):
            raise DataError(f"{path}, line {line}: expected a JSON object; received {text[:40]!r}.")
        yield row


def _text(path: str | Path) -> str:
    try:
        content = Path(path).read_bytes()
        return (gzip.decompress(content) if str(path).endswith(".gz") else content).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: expected a readable label file in UTF-8; {error}.") from error
