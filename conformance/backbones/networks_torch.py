"""torchvision's, timm's and PyPI's networks with made-up weights: their own files, and what every layer of them gives.

$(bash conformance/backbones/torch-venv.sh) conformance/backbones/networks_torch.py FOLDER [NETWORK…]
→ FOLDER/NETWORK.safetensors, .pth; packages/core/test/fixtures/backbones/NETWORK.json
"""

import json
import sys
from pathlib import Path

import safetensors.torch
import timm
import torch
import torch_networks
import torchvision
from reference_weights import pixels
from torch import nn

FIXTURES = Path(__file__).parents[2] / "packages" / "core" / "test" / "fixtures" / "backbones"
FIXTURES.mkdir(parents=True, exist_ok=True)
SIZE = (72, 65)

def size_of(library):
    return (96, 96) if library == "efficientnet_lite_pytorch" else SIZE


folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
for ours in sys.argv[2:] or torch_networks.NETWORKS:
    library, _ = torch_networks.NETWORKS[ours]
    network = torch_networks.make(ours, size_of(library)).eval()
    state = torch_networks.fill(network)
    safetensors.torch.save_file(state, folder / f"{ours}.safetensors")
    torch.save(network.state_dict(), folder / f"{ours}.pth")
    layers = {}

    def watch(name):
        def hook(_, __, output):
            # Scores of all of a layer, whatever the order of its axes.
            layers[name] = [float(output.double().mean()), float(output.double().abs().mean())]

        return hook

    for name, module in network.named_modules():
        # timm's BatchNorm has the activation in it.
        if isinstance(module, (nn.Conv2d, nn.Linear, nn.BatchNorm2d, nn.LayerNorm)) and not hasattr(module, "act"):
            module.register_forward_hook(watch(name))
    with torch.no_grad():
        scores = network(torch.from_numpy(pixels(*size_of(library))).permute(0, 3, 1, 2))
    versions = {"torch": torch.__version__, "torchvision": torchvision.__version__, "timm": timm.__version__}
    fixture = {
        "madeBy": "conformance/backbones/networks_torch.py",
        "reference": library,
        "versions": versions,
        "inputSize": size_of(library),
        "parameters": sum(value.numel() for name, value in network.state_dict().items() if value.is_floating_point()),
        "weights": {name: list(value.shape) for name, value in state.items()},
        "layers": {name: [float(f"{v:.7g}") for v in values] for name, values in layers.items()},
        "scores": [[float(f"{v:.7g}") for v in row[:16]] for row in scores.tolist()],
        "largestScore": float(scores.abs().max()),
    }
    (FIXTURES / f"{ours}.json").write_text(json.dumps(fixture) + "\n")
    print(ours, fixture["parameters"], [round(v, 4) for v in fixture["scores"][0][:4]], flush=True)
