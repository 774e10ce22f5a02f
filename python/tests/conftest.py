"""What all tests share."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_PLATFORMS"] = "cpu"

from thaw_keras import LabelledImages, open_table

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture
def images() -> LabelledImages:
    """33 small images with three labels, some not known, and an official split."""
    return open_table(FIXTURES / "labels.csv", images=FIXTURES / "images", split="split")


@pytest.fixture
def recipe() -> dict[str, Any]:
    """The recipe of the case that varies images."""
    stored: dict[str, Any] = json.loads((FIXTURES / "varied" / "recipe.json").read_text())
    return stored
