"""What export.ts wrote beside an exported model: images, and the probabilities that predict gives."""

import numpy as np


def images(expected):
    return np.array(expected["images"], "float32").reshape(expected["shape"])


def preprocessed(expected):
    """The images as the network itself takes them."""
    preprocessing = expected["preprocessing"]
    pixels = images(expected)
    if preprocessing["channelOrder"] == "bgr":
        pixels = pixels[..., ::-1]
    mean = np.array(preprocessing["mean"], "float32")
    return (pixels - mean) * np.array(preprocessing["scale"], "float32")


def compare(name, theirs, expected, largest=None):
    """Prints the largest difference of probabilities, and says whether it is small.

    Deep networks of random weights magnify the rounding of float32 more than trained ones: `largest` of the file allows it.
    """
    ours = np.array(expected["probabilities"]).reshape(len(theirs), -1)
    error = np.abs(ours - theirs).max()
    print(f"{name}: {ours.shape} probabilities, largest difference {error:.1e}, spread {ours.std(0).max():.1e}")
    return bool(error < (largest or expected["largest"]))
