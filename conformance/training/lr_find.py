"""Writes packages/core/test/fixtures/lr-find.json: the rates that fastai's valley and steep suggest for curves.

Needs PyTorch and fastai: in a Python with PyTorch, `pip install fastai`.
"""

import json
from pathlib import Path

import fastai
import numpy as np
import torch
from fastai.callback.schedule import steep, valley

OUT = Path(__file__).parents[2] / "packages/core/test/fixtures/lr-find.json"
rng = np.random.default_rng(7)


def curve(steps, kept, noise):
    rates = 1e-7 * 1e8 ** (np.arange(steps) / (steps - 1))
    log = np.log10(rates)
    losses = 0.7 - 0.25 / (1 + np.exp(-3 * (log + 3))) + np.exp(3 * (log - 0.2)) * 0.05
    return rates[:kept], (losses + rng.normal(size=steps) * noise)[:kept]


def case(steps, kept, noise):
    rates, losses = curve(steps, kept, noise)
    # lr_find cuts the curve so, before it asks for suggestions
    of_rates, of_losses = (torch.tensor(a[steps // 10 : -5]) for a in (rates, losses))
    return {
        "steps": steps,
        "rates": rates.tolist(),
        "losses": losses.tolist(),
        "valley": float(valley(of_rates, of_losses, steps)[0]),
        "steep": float(steep(of_rates, of_losses, steps)[0]),
    }


fixture = {
    "versions": {"fastai": fastai.__version__},
    "cases": [case(100, 100, 0), case(100, 85, 0.001), case(100, 90, 0.01), case(60, 50, 0.003), case(200, 180, 0.02)],
}
OUT.write_text(json.dumps(fixture) + "\n")
print(OUT.name, "written")
