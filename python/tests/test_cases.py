"""Recipes that Thaw ran, run here: the same losses, numbers, weights, thresholds and calibration."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from thaw_keras import LabelledImages, StepEvent, open_classifier, open_table, train

FIXTURES = Path(__file__).parent / "fixtures"


def data() -> LabelledImages:
    return open_table(FIXTURES / "labels.csv", images=FIXTURES / "images", split="split")


@pytest.mark.parametrize("name", ["plain", "varied", "chosen"])
def test_a_recipe_gives_what_it_gave_in_thaw(name: str, tmp_path: Path) -> None:
    expected = json.loads((FIXTURES / name / "expected.json").read_text())
    classifier = open_classifier(FIXTURES / name / "start.keras")
    losses: list[float] = []

    def keep(event: StepEvent) -> None:
        losses.append(event.loss)

    images = data()
    run = train(
        classifier,
        FIXTURES / name / "recipe.json",
        images.part("train"),
        images.part("validation"),
        out=tmp_path,
        on_step=keep,
    )
    assert len(losses) == len(expected["losses"]) > 9
    np.testing.assert_allclose(losses, expected["losses"], atol=1e-4)
    for row, other in zip(run.history, expected["rows"], strict=True):
        assert same({key: row[key] for key in row if key != "seconds"}, other)
    end = open_classifier(FIXTURES / name / "end.keras")
    for variable, other_variable in zip(classifier.model.weights, end.model.weights, strict=True):
        np.testing.assert_allclose(variable.value, other_variable.value, atol=2e-3, err_msg=variable.path)
    np.testing.assert_allclose(classifier.thresholds, expected["thresholds"], atol=1e-3)
    calibration = classifier.metadata.get("calibration")
    assert (calibration is None) == (expected["calibration"] is None)
    if calibration is not None:
        for part in ("slopes", "intercepts"):
            np.testing.assert_allclose(calibration[part], expected["calibration"][part], rtol=2e-2, atol=2e-2)


def same(row: dict[str, Any], other: dict[str, Any]) -> bool:
    assert row.keys() == other.keys()
    for key, value in other.items():
        if isinstance(value, str) or value is None:
            assert row[key] == value if value is not None else math.isnan(row[key]), key
        else:
            # A step of the AUC of so few images is larger than 1e-3: it is the same, or the ranking isn't.
            assert row[key] == pytest.approx(value, abs=1e-3), key
    return True
