"""The augmentation of an image, drawn from (seed, epoch, id) with the same random numbers as in Thaw."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .errors import RecipeError
from .images import AffineMap, Pixels, resize_bilinear, sample_bilinear, stretch_map
from .random_streams import hash_text, random_stream

_MOVES = ("flip", "rotation", "zoom", "translation")


@dataclass(frozen=True)
class Augmentation:
    """The ranges of the random changes to training images: mirroring, rotation, zoom, translation."""

    flip: bool = False
    rotation: float = 0.0
    zoom: float = 0.0
    translation: float = 0.0


def augmentation_of(description: Mapping[str, Any] | None) -> Augmentation | None:
    """The augmentation of a recipe.

    Raises RecipeError, which names what can't be drawn here: colours, erasing, RandAugment, mixed images.
    """
    if description is None:
        return None
    others = sorted(name for name, value in description.items() if name not in _MOVES and value)
    if others:
        raise RecipeError(
            f"augmentation: expected {', '.join(_MOVES)}; received {', '.join(others)} too, which thaw_keras lacks. "
            "Train with Thaw, or leave them out of the recipe."
        )
    return Augmentation(**{name: value for name, value in description.items() if name in _MOVES})


def draw(
    image: Pixels,
    size: tuple[int, int],
    augmentation: Augmentation | None,
    *,
    seed: int,
    epoch: int,
    image_id: str,
) -> Pixels:
    """An image at the network's size, augmented if there is an augmentation. Pixels are interpolated only once."""
    if augmentation is None or augmentation == Augmentation():
        return resize_bilinear(image, size)
    return sample_bilinear(
        image, stretch_map(image, size).after(_transform(augmentation, size, seed, epoch, image_id)), size
    )


def _transform(
    augmentation: Augmentation, size: tuple[int, int], seed: int, epoch: int, image_id: str
) -> AffineMap:
    """A random flip, rotation, zoom and translation. Five numbers are always drawn."""
    following = random_stream(seed, epoch, hash_text(image_id))

    def within(limit: float) -> float:
        return (2 * following() - 1) * limit

    mirrored = following() < 0.5 and augmentation.flip
    angle = within(augmentation.rotation * 2 * math.pi)
    scale = 1 + within(augmentation.zoom)
    down = within(augmentation.translation)
    right = within(augmentation.translation)
    height, width = size
    cos, sin = math.cos(angle) * scale, math.sin(angle) * scale
    a, b, d, e = (-cos, sin, sin, cos) if mirrored else (cos, -sin, sin, cos)
    x, y = (width - 1) / 2, (height - 1) / 2
    centred = AffineMap(a, b, x - a * x - b * y, d, e, y - d * x - e * y)
    if right == 0 and down == 0:
        return centred
    return centred.after(AffineMap(1, 0, -right * width, 0, 1, -down * height))
