"""The gradients of networks of PyTorch in float64, and what a training step moves BatchNormalization's statistics by.

$(bash conformance/backbones/torch-venv.sh) conformance/networks/gradients_torch.py FOLDER NETWORK…
→ FOLDER/NETWORK/{affine,training}.safetensors, FOLDER/NETWORK/facts.json
"""

import functools
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "backbones"))
import safetensors.torch  # noqa: E402
import torch  # noqa: E402
import torch_networks  # noqa: E402
from conditioning import BENDS, margin, seed_of_widest_margin  # noqa: E402
from reference_weights import IMAGES, SIDE, binary_labels, pixels  # noqa: E402
from torch import nn  # noqa: E402

MODES = {"affine": False, "training": True}
# For images this small, several threads cost more than they gain.
torch.set_num_threads(1)


def computed(network, state, dtype, training, seed):
    """Loss, gradients and changes of moving statistics by name. Only BatchNormalization is in training: nothing is random."""
    network.to(dtype).load_state_dict({key: value.to(dtype) for key, value in state.items()}, strict=False)
    norms = {key: module for key, module in network.named_modules() if isinstance(module, nn.BatchNorm2d)}
    counts = {}

    def counting(key):
        return lambda _, inputs, __: counts.update({key: inputs[0].numel() // inputs[0].shape[1]})

    hooks = [norm.register_forward_hook(counting(key)) for key, norm in norms.items()]
    for norm in norms.values():
        norm.train(training)
    network.zero_grad()
    images = torch.from_numpy(pixels(SIDE, SIDE, IMAGES, seed)).to(dtype).permute(0, 3, 1, 2)
    labels = torch.from_numpy(binary_labels(IMAGES, 1000)).to(dtype)
    loss = nn.functional.binary_cross_entropy_with_logits(network(images), labels)
    loss.backward()
    for hook in hooks:
        hook.remove()
    after = network.state_dict()
    moved = {key: after[key] - value.to(dtype) for key, value in state.items() if "running_" in key}
    for key in moved if training else ():
        module, own = key.rpartition(".")[::2]
        if own == "running_var":
            moved[key] = as_keras(moved[key], state[key], counts[module], norms[module].momentum)
    gradients = {key: value.grad.clone() for key, value in network.named_parameters() if key in state}
    return {"loss": loss.item(), "gradients": gradients, "moved": moved, "norms": len(norms)}


def as_keras(moved, before, count, momentum):
    """PyTorch's variance of `count` numbers is unbiased; Keras' (and ours) is biased."""
    return (moved + momentum * before) * (count - 1) / count - momentum * before


def distance(a, b):
    """The relative distance of all gradients as one vector."""
    of = sum(((a[key] - b[key]) ** 2).sum() for key in b)
    return (of / sum((value**2).sum() for value in b.values())).sqrt().item()


def margins(network, state):
    """The margin of a seed's images, in float64."""
    network.to(torch.float64).load_state_dict({key: value.double() for key, value in state.items()}, strict=False)
    found = []

    def watch(bends):
        return lambda _, inputs: found.append(margin(inputs[0], bends, inputs[0].square().mean().sqrt().item()))

    for module in network.modules():
        bends = BENDS.get(type(module).__name__.lower())
        if bends:
            module.register_forward_pre_hook(watch(bends))

    @functools.cache
    def of(seed):
        found.clear()
        with torch.no_grad():
            network(torch.from_numpy(pixels(SIDE, SIDE, IMAGES, seed)).double().permute(0, 3, 1, 2))
        return min(found, default=float("inf"))

    return of


def compared(network, state, training, seed):
    """The distance of the float32 gradients from the float64 ones, and the results in float64."""
    exact = computed(network, state, torch.float64, training, seed)
    single = computed(network, state, torch.float32, training, seed)
    return distance(single["gradients"], exact["gradients"]), exact


for name in sys.argv[2:]:
    folder = Path(sys.argv[1]) / name
    folder.mkdir(parents=True, exist_ok=True)
    network = torch_networks.make(name, (SIDE, SIDE)).eval()
    state = torch_networks.fill(network)
    seed = seed_of_widest_margin(margins(network, state))
    reference = f"{torch_networks.NETWORKS[name][0]}, PyTorch {torch.__version__}"
    facts = {"reference": reference, "seed": seed, "modes": {}}
    for mode, training in MODES.items():
        own_distance, exact = compared(network, state, training, seed)
        stored = {key: value.float().contiguous() for key, value in {**exact["gradients"], **exact["moved"]}.items()}
        safetensors.torch.save_file(stored, folder / f"{mode}.safetensors")
        facts["norms"] = exact["norms"]
        facts["modes"][mode] = {"loss": exact["loss"], "ownDistance": own_distance}
    (folder / "facts.json").write_text(json.dumps(facts) + "\n")
    print(name, facts, flush=True)
