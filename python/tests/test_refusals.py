"""What can't be run is refused by name, before anything is computed."""

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from thaw_keras import (
    ClassifierFileError,
    LabelledImages,
    RecipeError,
    ResumeError,
    open_classifier,
    read_recipe,
    save_classifier,
    train,
)

FIXTURES = Path(__file__).parent / "fixtures"


def changed(*path: str | int, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(recipe: dict[str, Any]) -> None:
        place: Any = recipe
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (changed("version", value=2), "version 1"),
        (changed("augmentation", "hue", value=0.1), "hue"),
        (changed("augmentation", "mixup", value=0.2), "mixup"),
        (changed("loss", value={"custom": "() => 1"}), "loss"),
        (changed("future", value=1), "future"),
        (changed("precision", value="float16"), "precision"),
        (changed("tune", value={"augment": "flip"}), "augment"),
        (changed("tune", value={"thresholds": "best"}), "best"),
        (changed("phases", 1, "optimizer", value={"optimizer": "lion"}), "lion"),
        (changed("phases", 1, "optimizer", "beta3", value=0.5), "beta3"),
        (changed("phases", 1, "learningRate", value={"custom": "(p) => p"}), "learningRate"),
        (
            changed("phases", 1, "learningRate", value={"schedule": "cosine", "learningRate": 1, "ends": 0}),
            "ends",
        ),
        (changed("phases", 1, "weightAverage", value={"kind": "swa"}), "swa"),
        (changed("phases", 0, "headStart", value="zero"), "headStart"),
        (changed("phases", 0, "new", value=1), "new"),
        (changed("phases", value=[]), "phases"),
    ],
)
def test_an_entry_of_a_recipe(
    recipe: dict[str, Any], change: Callable[[dict[str, Any]], None], message: str
) -> None:
    read_recipe(recipe)
    change(recipe)
    with pytest.raises(RecipeError, match=message):
        read_recipe(recipe)


def test_entries_that_are_left_out(recipe: dict[str, Any]) -> None:
    recipe["augmentation"]["hue"] = 0.1
    assert read_recipe(recipe, ["augmentation"])["augmentation"] is None
    with pytest.raises(RecipeError, match="phases"):
        read_recipe(recipe, ["phases"])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (changed("labels", value=["Red", "Tall", "Bright"]), "labels"),
        (changed("inputSize", value=[32, 32]), "inputSize"),
        (changed("phases", 0, "frozen", value=["conv_9"]), "conv_9"),
        (changed("sampleWeights", value=True), "sample_weights"),
        (changed("tune", value={}), "validation"),
    ],
)
def test_a_recipe_of_another_run(
    recipe: dict[str, Any], images: LabelledImages, change: Callable[[dict[str, Any]], None], message: str
) -> None:
    change(recipe)
    with pytest.raises(RecipeError, match=message):
        train(open_classifier(FIXTURES / "varied" / "start.keras"), recipe, images.part("train"))


def test_a_checkpoint_of_another_run_and_a_folder_that_has_one(
    recipe: dict[str, Any], images: LabelledImages, tmp_path: Path
) -> None:
    def run(seed: int, resume: bool) -> None:
        recipe.update(seed=seed, phases=[{**recipe["phases"][0], "epochs": 1}], earlyStopping=None)
        classifier = open_classifier(FIXTURES / "varied" / "start.keras")
        train(classifier, recipe, images.part("train"), out=tmp_path / "run", resume=resume)

    run(1, resume=False)
    with pytest.raises(RecipeError, match="resume"):
        run(1, resume=False)
    with pytest.raises(ResumeError, match="recipe"):
        run(2, resume=True)


def test_files_without_a_classifier(tmp_path: Path) -> None:
    start = FIXTURES / "varied" / "start.keras"
    for content, message in ((None, "expected a .keras file"), (b"text", "expected a .keras file")):
        path = tmp_path / "model.keras"
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(ClassifierFileError, match=message):
            open_classifier(path)
    with zipfile.ZipFile(start) as archive, zipfile.ZipFile(tmp_path / "bare.keras", "w") as bare:
        for name in archive.namelist():
            if name != "thaw.json":
                bare.writestr(name, archive.read(name))
    with pytest.raises(ClassifierFileError, match="Keras alone"):
        open_classifier(tmp_path / "bare.keras")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "model.json").write_text("{}")
    with pytest.raises(ClassifierFileError, match="thaw export"):
        open_classifier(tmp_path / "folder")


def test_a_classifier_is_written_with_its_parts(tmp_path: Path) -> None:
    shutil.copy(FIXTURES / "varied" / "end.keras", tmp_path / "given.keras")
    classifier = open_classifier(tmp_path / "given.keras")
    save_classifier(classifier, tmp_path / "again.keras")
    again = open_classifier(tmp_path / "again.keras")
    assert again.labels == classifier.labels == ("Red", "Bright", "Tall")
    assert again.thresholds == classifier.thresholds
    assert again.frozen == classifier.frozen
    assert again.metadata["freezing"] == classifier.metadata["freezing"]
    stored = json.loads(zipfile.ZipFile(tmp_path / "again.keras").read("thaw.json"))
    assert stored["freezing"]["batchNorm"]["bn_0"] == "training"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["again.keras", "given.keras"]
