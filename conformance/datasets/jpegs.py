"""Writes packages/datasets/test/fixtures/jpegs.json: JPEGs of all kinds, and what TensorFlow makes of those that sharp needn't decode.

pixels: tf.io.decode_jpeg with the accurate DCT. floats: tf.image.resize of them. resized: those, rounded, halves up.
"""

import base64
import io
import json
import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import PIL
import tensorflow as tf
from PIL import Image, ImageCms

OUT = Path(__file__).parents[2] / "packages/datasets/test/fixtures/jpegs.json"
HEIGHT, WIDTH = 29, 35
SIZE = (19, 40)

y, x = np.mgrid[:HEIGHT, :WIDTH]
waves = [128 + 110 * np.sin(x / (2 + channel)) * np.cos(y / (3 + 2 * channel)) for channel in range(3)]
picture = Image.fromarray(np.stack(waves, -1).astype(np.uint8))


def written(image=picture, **options):
    file = io.BytesIO()
    image.save(file, "JPEG", **options)
    return file.getvalue()


def turned(orientation):
    exif = Image.Exif()
    exif[0x010F] = "a maker"
    exif[0x0112] = orientation
    return exif


def text(data):
    return base64.b64encode(data).decode()


def case(name, file):
    pixels = tf.io.decode_jpeg(file, channels=3, dct_method="INTEGER_ACCURATE")
    floats = tf.image.resize(pixels, SIZE)
    arrays = {"pixels": pixels, "floats": floats, "resized": tf.cast(floats + 0.5, tf.uint8)}
    return {"name": name, "file": text(file)} | {key: text(array.numpy().tobytes()) for key, array in arrays.items()}


simple = {
    "4:4:4": written(subsampling=0, quality=90),
    "4:2:2": written(subsampling=1, quality=90),
    "4:2:0": written(subsampling=2, quality=90),
    "quality 5": written(quality=5),
    "quality 100": written(quality=100, subsampling=0),
    "progressive": written(progressive=True, quality=80),
    "own Huffman tables": written(optimize=True, quality=70),
    "restart markers": written(restart_marker_blocks=3),
    "grey": written(picture.convert("L")),
    "RGB, not YCbCr": written(keep_rgb=True, subsampling=0),
    "EXIF, upright": written(exif=turned(1)),
    "a comment": written(comment=b"of somebody"),
}
others = {
    "on its side": written(exif=turned(6)),
    "mirrored": written(exif=turned(2)),
    "a colour profile": written(icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()),
    "CMYK": written(picture.convert("CMYK")),
    "cut off": written()[:-200],
}

fixture = {
    "versions": {"tensorflow": tf.__version__, "pillow": PIL.__version__},
    "width": WIDTH,
    "height": HEIGHT,
    "size": SIZE,
    "simple": [case(name, file) for name, file in simple.items()],
    "others": [{"name": name, "file": text(file)} for name, file in others.items()],
}
OUT.write_text(json.dumps(fixture) + "\n")
print(OUT.name, OUT.stat().st_size, fixture["versions"])
