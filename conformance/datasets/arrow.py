"""Writes packages/datasets/test/fixtures/arrow.json: folders by `save_to_disk` of Hugging Face's `datasets`, and files of other types by pyarrow."""

import base64
import io
import json
import tempfile
from pathlib import Path

import datasets
import pyarrow as pa
import pyarrow.feather as feather
from datasets import ClassLabel, Dataset, DatasetDict, Features, Image, List, Value
from PIL import Image as Picture

OUT = Path(__file__).parents[2] / "packages/datasets/test/fixtures/arrow.json"
NAMES = ["cat", "dog", "night"]
LISTS = [[], [0], [1, 2], [2], [0, 1, 2], [1], [], [0, 2]]


def png(grey):
    file = io.BytesIO()
    Picture.new("RGB", (4, 3), (grey, grey, grey)).save(file, "PNG")
    return file.getvalue()


def base64_of(content):
    return base64.b64encode(content).decode()


def folder_of(path):
    return {
        str(file.relative_to(path)): base64_of(file.read_bytes())
        for file in sorted(Path(path).rglob("*"))
        if file.is_file() and not file.name.endswith(".lock")
    }


def rows(start, end):
    return {
        "img": [{"bytes": png(20 * i), "path": f"{i}.png"} for i in range(start, end)],
        "labels": LISTS[start:end],
        "person": [i // 2 for i in range(start, end)],
        **{name: [i in row for row in LISTS[start:end]] for i, name in enumerate(NAMES)},
    }


features = Features(
    {
        "img": Image(),
        "labels": List(ClassLabel(names=NAMES)),
        "person": Value("int32"),
        **{name: Value("bool") for name in NAMES},
    }
)


def saved(data, **options):
    with tempfile.TemporaryDirectory() as folder:
        data.save_to_disk(f"{folder}/saved", **options)
        return folder_of(f"{folder}/saved")


def cached():
    with tempfile.TemporaryDirectory() as folder:
        Dataset.from_generator(
            lambda: ({key: column[i] for key, column in rows(0, 8).items()} for i in range(8)),
            features=features,
            cache_dir=folder,
        )
        (part,) = {file.parent for file in Path(folder).rglob("*.arrow")}
        return folder_of(part)


def stream(table, **options):
    file = io.BytesIO()
    with pa.ipc.new_stream(file, table.schema, options=pa.ipc.IpcWriteOptions(**options)) as writer:
        writer.write_table(table, max_chunksize=3)
    return base64_of(file.getvalue())


def whole(table, **options):
    file = io.BytesIO()
    with pa.ipc.new_stream(file, table.schema, options=pa.ipc.IpcWriteOptions(**options)) as writer:
        writer.write_table(table)
    return base64_of(file.getvalue())


def ipc_file(table):
    file = io.BytesIO()
    with pa.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table, max_chunksize=3)
    return base64_of(file.getvalue())


def feather_file(table, compression):
    file = io.BytesIO()
    feather.write_feather(table, file, compression=compression, chunksize=3)
    return base64_of(file.getvalue())


