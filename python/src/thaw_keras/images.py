"""Decodes, resizes and warps images to the same bytes as Thaw."""

import io
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from .errors import DataError

Pixels = NDArray[np.uint8]


class AffineMap(NamedTuple):
    """Maps pixel (x, y) of the result to (a x + b y + c, d x + e y + f) in the image."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def after(self, first: "AffineMap") -> "AffineMap":
        """The map that applies `first`, then this one."""
        a, b, c, d, e, f = self
        return AffineMap(
            a * first.a + b * first.d,
            a * first.b + b * first.e,
            a * first.c + b * first.f + c,
            d * first.a + e * first.d,
            d * first.b + e * first.e,
            d * first.c + e * first.f + f,
        )


def decode(content: bytes, name: str) -> Pixels:
    """The pixels of an image file, [height, width, 3], turned as its EXIF orientation says, without alpha.

    Raises DataError, which names the image.
    """
    try:
        with Image.open(io.BytesIO(content)) as image:
            upright = ImageOps.exif_transpose(image)
            if upright.mode in ("P", "PA", "LA"):
                upright = upright.convert("RGBA")
            return np.asarray(upright.convert("RGB"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise DataError(f'image "{name}": expected an image that can be decoded; {error}.') from error


def resize_bilinear(image: Pixels, size: tuple[int, int]) -> Pixels:
    """Bilinear without anti-aliasing, half-pixel centres, halves up: `resizeBilinear` of @thawjs/datasets."""
    top, bottom, down = _taps(image.shape[0], size[0])
    left, right, along = _taps(image.shape[1], size[1])
    source = image.astype(np.float64)
    upper = source[top]
    blended = (upper + (source[bottom] - upper) * down[:, None, None]).astype(np.float32).astype(np.float64)
    first = blended[:, left]
    return (first + (blended[:, right] - first) * along[None, :, None] + 0.5).astype(np.uint8)


def stretch_map(image: Pixels, size: tuple[int, int]) -> AffineMap:
    """The affine map of a resize."""
    a, e = image.shape[1] / size[1], image.shape[0] / size[0]
    return AffineMap(a, 0, a / 2 - 0.5, 0, e, e / 2 - 0.5)


def sample_bilinear(image: Pixels, at: AffineMap, size: tuple[int, int]) -> Pixels:
    """Warps an image that is reflected at its edges, like `sampleBilinear` of @thawjs/datasets, with the same
    roundings."""
    height, width = image.shape[:2]
    x = _positions(at.b, at.c, at.a, size)
    y = _positions(at.e, at.f, at.d, size)
    u, v = _reflected(x, width), _reflected(y, height)
    x0, y0 = u.astype(np.int64), v.astype(np.int64)
    u, v = u - x0, v - y0
    x1, y1 = np.minimum(x0 + 1, width - 1), np.minimum(y0 + 1, height - 1)
    w11 = u * v
    w01 = u - w11
    w10 = v - w11
    w00 = 1 - u - w10
    source = image.astype(np.float64)
    total = source[y0, x0] * w00[..., None]
    for rows, columns, share in ((y0, x1, w01), (y1, x0, w10), (y1, x1, w11)):
        total = total + source[rows, columns] * share[..., None]
    return (total + 0.5).astype(np.uint8)


def _taps(size: int, out: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    position = (np.arange(out) + 0.5) * (size / out) - 0.5
    floor = np.floor(position)
    lower = np.maximum(floor, 0).astype(np.int64)
    upper = np.minimum(floor + 1, size - 1).astype(np.int64)
    return lower, upper, (position - floor).astype(np.float32).astype(np.float64)


def _positions(per_row: float, start: float, step: float, size: tuple[int, int]) -> NDArray[np.float64]:
    """The positions of each row, summed from left to right, so that they round like those of Thaw's loop."""
    steps = np.full(size, step, dtype=np.float64)
    steps[:, 0] = per_row * np.arange(size[0]) + start
    return np.cumsum(steps, axis=1)


def _reflected(position: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    folded = np.fmod(position + 0.5, 2 * size)
    folded = np.where(folded < 0, folded + 2 * size, folded)
    folded = np.where(folded > size, 2 * size - folded, folded)
    outside = (position < 0) | (position > size - 1)
    return np.where(outside, np.clip(folded - 0.5, 0, size - 1), position)
