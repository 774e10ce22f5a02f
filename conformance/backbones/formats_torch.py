"""Writes one small network's weights in every form of torch.save and safetensors, and PyTorch's outputs for them.

$(bash conformance/backbones/torch-venv.sh) conformance/backbones/formats_torch.py
→ packages/core/test/fixtures/formats/torch-*.{pth,safetensors}, torch-outputs.json

strided    tensors that are transposed views, as TensorFlow's weights become when they are turned into PyTorch's
shared     all tensors are views of one storage
checkpoint a training checkpoint of a parallel model: weights below state_dict.module., beside an optimizer's state
"""

import json
from collections import OrderedDict
from pathlib import Path

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
