"""Images on which a comparison of gradients tells something.

If the input of a ReLU rounds to the other side of 0, single gradients move by per cents: softwares that fold or order sums
otherwise, and the reference in float32 itself, then differ from the reference in float64. Of some images, those are taken
whose inputs of such functions are furthest from where the functions bend.
"""

SEEDS = [7 + 1_000_000 * n for n in range(24)]

# Where functions bend, by lower-case names of Keras' functions and PyTorch's classes.
BENDS = {"relu": (0,), "relu6": (0, 6)} | dict.fromkeys(("hardswish", "hard_silu", "hardsigmoid", "hard_sigmoid"), (-3, 3))


def margin(x, bends, rms):
    """The distance of numbers from the bends of a function, relative to their root mean square."""
    return min(float(abs(x - bend).min()) for bend in bends) / rms


def seed_of_widest_margin(margin_of):
    """The seed whose images have the widest margin, and that margin. 7 if nothing bends."""
    seed = max(SEEDS, key=margin_of) if margin_of(SEEDS[0]) < float("inf") else SEEDS[0]
    print(f"seed {seed}: the margin is {margin_of(seed):.1e}", flush=True)
    return seed
