"""torchvision's, timm's and PyPI's networks with made-up weights, which reference_weights.py draws: by our names."""

import numpy as np
import timm
import torch
import torchvision
from efficientnet_lite_pytorch import EfficientNet
from reference_weights import weight

tv = torchvision.models


def lite(number):
    """This library pads for square images of one size, which must be given."""
    return lambda size: EfficientNet.from_name(f"efficientnet-lite{number}", image_size=size[0])


def of_torchvision(function):
    return lambda size: function()


def of_timm(name):
    return lambda size: timm.create_model(name)


# our name → the library's, how it makes the network
NETWORKS = {
    "efficientnet_lite0": ("efficientnet_lite_pytorch", lite(0)),
    "efficientnet_lite1": ("efficientnet_lite_pytorch", lite(1)),
    "efficientnet_lite2": ("efficientnet_lite_pytorch", lite(2)),
    "efficientnet_lite0_timm": ("timm", of_timm("tf_efficientnet_lite0")),
    "efficientnet_lite1_timm": ("timm", of_timm("tf_efficientnet_lite1")),
    "efficientnet_lite2_timm": ("timm", of_timm("tf_efficientnet_lite2")),
    "efficientnet_b0_timm": ("timm", of_timm("tf_efficientnet_b0")),
    "efficientnet_b1_timm": ("timm", of_timm("tf_efficientnet_b1")),
    "efficientnet_b2_timm": ("timm", of_timm("tf_efficientnet_b2")),
    "efficientnet_b3_timm": ("timm", of_timm("tf_efficientnet_b3")),
    "efficientnet_b0_torchvision": ("torchvision", of_torchvision(tv.efficientnet_b0)),
    "efficientnet_b0_torchvision_timm": ("timm", of_timm("efficientnet_b0")),
    "efficientnet_b1_torchvision": ("torchvision", of_torchvision(tv.efficientnet_b1)),
    "efficientnet_b1_torchvision_timm": ("timm", of_timm("efficientnet_b1")),
    "efficientnet_b2_torchvision": ("torchvision", of_torchvision(tv.efficientnet_b2)),
    "efficientnet_b2_torchvision_timm": ("timm", of_timm("efficientnet_b2")),
    "efficientnet_b3_torchvision": ("torchvision", of_torchvision(tv.efficientnet_b3)),
    "efficientnet_b3_torchvision_timm": ("timm", of_timm("efficientnet_b3")),
    "resnet18": ("torchvision", of_torchvision(tv.resnet18)),
    "resnet18_timm": ("timm", of_timm("resnet18")),
    "resnet34": ("torchvision", of_torchvision(tv.resnet34)),
    "resnet34_timm": ("timm", of_timm("resnet34")),
    "resnet50_torchvision": ("torchvision", of_torchvision(tv.resnet50)),
    "resnet50_torchvision_timm": ("timm", of_timm("resnet50")),
    "resnet101_torchvision": ("torchvision", of_torchvision(tv.resnet101)),
    "resnet101_torchvision_timm": ("timm", of_timm("resnet101")),
    "resnet152_torchvision": ("torchvision", of_torchvision(tv.resnet152)),
    "resnet152_torchvision_timm": ("timm", of_timm("resnet152")),
    "mobilenet_v2": ("torchvision", of_torchvision(tv.mobilenet_v2)),
    "mobilenet_v2_timm": ("timm", of_timm("mobilenetv2_100")),
    "mobilenet_v3_small_torchvision": ("torchvision", of_torchvision(tv.mobilenet_v3_small)),
    "mobilenet_v3_small_timm": ("timm", of_timm("mobilenetv3_small_100")),
    "mobilenet_v3_large_torchvision": ("torchvision", of_torchvision(tv.mobilenet_v3_large)),
    "mobilenet_v3_large_timm": ("timm", of_timm("mobilenetv3_large_100")),
    "mobilenet_v3_large_tf": ("timm", of_timm("tf_mobilenetv3_large_100")),
    "mobilenet_v3_small_tf": ("timm", of_timm("tf_mobilenetv3_small_100")),
    "densenet121_torchvision": ("torchvision", of_torchvision(tv.densenet121)),
    "densenet121_torchvision_timm": ("timm", of_timm("densenet121")),
    "convnext_tiny": ("torchvision", of_torchvision(tv.convnext_tiny)),
    "convnext_tiny_timm": ("timm", of_timm("convnext_tiny")),
}


def make(name, size):
    return NETWORKS[name][1](size)


def kind_of(module, name, value):
    if name == "running_var":
        return "variance"
    if name in ("gamma", "layer_scale"):
        return "scale"
    if name != "weight":
        return "bias"
    return "gamma" if value.dim() == 1 else "kernel"


def fill(network):
    """Draws every weight, and returns them by name."""
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
