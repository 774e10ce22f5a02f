"""A worker of a Ray cluster, without Ray: what it makes of image files."""

from pathlib import Path

import numpy as np
import pytest

from thaw_keras import DataError, LabelledImages, open_classifier
from thaw_keras.images import decode, resize_bilinear
from thaw_keras.network import whole_network
from thaw_keras.score import ID, Scorer, relative, score

FIXTURES = Path(__file__).parent / "fixtures"
ONNX = FIXTURES / "chosen" / "end.onnx"


def scorer(on_problem: str = "error") -> Scorer:
    return Scorer(ONNX.read_bytes(), root="/photos", on_problem=on_problem, threads=1)


def batch(*contents: bytes) -> dict[str, np.ndarray]:
    paths = np.array([f"/photos/deep/{i}.png" for i in range(len(contents))], dtype=object)
    return {"path": paths, "bytes": np.array(contents, dtype=object)}


def test_a_worker_gives_the_calibrated_probabilities_of_the_classifier(images: LabelledImages) -> None:
    classifier = open_classifier(FIXTURES / "chosen" / "end.keras")
    contents = [images.read(row) for row in range(8)]
    pixels = np.stack([resize_bilinear(decode(one, "image"), classifier.input_size) for one in contents])
    own = np.asarray(classifier.model(whole_network(classifier).prepared(pixels)), dtype=np.float64)
    line = classifier.metadata["calibration"]
    logits = np.log(own / (1 - own)) * np.array(line["slopes"]) + np.array(line["intercepts"])
    found = scorer()(batch(*contents))
    assert list(found) == [ID, *classifier.labels]
    assert found[ID].tolist() == [f"deep/{i}.png" for i in range(8)]
    scores = np.stack([found[label] for label in classifier.labels], axis=1)
    np.testing.assert_allclose(scores, 1 / (1 + np.exp(-logits)), atol=1e-4)


def test_an_image_that_cannot_be_decoded_is_named_or_left_out(images: LabelledImages) -> None:
    contents = batch(images.read(0), b"no image", images.read(1))
    with pytest.raises(DataError, match=r"deep/1\.png"):
        scorer()(contents)
    found = scorer("skip")(contents)
    assert found[ID].tolist() == ["deep/0.png", "deep/2.png"]
    assert len(scorer("skip")(batch(b"no image"))[ID]) == 0


@pytest.mark.parametrize(
    ("path", "root", "expected"),
    [
        ("/photos/a.jpg", "/photos", "a.jpg"),
        ("/photos/deep/a.jpg", "/photos/", "deep/a.jpg"),
        ("bucket/photos/a.jpg", "s3://bucket/photos", "a.jpg"),
        ("s3://bucket/photos/a.jpg", "s3://bucket/photos", "a.jpg"),
        ("/photos-2/a.jpg", "/photos", "/photos-2/a.jpg"),
    ],
)
def test_an_id_is_the_path_below_the_folder(path: str, root: str, expected: str) -> None:
    assert relative(path, root) == expected


def test_a_folder_with_scores_and_a_wrong_option_are_refused(tmp_path: Path) -> None:
    (tmp_path / "old.parquet").write_bytes(b"")
    with pytest.raises(DataError, match="has some"):
        score(ONNX, "/photos", str(tmp_path))
    with pytest.raises(DataError, match="on_problem"):
        score(ONNX, "/photos", str(tmp_path / "new"), on_problem="ignore")
