"""Opens data, by the names of its files."""

from collections.abc import Sequence
from pathlib import Path

from ..errors import DataError
from .labelled_images import LabelledImages
from .tables import open_table
from .web_dataset import open_web_dataset


def open_data(
    path: str | Path,
    *,
    images: str | None = None,
    image: str | None = None,
    tags: str | None = None,
    columns: Sequence[str] | None = None,
    split: str | None = None,
) -> LabelledImages:
    """Opens a table of labels, or WebDataset shards: one `.tar`, or a folder of them. See `open_table`."""
    place = Path(path)
    if not place.exists():
        raise DataError(f"{path}: expected a label file or shards; found nothing. Check the path.")
    if place.suffix == ".tar" or (place.is_dir() and any(place.glob("*.tar"))):
        given = {"images": images, "image": image, "columns": columns, "split": split}
        extra = [name for name, value in given.items() if value is not None]
        if extra:
            raise DataError(
                f"{path}: expected tags alone beside WebDataset shards; received {', '.join(extra)} too."
            )
        return open_web_dataset(place, tags=tags)
    if place.is_dir() and not any(place.glob("*.parquet")):
        raise DataError(f"{path}: expected a label file, or a folder of .parquet or .tar files; found none.")
    return open_table(place, images=images, image=image, tags=tags, columns=columns, split=split)
