"""Runs an exported model on the images beside it and compares the probabilities. Usage: saved_model.py FOLDER"""

import json
import sys

import numpy as np
import tensorflow as tf

folder = sys.argv[1]
expected = json.load(open(f"{folder}/expected.json"))
labels = json.load(open(f"{folder}/1/labels.json"))
images = np.array(expected["images"], "float32").reshape(-1, 64, 64, 3)
signature = tf.saved_model.load(f"{folder}/1").signatures["serving_default"]
ours = np.array(expected["probabilities"]).reshape(len(images), len(labels))
theirs = signature(images=tf.constant(images))["probabilities"].numpy()
error = np.abs(ours - theirs).max()
print(f"SavedModel in TensorFlow {tf.__version__}: probabilities {ours.shape}, largest difference {error:.1e}")
sys.exit(not error < 1e-5)
