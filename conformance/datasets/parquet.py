"""Writes packages/datasets/test/fixtures/huggingface.json: small parquet files as Hugging Face's `datasets` writes them, by pyarrow."""

import base64
import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from PIL import Image

OUT = Path(__file__).parents[2] / "packages/datasets/test/fixtures/huggingface.json"
NAMES = ["cat", "dog", "night"]


def png(grey):
    file = io.BytesIO()
    Image.new("RGB", (4, 3), (grey, grey, grey)).save(file, "PNG")
    return file.getvalue()


def written(table, **options):
    file = io.BytesIO()
    pq.write_table(table, file, row_group_size=3, **options)
    return base64.b64encode(file.getvalue()).decode()


image = pa.struct([("bytes", pa.binary()), ("path", pa.string())])
images = [{"bytes": png(20 * i), "path": f"{i}.png"} for i in range(8)]
lists = [[], [0], [1, 2], [2], [0, 1, 2], [1], [], [0, 2]]

class_labels = {
    "info": {
        "features": {
            "image": {"_type": "Image"},
            "labels": {"feature": {"names": NAMES, "_type": "ClassLabel"}, "_type": "Sequence"},
        }
    }
}
labelled = pa.table(
    [pa.array(images, image), pa.array(lists, pa.list_(pa.int64()))],
    pa.schema([("image", image), ("labels", pa.list_(pa.int64()))]).with_metadata(
        {"huggingface": json.dumps(class_labels)}
    ),
)
columns = pa.table(
    {
        "image": pa.array(images, image),
        "celeb_id": pa.array([5, 5, 6, 7, 7, 8, 9, 9], pa.int64()),
        **{name: pa.array([i in row for row in lists], pa.bool_()) for i, name in enumerate(NAMES)},
    }
)
fixture = {
    "made by": f"pyarrow {pa.__version__}, conformance/datasets/parquet.py",
    "names": NAMES,
    "lists": lists,
    "files": {
        "class labels, snappy": written(labelled),
        "class labels, zstd with page index": written(labelled, compression="zstd", write_page_index=True),
        "class labels, gzip": written(labelled, compression="gzip", data_page_version="2.0"),
        "a column a label, uncompressed": written(columns, compression="none"),
    },
}
OUT.write_text(json.dumps(fixture) + "\n")
