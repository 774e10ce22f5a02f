"""Label files: CSV, JSON lines, parquet, WebDataset shards."""

import io
import json
import tarfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from PIL import Image

from thaw_keras import DataError, open_data, open_table


def png(shade: int) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (4, 3), (shade, 0, 0)).save(content, format="PNG")
    return content.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "images" / "deep").mkdir(parents=True)
    for name in ("a.png", "deep/b.png"):
        (tmp_path / "images" / name).write_bytes(png(len(name)))
    return tmp_path


def labels_file(folder: Path, text: str, name: str = "labels.csv") -> Path:
    path = folder / name
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    ("text", "y", "known"),
    [
        ("file,A,B\na.png,1,0\nb.png,0,1\n", [[1, 0], [0, 1]], None),
        ("\ufefffile;A;B\r\na.png; 1 ;-1\r\nb;yes;no\r\n", [[1, 0], [1, 0]], None),
        ("file,A,B\na.png,1.0,\nb.png,?,true\n", [[1, 0], [0, 1]], [[True, False], [False, True]]),
    ],
)
def test_a_csv_has_a_column_per_label(folder: Path, text: str, y: list[list[int]], known: object) -> None:
    data = open_table(labels_file(folder, text), images=folder / "images")
    assert data.labels == ("A", "B")
    assert data.y.tolist() == y
    assert (None if data.known is None else data.known.tolist()) == known
    assert data.read(1) == (folder / "images" / "deep" / "b.png").read_bytes()


def test_one_column_holds_the_names_of_the_labels(folder: Path) -> None:
    path = labels_file(folder, "file,tags\na.png,cat|dog\nb.png,\n")
    data = open_table(path, images=folder / "images", tags="tags")
    assert data.labels == ("cat", "dog")
    assert data.y.tolist() == [[1, 1], [0, 0]]


def test_json_lines_hold_lists_of_names(folder: Path) -> None:
    lines = [{"image": "a.png", "tags": ["x"]}, {"image": "deep/b.png", "tags": ["y", "x"]}]
    path = labels_file(folder, "\n".join(json.dumps(line) for line in lines), "labels.jsonl")
    assert open_table(path, images=folder / "images", tags="tags").y.tolist() == [[1, 0], [1, 1]]


@pytest.mark.parametrize("cells", [["train", "val", "TEST"], ["0", "1", "2"]])
def test_a_column_names_the_official_parts(tmp_path: Path, cells: list[str]) -> None:
    names = ["a.png", "b.png", "c.png"]
    for name in names:
        (tmp_path / name).write_bytes(png(1))
    rows = [f"{name},1,{cell}" for name, cell in zip(names, cells, strict=True)]
    data = open_table(labels_file(tmp_path, "\n".join(["file,A,split", *rows])), split="split")
    assert data.parts == ("train", "validation", "test")
    assert data.part("validation").ids == ("b.png",)


def test_parquet_holds_images_as_hugging_face_writes_them(tmp_path: Path) -> None:
    for shard in range(2):
        images = [{"bytes": png(10 * shard + i), "path": f"{shard}-{i}.png"} for i in range(3)]
        table = pa.table({"image": images, "A": [1, 0, 1], "B": [0, 0, None]})
        pq.write_table(table, tmp_path / f"{shard}.parquet", row_group_size=2)
    data = open_data(tmp_path)
    assert data.labels == ("A", "B")
    assert data.ids[3] == "1-0.png"
    assert data.y.tolist() == 2 * [[1, 0], [0, 0], [1, 0]]
    assert data.known is not None
    assert data.known[2].tolist() == [True, False]
    assert data.read(4) == png(11)


def test_shards_hold_images_beside_their_labels(tmp_path: Path) -> None:
    for shard in range(2):
        with tarfile.open(tmp_path / f"{shard}.tar", "w") as tar:
            for i in range(2):
                for ending, content in (
                    ("png", png(10 * shard + i)),
                    ("json", json.dumps(["x", "y"][i:]).encode()),
                ):
                    info = tarfile.TarInfo(f"{i}.{ending}")
                    info.size = len(content)
                    tar.addfile(info, io.BytesIO(content))
    data = open_data(tmp_path)
    assert data.ids == ("0.tar/0", "0.tar/1", "1.tar/0", "1.tar/1")
    assert data.y.tolist() == [[1, 1], [0, 1], [1, 1], [0, 1]]
    assert data.read(3) == png(11)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("file,A\na.png,2\n", "expected 0 or 1"),
        ("file,A\na.png,1\nb.png,0\nc.png,-1\n", "both -1 and 0"),
        ("file,A\na.png,1\na.png,1\n", "a second time"),
        ("file,A\nmissing.png,1\n", "missing.png"),
        ("file,A,A\na.png,1,1\n", "columns of different names"),
        ("file,A,split\na.png,1,0\n", "official split"),
        ("file,A\n", "found none"),
        ("file,A\na.png\n", "expected 2 cells"),
    ],
)
def test_what_is_wrong_in_a_label_file_is_named(folder: Path, text: str, message: str) -> None:
    (folder / "images" / "c.png").write_bytes(png(1))
    with pytest.raises(DataError, match=message):
        open_table(labels_file(folder, text), images=folder / "images")


def test_labels_are_taken_by_name(folder: Path) -> None:
    data = open_table(labels_file(folder, "file,A,B\na.png,1,0\nb.png,0,1\n"), images=folder / "images")
    assert np.array_equal(data.only(["B", "A"]).y, [[0, 1], [1, 0]])
    with pytest.raises(DataError, match="C"):
        data.only(["C"])
