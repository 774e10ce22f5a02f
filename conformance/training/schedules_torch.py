"""Writes packages/core/test/fixtures/schedules-torch.json: PyTorch's OneCycleLR and MultiStepLR over a phase."""

import json
from pathlib import Path

import torch
from torch.optim.lr_scheduler import MultiStepLR, OneCycleLR

OUT = Path(__file__).parents[2] / "packages/core/test/fixtures/schedules-torch.json"
STEPS = 201


def rates(learning_rate, schedule_of):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=learning_rate)
    schedule = schedule_of(optimizer)
    found = []
    for _ in range(STEPS):
        found.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if len(found) < STEPS:
            schedule.step()
    return found


def one_cycle(learning_rate, pct_start=0.3, anneal_strategy="cos", div_factor=25, final_div_factor=1e4):
    # PyTorch's rise ends at step pct_start · STEPS − 1, which is made to be the share pct_start of the last step.
    adjusted = (pct_start * (STEPS - 1) + 1) / STEPS
    return rates(
        learning_rate,
        lambda optimizer: OneCycleLR(
            optimizer,
            learning_rate,
            total_steps=STEPS,
            pct_start=adjusted,
            anneal_strategy=anneal_strategy,
            cycle_momentum=False,
            div_factor=div_factor,
            final_div_factor=final_div_factor,
        ),
    )


CASES = [
    ("oneCycle", 0.01, {}, one_cycle(0.01)),
    ("oneCycle", 0.01, {"annealStrategy": "linear"}, one_cycle(0.01, anneal_strategy="linear")),
    (
        "oneCycle",
        0.5,
        {"pctStart": 0.25, "divFactor": 10, "finalDivFactor": 100},
        one_cycle(0.5, pct_start=0.25, div_factor=10, final_div_factor=100),
    ),
    (
        "step",
        0.1,
        {"milestones": [0.3, 0.6, 0.9], "gamma": 0.2},
        rates(0.1, lambda optimizer: MultiStepLR(optimizer, [60, 120, 180], gamma=0.2)),
    ),
]

fixture = {
    "versions": {"torch": torch.__version__},
    "last": STEPS - 1,
    "cases": [
        {"schedule": name, "learningRate": rate, "options": options, "rates": found}
        for name, rate, options, found in CASES
    ],
}
OUT.write_text(json.dumps(fixture) + "\n")
print(OUT.name, "written")
