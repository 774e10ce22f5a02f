"""Finds the image files that label files name."""

from collections.abc import Sequence
from pathlib import Path

from ..errors import DataError

ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".tif", ".tiff", ".bmp")


def image_paths(names: Sequence[str], roots: Sequence[Path], place: str) -> list[Path]:
    """The file of each name: below one of the roots by its path, or anywhere below them by its file's name alone.

    Raises DataError if a file is missing, a name is of several files, or it leads out of the roots, as by `..` or a link.
    """
    inside = [root.resolve() for root in roots]
    found: list[Path] = []
    by_name: dict[str, list[Path]] | None = None
    for name in names:
        direct = next((root / name for root in roots if (root / name).is_file()), None)
        if direct is None:
            by_name = by_name if by_name is not None else _files_by_name(roots)
            file = Path(name).name
            matches = by_name.get(file) or by_name.get(Path(file).stem, [])
            if len(matches) != 1:
                what = "none" if not matches else f"{len(matches)}, such as {matches[0]} and {matches[1]}"
                raise DataError(
                    f'{place}: expected one image "{name}" in {", ".join(map(str, roots))}; found {what}.'
                )
            direct = matches[0]
        if not any(direct.resolve().is_relative_to(root) for root in inside):
            raise DataError(
                f'{place}: expected images in {", ".join(map(str, roots))}; "{name}" leads out of there, to '
                f"{direct.resolve()}. Give the folder that it is in as images."
            )
        found.append(direct)
    return found


def _files_by_name(roots: Sequence[Path]) -> dict[str, list[Path]]:
    files: dict[str, list[Path]] = {}
    for root in roots:
        for path in sorted(root.rglob("*")):
            if path.suffix.lower() in ENDINGS and path.is_file():
                for key in {path.name, path.stem}:
                    files.setdefault(key, []).append(path)
    return files