CELLS = {
    "int8": (pa.int8(), [-1, None, 1, 0, 127]),
    "uint8": (pa.uint8(), [255, 0, 1, None, 2]),
    "int16": (pa.int16(), [-300, 0, 1, None, 2]),
    "uint16": (pa.uint16(), [65535, 0, 1, None, 2]),
    "int32": (pa.int32(), [-70000, 0, 1, None, 2]),
    "uint32": (pa.uint32(), [2**32 - 1, 0, 1, None, 2]),
    "int64": (pa.int64(), [-(2**40), 0, 1, None, 2]),
    "uint64": (pa.uint64(), [2**40, 0, 1, None, 2]),
    "float": (pa.float32(), [0.5, 0, 1, None, -2]),
    "double": (pa.float64(), [0.1, 0, 1, None, -2]),
    "bool": (pa.bool_(), [True, False, None, True, True]),
    "string": (pa.string(), ["a", "", None, "\u00e9\u4e16", "b"]),
    "large_string": (pa.large_string(), ["a", "", None, "\u00e9\u4e16", "b"]),
    "list": (pa.list_(pa.string()), [["a", None], [], None, ["b"], ["c", "d"]]),
    "large_list": (pa.large_list(pa.int16()), [[1], [], None, [2, 3], [4]]),
    "fixed_size_list": (pa.list_(pa.bool_(), 2), [[True, False], [False, False], None, [True, True], [None, True]]),
    "struct": (pa.struct([("x", pa.int8()), ("y", pa.list_(pa.string()))]), [{"x": 1, "y": ["a"]}, None, {"x": None, "y": []}, {"x": 2, "y": None}, {"x": 3, "y": ["b", "c"]}]),
    "dictionary": (pa.dictionary(pa.int8(), pa.string()), ["b", "a", None, "b", "c"]),
    "list of dictionary": (pa.list_(pa.dictionary(pa.int32(), pa.string())), [["b"], ["a", "b"], None, [], ["c"]]),
    "date32": (pa.date32(), [19000, None, 0, 1, 2]),
    "timestamp": (pa.timestamp("s"), [1700000000, None, 0, 1, 2]),
}
UNREAD = {
    "null": pa.nulls(5),
    "decimal128": pa.array([1, 2, None, 4, 5], pa.decimal128(5)),
    "halffloat": pa.array([1.0, 2, None, 4, 5], pa.float16()),
    "map": pa.array([[("a", 1)], [], None, [], []], pa.map_(pa.string(), pa.int8())),
    "string_view": pa.array(["a", "b" * 20, None, "c", "d"], pa.string_view()),
    "run_end_encoded": pa.RunEndEncodedArray.from_arrays([2, 5], [1, 0]),
    "union": pa.UnionArray.from_sparse(pa.array([0, 0, 1, 0, 1], pa.int8()), [pa.array([1, 2, 3, 4, 5]), pa.array(list("abcde"))]),
}


def plain(value):
    return value.toordinal() if hasattr(value, "toordinal") else value


types = pa.table({name: pa.array(values, type) for name, (type, values) in CELLS.items()} | UNREAD)
labels = pa.table({"image": pa.array([png(20 * i) for i in range(5)], pa.large_binary()), "cat": pa.array([1, 0, 1, 1, 0], pa.int8())})
# more than LZ4's block of 64 kB, so that blocks repeat what others have
numbers = [i % 1000 for i in range(50_000)]
long = pa.table({"number": pa.array(numbers, pa.int32())})
fixture = {
    "made by": f"datasets {datasets.__version__} and pyarrow {pa.__version__}, conformance/datasets/arrow.py",
    "names": NAMES,
    "lists": LISTS,
    "folders": {
        "a Dataset": saved(Dataset.from_dict(rows(0, 8), features=features), num_shards=2),
        "a DatasetDict": saved(
            DatasetDict(
                {
                    "train": Dataset.from_dict(rows(0, 5), features=features),
                    "test": Dataset.from_dict(rows(5, 8), features=features),
                }
            ),
            num_shards={"train": 2, "test": 1},
        ),
        "the cache": cached(),
    },
    "cells": {name: values for name, (_, values) in CELLS.items()},
    "unread": list(UNREAD),
    "files": {
        "types, stream": stream(types),
        "cells, file": ipc_file(types.select(list(CELLS))),
        "cells, legacy stream": stream(types.select(list(CELLS)), use_legacy_format=True),
        "bytes, stream": stream(labels),
        "bytes, lz4": stream(labels, compression="lz4"),
        "bytes, zstd": stream(labels, compression="zstd"),
        "bytes, feather": feather_file(labels, "lz4"),
        "numbers from 0 to 999 and again, lz4": whole(long, compression="lz4"),
    },
}
OUT.write_text(json.dumps(fixture) + "\n")
