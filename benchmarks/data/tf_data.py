"""tf.data's side of the data benchmark, set up as in Keras' guides. Usage: FOLDER BATCH_SIZE.

Each line of standard input names a pass, `plain` or `augmented`; the answer is a line of JSON.
"""

import json
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import tensorflow as tf

folder, batch_size = Path(sys.argv[1]), int(sys.argv[2])
paths = sorted(str(path) for path in folder.glob("*.jpg"))

varied = keras.Sequential(
    [
        keras.layers.RandomFlip("horizontal"),
        keras.layers.RandomRotation(0.03),
        keras.layers.RandomZoom(0.1),
    ]
)


def load(path):
    image = tf.io.decode_jpeg(tf.io.read_file(path), channels=3)
    return tf.image.resize(image, (224, 224))


plain = tf.data.Dataset.from_tensor_slices(paths).shuffle(len(paths))
plain = plain.map(load, num_parallel_calls=tf.data.AUTOTUNE).batch(batch_size)
augmented = plain.map(lambda x: varied(x, training=True), num_parallel_calls=tf.data.AUTOTUNE)
passes = {name: pipeline.prefetch(tf.data.AUTOTUNE) for name, pipeline in [("plain", plain), ("augmented", augmented)]}

print(json.dumps({"tensorflow": tf.__version__, "keras": keras.__version__}), flush=True)
for line in sys.stdin:
    count = 0
    started = time.perf_counter()
    for batch in passes[line.strip()]:
        count += len(batch)
    print(json.dumps({"msPerImage": 1000 * (time.perf_counter() - started) / count}), flush=True)
