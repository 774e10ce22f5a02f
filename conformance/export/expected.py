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


def compare(folder, software, theirs, expected, largest=None):
    """Stores what a software computed for exact.py, prints the largest difference of probabilities, and says whether it is small.

    Deep networks of random weights magnify the rounding of float32 more than trained ones: `largest` of the file allows it.
    """
    ours = np.array(expected["probabilities"]).reshape(len(theirs), -1)
    error = np.abs(ours - theirs).max()
    np.save(folder / f"by-{software}.npy", theirs)
    print(f"{folder.name}: {software}: {ours.shape} probabilities, largest difference {error:.1e}, spread {ours.std(0).max():.1e}")
    return bool(error < (largest or expected["largest"]))
