"""Keras' side of one measure. Usage: UNIT NETWORK BATCH-SIZE IMAGES POLICY. Answers lines, see answering.ts."""

import json
import os
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"
import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from efficientnet_lite0 import efficientnet_lite0  # noqa: E402

unit, network, batch_size, images = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
keras.mixed_precision.set_dtype_policy(sys.argv[5])
labels, side = 39, 224

if network == "efficientnet_lite0":
    base = efficientnet_lite0((side, side, 3))
else:
    application = keras.applications.MobileNetV2 if network == "mobilenet_v2" else keras.applications.ResNet50
    base = application(weights=None, include_top=False, input_shape=(side, side, 3))
inputs = keras.Input((side, side, 3))
training = None if unit == "bn" else False
x = base(inputs, training=training)
x = keras.layers.GlobalAveragePooling2D()(x)
x = keras.layers.Dropout(0.2)(x)
model = keras.Model(inputs, keras.layers.Dense(labels, activation="sigmoid", dtype="float32")(x))

pixels = np.random.default_rng(1).integers(0, 256, (images, side, side, 3)).astype("float32") - 120
y = (np.arange(images * labels) * 7919 % 5 < 2).astype("float32").reshape(images, labels)
# Batches of tensors in memory. From arrays, Keras would copy each batch anew.
batches = tf.data.Dataset.from_tensors(0)
kept = [
    (tf.constant(pixels[i : i + batch_size]), tf.constant(y[i : i + batch_size]))
    for i in range(0, images, batch_size)
]


def data():
    yield from kept


signature = (tf.TensorSpec((None, side, side, 3)), tf.TensorSpec((None, labels)))
batches = tf.data.Dataset.from_generator(data, output_signature=signature)
batches = batches.apply(tf.data.experimental.assert_cardinality(len(kept)))
del pixels

started = None


def asked():
    global started
    for line in iter(sys.stdin.readline, ""):
        if line.strip() == "peak":
            status = open("/proc/self/status").read()
            answer({"bytes": int(status.split("VmHWM:")[1].split()[0]) * 1024})
        else:
            started = time.perf_counter()
            return
    sys.exit(0)


def answer(values):
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


def unit_done():
    answer({"ms": (time.perf_counter() - started) * 1000})
    asked()


each_epoch = keras.callbacks.LambdaCallback(on_epoch_end=lambda *_: unit_done())


def compile_with(rate):
    model.compile(keras.optimizers.Adam(rate), "binary_crossentropy")


def freeze(batch_norm):
    base.trainable = True
    first = 10 if network == "resnet50" else 0
    for i, layer in enumerate(base.layers):
        layer.trainable = i >= first and not (batch_norm and isinstance(layer, keras.layers.BatchNormalization))


def fit(epochs, callbacks=()):
    model.fit(batches, epochs=epochs, verbose=0, callbacks=list(callbacks))


asked()
if unit == "forward":
    while True:
        model.predict(batches, verbose=0)
        unit_done()
elif unit == "head":
    base.trainable = False
    while True:
        compile_with(1e-3)
        fit(8)
        unit_done()
elif unit == "seed":
    base.trainable = False
    compile_with(1e-3)
    fit(8, [each_epoch])
    freeze(batch_norm=False)
    compile_with(1e-5)
    fit(20, [each_epoch])
else:
    if unit == "bn":
        base.trainable = True
    else:
        freeze(batch_norm=unit == "fine")
    compile_with(1e-5)
    fit(1000, [each_epoch])
