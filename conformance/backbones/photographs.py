"""Writes scikit-learn's two photographs as 224×224 raw RGB bytes: the centre square, resized.

python conformance/backbones/photographs.py FOLDER
"""

import sys
from pathlib import Path

import sklearn.datasets
import tensorflow as tf

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
for file in (Path(sklearn.datasets.__file__).parent / "images").glob("*.jpg"):
    image = tf.io.decode_jpeg(file.read_bytes(), channels=3).numpy()
    side = min(image.shape[:2])
    top, left = (image.shape[0] - side) // 2, (image.shape[1] - side) // 2
    square = image[top : top + side, left : left + side]
    resized = tf.image.resize(square, (224, 224), method="bicubic", antialias=True)
    tf.cast(tf.clip_by_value(tf.round(resized), 0, 255), tf.uint8).numpy().tofile(folder / f"{file.stem}.rgb")
