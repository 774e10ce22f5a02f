"""Damaged and hostile files are refused by name, and lead nowhere."""

import gzip
import io
import json
import os
import random
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from thaw_keras import (
    DataError,
    LabelledImages,
    OutputError,
    ThawKerasError,
    open_classifier,
    open_data,
    open_table,
    open_web_dataset,
    read_recipe,
    train,
)
from thaw_keras.checkpoint import read_checkpoint, write_checkpoint
from thaw_keras.files import written_whole

FIXTURES = Path(__file__).parent / "fixtures"
PRINTS = {"recipe": "a", "weights": "b"}


def write_state(path: Path) -> None:
    write_checkpoint(path.parent, {"x": np.arange(50.0)}, {"fingerprint": PRINTS, "epoch": 1})


def write_tar(path: Path) -> None:
    with tarfile.open(path, "w") as tar:
        for name, content in (("a.png", b"png"), ("a.json", b'["cat", "dog"]')):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))


def write_parquet(path: Path) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    pq.write_table(pa.table({"image": [b"png"] * 9, "cat": [0, 1, 0] * 3}), path)


def copy(of: Path) -> Callable[[Path], None]:
    return lambda path: shutil.copy(of, path) and None


def open_split(path: Path) -> LabelledImages:
    return open_data(path, images=str(FIXTURES / "images"), split="split")


def write_gzipped(path: Path) -> None:
    path.write_bytes(gzip.compress((FIXTURES / "labels.csv").read_bytes()))


def write_json_lines(path: Path) -> None:
    rows = ({"file": f"{row}.png", "cat": row % 2, "split": "train"} for row in range(9))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


READERS: list[tuple[str, Callable[[Path], None], Callable[[Path], Any]]] = [
    ("state.npz", write_state, lambda path: read_checkpoint(path.parent, PRINTS)),
    ("labels.csv", copy(FIXTURES / "labels.csv"), open_split),
    ("labels.csv.gz", write_gzipped, open_split),
    ("labels.jsonl", write_json_lines, open_split),
    ("shard.tar", write_tar, open_web_dataset),
    ("rows.parquet", write_parquet, open_data),
    ("recipe.json", copy(FIXTURES / "varied" / "recipe.json"), read_recipe),
    ("start.keras", copy(FIXTURES / "varied" / "start.keras"), open_classifier),
]


@pytest.mark.parametrize(("name", "write", "read"), READERS, ids=[name for name, *_ in READERS])
def test_a_file_with_changed_bytes_is_read_or_refused_by_name(
    name: str, write: Callable[[Path], None], read: Callable[[Path], Any], tmp_path: Path
) -> None:
    path = tmp_path / name
    write(path)
    read(path)
    whole = path.read_bytes()
    draw = random.Random(name)
    refused = 0
    for _ in range(12 if name.endswith(".keras") else 60):
        content = bytearray(whole)
        for _ in range(draw.choice([1, 1, 3, 20])):
            content[draw.randrange(len(content))] = draw.randrange(256)
        path.write_bytes(content[: draw.randrange(len(content))] if draw.random() < 0.3 else content)
        try:
            read(path)
        except ThawKerasError:
            refused += 1
    assert refused > 0


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ([1], "expected a whole state"),
        ({"fingerprint": 3}, "expected a whole state"),
        ({}, "expected a whole state"),
    ],
)
def test_a_state_of_another_form(state: Any, message: str, tmp_path: Path) -> None:
    np.savez(tmp_path / "state.npz", json=np.frombuffer(json.dumps(state).encode(), dtype=np.uint8))
    with pytest.raises(ThawKerasError, match=message):
        read_checkpoint(tmp_path, PRINTS)


def test_a_quote_that_is_never_closed_swallows_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    path.write_text('file,tags\n1.png,"cat\n2.png,dog\n3.png,cat\n')
    with pytest.raises(DataError, match=r"labels\.csv"):
        open_table(path, tags="tags")


def test_a_small_file_of_gigabytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thaw_keras.data.rows._MOST_BYTES", 2**20)
    path = tmp_path / "labels.csv.gz"
    path.write_bytes(gzip.compress(b"file,cat\n" + b"0" * 2**22))
    with pytest.raises(DataError, match="more than 1,048,576 bytes, inflated"):
        open_table(path)


def test_two_gzipped_members_are_one_file(images: LabelledImages, tmp_path: Path) -> None:
    text = (FIXTURES / "labels.csv").read_bytes()
    path = tmp_path / "labels.csv.gz"
    path.write_bytes(gzip.compress(text[:100]) + gzip.compress(text[100:]))
    assert open_table(path, images=FIXTURES / "images", split="split").ids == images.ids


@pytest.mark.parametrize("way", ["dots", "absolute", "link"])
def test_names_that_lead_out_of_the_folder_of_images(way: str, tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"png")
    name = {"dots": "../secret.png", "absolute": str(secret), "link": "link.png"}[way]
    if way == "link":
        (tmp_path / "images" / "link.png").symlink_to(secret)
    labels = tmp_path / "images" / "labels.csv"
    labels.write_text(f"file,cat\n{name},1\n")
    with pytest.raises(DataError, match=r"leads out of there, to .*secret\.png\. Give the folder"):
        open_table(labels)
    assert len(open_table(labels, images=[tmp_path / "images", tmp_path])) == 1


def test_what_ended_processes_left_is_removed(tmp_path: Path) -> None:
    path = tmp_path / "history.json"
    names: list[str] = []
    with written_whole(path) as part:
        names.append(part.name)
        part.write_text("{}")
    # Linux gives no process a number this high.
    ended = names[0].replace(f"-{os.getpid()}.", "-999999999.")
    other = ended.replace(".history.", ".notes.")
    for name in (ended, other):
        (tmp_path / name).write_text("half")
    with written_whole(path) as part:
        part.write_text("[]")
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted([other, "history.json"])


def test_a_part_that_is_a_link_leads_nowhere(tmp_path: Path) -> None:
    precious, path = tmp_path / "thesis.tex", tmp_path / "history.json"
    precious.write_text("mine")
    with written_whole(path) as part:
        part.write_text("{}")
    part.symlink_to(precious)
    with written_whole(path) as again:
        again.write_text("[]")
    assert (precious.read_text(), path.read_text(), path.is_symlink()) == ("mine", "[]", False)


def test_a_full_disk_ends_no_training(
    images: LabelledImages, recipe: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe.update(phases=[{**recipe["phases"][0], "epochs": 2}], earlyStopping=None, tune=None)

    def run(out: Path) -> Any:
        return train(
            open_classifier(FIXTURES / "varied" / "start.keras"),
            recipe,
            images.part("train"),
            out=out,
            checkpoint_steps=1,
        )

    whole = run(tmp_path / "whole")

    def full(file: Any, **_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("numpy.savez", full)
    noted = run(tmp_path / "full")
    losses = [[row["loss"] for row in one.history] for one in (whole, noted)]
    assert losses[0] == losses[1]
    assert (tmp_path / "full" / "model.keras").exists()
    assert not (tmp_path / "full" / "checkpoint" / "state.npz").exists()
    said = [note for note in noted.notes if "training goes on" in note]
    assert len(said) >= 2
    assert "No space left on device. Free space" in said[0]


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("a file")
    with (
        pytest.raises(OutputError, match=r"expected to write .*model\.json; .*Free space, or choose"),
        written_whole(tmp_path / "run" / "model.json"),
    ):
        pass
