"""Files that appear whole, or not at all."""

import os
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .errors import OutputError


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """The path of a part file, which takes the file's name once the block has written it.

    A kill, a full disk or an error in the block leaves what stood under the name before. The part file has the
    file's suffix, since some writers demand one. Parts that ended processes of this machine left are removed.

    Raises OutputError if the file can't be written.
    """
    machine = re.sub(r"[^\w]", "_", socket.gethostname())
    part = path.with_name(f".{path.stem}.{machine}-{os.getpid()}.part{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove_left(path, machine)
        # Writers would follow a link of that name.
        part.unlink(missing_ok=True)
        try:
            yield part
            with part.open("rb") as file:
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(
            f"expected to write {path}; {error.strerror or error}. Free space, or choose another folder."
        ) from error


def _remove_left(path: Path, machine: str) -> None:
    name = re.compile(rf"\.{re.escape(path.stem)}\.{re.escape(machine)}-(\d+)\.part{re.escape(path.suffix)}")
    for left in path.parent.iterdir():
        found = name.fullmatch(left.name)
        if found and not _is_running(int(found[1])):
            with suppress(OSError):
                left.unlink()


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
