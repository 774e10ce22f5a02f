"""Rows of label files as dictionaries by column."""

import csv
import io
import json
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..errors import DataError

_MOST_BYTES = 2**29


def csv_rows(path: str | Path) -> Iterator[dict[str, Any]]:
    """The rows of a CSV or TSV file, plain or gzipped, by the names in its header."""
    text = _text(path)
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    # Strict: a quote that is never closed would otherwise make one cell of all rows behind it.
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, skipinitialspace=True, strict=True)
    names = [name.strip() for name in next(reader, [])]
    twice = first_repeated([name for name in names if name])
    if twice is not None:
        raise DataError(f'{path}: expected columns of different names; received "{twice}" twice.')
    for line, cells in enumerate(reader, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) < len(names) or any(cell.strip() for cell in cells[len(names) :]):
            raise DataError(f"{path}, row {line}: expected {len(names)} cells; received {len(cells)}.")
        yield {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name}


def first_repeated(names: Sequence[str]) -> str | None:
    """The first name that comes a second time."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None


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
        return (_inflated(content) if str(path).endswith(".gz") else content).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError, zlib.error) as error:
        raise DataError(f"{path}: expected a readable label file in UTF-8; {error}.") from error


def _inflated(content: bytes) -> bytes:
    """The content of a gzipped file, which may have several members. A small file can hold gigabytes of zeros."""
    inflated = bytearray()
    while content:
        member = zlib.decompressobj(wbits=31)
        inflated += member.decompress(content, _MOST_BYTES + 1 - len(inflated))
        if len(inflated) > _MOST_BYTES:
            raise OSError(f"it has more than {_MOST_BYTES:,} bytes, inflated")
        if not member.eof:
            raise OSError("the gzipped data ends early")
        content = member.unused_data.lstrip(b"\0")
    return bytes(inflated)
