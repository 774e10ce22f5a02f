"""torchvision's, timm's and PyPI's networks with made-up weights: their own files, and what every layer of them gives.

$(bash conformance/backbones/torch-venv.sh) conformance/backbones/networks_torch.py FOLDER [NETWORK…]
→ FOLDER/NETWORK.safetensors; packages/core/test/fixtures/backbones/NETWORK.json
"""

import json
import sys
from pathlib import Path

import numpy as np
import safetensors.torch
import timm
import torch
import torchvision
from efficientnet_lite_pytorch import EfficientNet
from reference_weights import pixels, weight
from torch import nn

FIXTURES = Path(__file__).parents[2] / "packages" / "core" / "test" / "fixtures" / "backbones"
FIXTURES.mkdir(parents=True, exist_ok=True)
SIZE = (72, 65)
tv = torchvision.models


def lite(number):
    """This library pads for square images of one size, which it must be told."""
    return EfficientNet.from_name(f"efficientnet-lite{number}", image_size=96)


def size_of(library):
    return (96, 96) if library == "efficientnet_lite_pytorch" else SIZE


# our name → the library's, how it makes the network
NETWORKS = {
    "efficientnet_lite0": ("efficientnet_lite_pytorch", lambda: lite(0)),
    "efficientnet_lite1": ("efficientnet_lite_pytorch", lambda: lite(1)),
    "efficientnet_lite2": ("efficientnet_lite_pytorch", lambda: lite(2)),
    "efficientnet_lite0_timm": ("timm", lambda: timm.create_model("tf_efficientnet_lite0")),
    "efficientnet_b0_timm": ("timm", lambda: timm.create_model("tf_efficientnet_b0")),
    "efficientnet_b0_torchvision": ("torchvision", tv.efficientnet_b0),
    "efficientnet_b1_torchvision": ("torchvision", tv.efficientnet_b1),
    "efficientnet_b2_torchvision": ("torchvision", tv.efficientnet_b2),
    "efficientnet_b3_torchvision": ("torchvision", tv.efficientnet_b3),
    "resnet18": ("torchvision", tv.resnet18),
    "resnet34": ("torchvision", tv.resnet34),
    "resnet50_torchvision": ("torchvision", tv.resnet50),
    "resnet50_torchvision_timm": ("timm", lambda: timm.create_model("resnet50")),
    "resnet101_torchvision": ("torchvision", tv.resnet101),
    "resnet152_torchvision": ("torchvision", tv.resnet152),
    "mobilenet_v2": ("torchvision", tv.mobilenet_v2),
    "mobilenet_v2_timm": ("timm", lambda: timm.create_model("mobilenetv2_100")),
    "mobilenet_v3_small_torchvision": ("torchvision", tv.mobilenet_v3_small),
    "mobilenet_v3_large_torchvision": ("torchvision", tv.mobilenet_v3_large),
    "mobilenet_v3_large_timm": ("timm", lambda: timm.create_model("tf_mobilenetv3_large_100")),
    "mobilenet_v3_small_timm": ("timm", lambda: timm.create_model("tf_mobilenetv3_small_100")),
    "densenet121_torchvision": ("torchvision", tv.densenet121),
    "convnext_tiny": ("torchvision", tv.convnext_tiny),
    "convnext_tiny_timm": ("timm", lambda: timm.create_model("convnext_tiny")),
}


def kind_of(module, name, value):
    if name == "running_var":
        return "variance"
    if name in ("gamma", "layer_scale"):
        return "scale"
    if name != "weight":
        return "bias"
    return "gamma" if value.dim() == 1 else "kernel"


def fill(network):
    modules = dict(network.named_modules())
    state = {}
    for name, value in network.state_dict().items():
        if not value.is_floating_point():
            continue
        path, own = name.rpartition(".")[::2]
        fan_in = int(np.prod(value.shape[1:])) if value.dim() > 1 else 1
        state[name] = torch.from_numpy(weight(name, tuple(value.shape), kind_of(modules[path], own, value), fan_in))
    network.load_state_dict(state, strict=False)
    return {name: value.contiguous() for name, value in state.items()}


folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
for ours in sys.argv[2:] or NETWORKS:
    library, make = NETWORKS[ours]
    network = make().eval()
    state = fill(network)
    safetensors.torch.save_file(state, folder / f"{ours}.safetensors")
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
