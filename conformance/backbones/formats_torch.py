"""Writes one small network's weights in every form of torch.save and safetensors, and PyTorch's outputs for them.

$(bash conformance/backbones/torch-venv.sh) conformance/backbones/formats_torch.py
→ packages/core/test/fixtures/formats/torch-*.{pth,safetensors}, torch-outputs.json

strided    tensors that are transposed views, as TensorFlow's weights become when they are turned into PyTorch's
shared     all tensors are views of one storage
training   options, scores and averaged weights beside the weights
checkpoint a training checkpoint of a parallel model: weights below state_dict.module., beside an optimizer's state
"""

import argparse
import collections
import datetime
import json
import pathlib
from collections import OrderedDict
from pathlib import Path

import numpy as np
import safetensors.torch
import torch
from torch import nn

FOLDER = Path(__file__).parents[2] / "packages" / "core" / "test" / "fixtures" / "formats"
FOLDER.mkdir(exist_ok=True)
torch.manual_seed(1)


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(4)
        self.depthwise = nn.Conv2d(4, 8, 3, padding=1, groups=4)

    def forward(self, x):
        return self.depthwise(torch.relu(self.norm(self.conv(x))))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.block = Block()
        self.fc = nn.Linear(8, 2)

    def forward(self, x):
        return self.fc(self.block(x).mean((2, 3)))


net = Net().eval()
with torch.no_grad():
    for name, value in net.state_dict().items():
        if value.dtype == torch.float32:
            value.copy_(torch.randn(value.shape).abs() + 0.5 if "var" in name else torch.randn(value.shape) * 0.5)
state = {name: value.clone() for name, value in net.state_dict().items()}
pixels = torch.randn(2, 3, 6, 5)
with torch.no_grad():
    outputs = net(pixels)


def strided(value):
    """The same numbers, laid out with the axes in reverse."""
    axes = tuple(reversed(range(value.dim())))
    return value.permute(axes).contiguous().permute(axes)


def shared(values):
    flat = torch.cat([value.flatten().float() for value in values.values()])
    views, at = OrderedDict(), 0
    for name, value in values.items():
        views[name] = flat[at : at + value.numel()].view(value.shape)
        at += value.numel()
    return views


views = OrderedDict((name, strided(value)) for name, value in state.items())
optimizer = torch.optim.AdamW(net.parameters())
net(pixels).sum().backward()
optimizer.step()
checkpoint = {
    "epoch": 3,
    "best": 0.5,
    "args": None,
    "tags": ["a", ("b", 2**40, -1)],
    "optimizer": optimizer.state_dict(),
    "state_dict": OrderedDict((f"module.{name}", value.clone()) for name, value in views.items()),
}
for form, zipped in (("zip", True), ("chain", False)):
    torch.save(views, FOLDER / f"torch-strided-{form}.pth", _use_new_zipfile_serialization=zipped)
    torch.save(shared(views), FOLDER / f"torch-shared-{form}.pth", _use_new_zipfile_serialization=zipped)
    torch.save(checkpoint, FOLDER / f"torch-checkpoint-{form}.pth", _use_new_zipfile_serialization=zipped)
    torch.save(net, FOLDER / f"torch-module-{form}.pth", _use_new_zipfile_serialization=zipped)
torch.save({k: v.to(torch.float64) for k, v in views.items()}, FOLDER / "torch-float64.pth")
torch.save({k: v.to(torch.bfloat16) for k, v in views.items()}, FOLDER / "torch-bfloat16.pth")
torch.save(OrderedDict((k, nn.Parameter(v, requires_grad=False)) for k, v in views.items()), FOLDER / "torch-parameters.pth")
plain = {k: v.contiguous() for k, v in views.items()}
safetensors.torch.save_file(plain, FOLDER / "torch.safetensors", metadata={"format": "pt"})
safetensors.torch.save_file({k: v.half() for k, v in plain.items()}, FOLDER / "torch-float16.safetensors")
# As training programs save them: other data beside the weights, averaged weights, shards with an index.
zeros = {name: torch.zeros_like(value) for name, value in plain.items()}
beside = {
    "args": argparse.Namespace(lr=0.1, out=pathlib.PurePosixPath("runs/1")),
    "best": np.float64(0.5),
    "counts": collections.Counter("aab"),
    "lists": collections.defaultdict(list, {"a": [1]}),
    "mean": np.array([0.1, 0.2]),
    "others": [{1, 2}, frozenset([1]), 1 + 2j, b"bytes", range(3), slice(1, 2)],
    "started": datetime.datetime(2026, 1, 2, 3, 4, 5),
    "step": np.int64(3),
}
torch.save({**beside, "state_dict": zeros, "state_dict_ema": plain}, FOLDER / "torch-training.pth")
torch.save((plain, 3), FOLDER / "torch-tuple.pth")
torch.save(plain, FOLDER / "torch-protocol-4-chain.pth", pickle_protocol=4, _use_new_zipfile_serialization=False)
deep = {f"state_dict.trainer.network.module._orig_mod.{name}": value for name, value in plain.items()}
safetensors.torch.save_file(deep, FOLDER / "torch-deep.safetensors")
quantised = {"other": torch.zeros(3, dtype=torch.float8_e4m3fn)}
safetensors.torch.save_file({**plain, **quantised}, FOLDER / "torch-quantised-beside.safetensors")
# Tensors without names, which are refused.
torch.save(list(plain.values())[:2], FOLDER / "torch-list.pth")
torch.save(torch.zeros(2), FOLDER / "torch-tensor.pth")
# Programs in place of weights, and weights that aren't floating-point numbers, which are refused.
example = torch.zeros(1, 3, 6, 5)
torch.jit.trace(net.eval(), example).save(FOLDER / "torch-script.pt")
torch.export.save(torch.export.export(net.eval(), (example,)), FOLDER / "torch-export.pt2")
quantised_net = torch.ao.quantization.quantize_dynamic(net, {nn.Linear}, dtype=torch.qint8)
torch.save(quantised_net.state_dict(), FOLDER / "torch-quantised.pth")
shards = FOLDER / "torch-shards"
shards.mkdir(exist_ok=True)
names = sorted(plain)
weight_map = {name: f"model-0000{1 + i % 2}-of-00002.safetensors" for i, name in enumerate(names)}
for file in set(weight_map.values()):
    safetensors.torch.save_file({name: plain[name] for name in names if weight_map[name] == file}, shards / file)
(shards / "model.safetensors.index.json").write_text(json.dumps({"metadata": {}, "weight_map": weight_map}) + "\n")
(FOLDER / "torch-outputs.json").write_text(
    json.dumps(
        {
            "madeBy": "conformance/backbones/formats_torch.py",
            "versions": {"torch": torch.__version__, "safetensors": safetensors.__version__},
            "input": {"shape": [2, 6, 5, 3], "data": pixels.permute(0, 2, 3, 1).flatten().tolist()},
            "output": outputs.tolist(),
        }
    )
    + "\n"
)
