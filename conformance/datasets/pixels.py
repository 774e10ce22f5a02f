"""Writes packages/datasets/test/fixtures/pixels.json: what Pillow and TensorFlow make of the colours of small images."""

import json
import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import PIL
import tensorflow as tf
from PIL import Image, ImageEnhance, ImageOps

rng = np.random.default_rng(11)
OUT = Path(__file__).parents[2] / "packages/datasets/test/fixtures/pixels.json"
HEIGHT, WIDTH = 9, 8


def image():
    """Values close to one colour, so that stretching has a visible effect."""
    base = rng.integers(40, 200, 3)
    return np.clip(rng.normal(base, 35, (HEIGHT, WIDTH, 3)), 0, 255).astype(np.uint8)


def large():
    """Enough pixels for equalize to have an effect."""
    return np.clip(rng.normal(120, 30, (24, 24, 3)), 0, 255).astype(np.uint8)


def case(name, amount, of, source=None):
    source = image() if source is None else source
    result = np.asarray(of(Image.fromarray(source)))
    return {
        "operation": [name, amount],
        "size": list(source.shape[:2]),
        "image": source.ravel().tolist(),
        "expected": result.ravel().tolist(),
    }


def enhance(name, enhancer, factors):
    return [case(name, factor, lambda picture, f=factor: enhancer(picture).enhance(f)) for factor in factors]


def hue(turn):
    source = image()
    result = tf.image.adjust_hue(tf.constant(source, tf.float32) / 255, turn) * 255
    return {
        "operation": ["hue", turn],
        "size": [HEIGHT, WIDTH],
        "image": source.ravel().tolist(),
        "expected": [round(float(value), 3) for value in result.numpy().ravel()],
    }


fixture = {
    "versions": {"pillow": PIL.__version__, "tensorflow": tf.__version__, "numpy": np.__version__},
    "cases": [
        *enhance("brightness", ImageEnhance.Brightness, [0.0, 0.4, 1.0, 1.7]),
        *enhance("contrast", ImageEnhance.Contrast, [0.0, 0.4, 1.0, 1.7]),
        *enhance("saturation", ImageEnhance.Color, [0.0, 0.4, 1.0, 1.7]),
        *enhance("sharpness", ImageEnhance.Sharpness, [0.0, 0.4, 1.0, 1.7]),
        *[case("posterize", bits, lambda picture, b=bits: ImageOps.posterize(picture, b)) for bits in (8, 5, 1)],
        *[case("solarize", level, lambda picture, t=level: ImageOps.solarize(picture, t)) for level in (0, 100, 256)],
        case("autoContrast", 0, ImageOps.autocontrast),
        case("autoContrast", 0, ImageOps.autocontrast, np.full((3, 3, 3), 77, np.uint8)),
        case("equalize", 0, ImageOps.equalize, large()),
        case("equalize", 0, ImageOps.equalize),
        *[hue(turn) for turn in (0.1, -0.1, 0.5, 1 / 3)],
    ],
}
OUT.write_text(json.dumps(fixture) + "\n")
print(OUT.name, OUT.stat().st_size, fixture["versions"])
