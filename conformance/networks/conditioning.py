"""Images on which a comparison of gradients tells something.

If one input of a ReLU rounds to the other side of 0, single gradients move by per cents, in the reference itself, too. Images
are therefore drawn anew, from the next seed, until the reference's gradients in float32 equal its own in float64.
"""

SEEDS = [7 + 1_000_000 * n for n in range(12)]
LARGEST_DISTANCE = 1e-5


def first_well_conditioned(compare):
    """The seed, and what `compare(seed)` returned for it: the distance of the reference from itself, and what it computed.

    If no seed is good enough, the last one counts.
    """
    for seed in SEEDS:
        result = compare(seed)
        distance, _ = result
        print(f"seed {seed}: the reference in float32 is {distance:.1e} from itself in float64", flush=True)
        if distance < LARGEST_DISTANCE:
            break
    return seed, result
