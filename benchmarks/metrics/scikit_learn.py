"""scikit-learn's side: reads the files, then answers each line of stdin, the name of a measure, with its time, values
and memory. Decisions (scores >= 0.5) are made before the clock starts; on our side they are made while it runs."""

import gc
import json
import re
import sys
import time
import warnings
from pathlib import Path

import numpy as np
from sklearn import metrics

warnings.simplefilter("ignore")
truth_file, scores_file, rows, columns = sys.argv[1:5]
shape = (int(rows), int(columns))
truth = np.fromfile(truth_file, np.uint8).reshape(shape)
scores = np.fromfile(scores_file, np.float32).reshape(shape)
predicted = (scores >= np.float32(0.5)).astype(np.uint8)

MEASURES = {
    "roc-auc": lambda: [metrics.roc_auc_score(truth, scores, average=None)],
    "average-precision": lambda: [metrics.average_precision_score(truth, scores, average=None)],
    "precision-recall-fscore": lambda: metrics.precision_recall_fscore_support(truth, predicted),
    "confusion-counts": lambda: metrics.multilabel_confusion_matrix(truth, predicted).reshape(-1, 4).T,
    "lrap": lambda: metrics.label_ranking_average_precision_score(truth, scores),
    "ranking-loss": lambda: metrics.label_ranking_loss(truth, scores),
    "coverage-error": lambda: metrics.coverage_error(truth, scores),
    "bootstrap-macro-auc": lambda: bootstrap(100),
}


def bootstrap(resamples):
    """A tenth of our 1,000; the time is scaled (measures.ts). The resamples aren't ours, so no values are compared."""
    rng = np.random.default_rng(0)
    for _ in range(resamples):
        drawn = rng.integers(0, len(truth), len(truth))
        metrics.roc_auc_score(truth[drawn], scores[drawn], average="macro")
    return []


def memory():
    """The resident bytes now, and their peak since the last reset."""
    status = Path("/proc/self/status").read_text()
    return [int(re.search(rf"{key}:\s+(\d+)", status)[1]) * 1024 for key in ("VmRSS", "VmHWM")]


for name in map(str.strip, sys.stdin):
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")
    before = memory()[0]
    start = time.perf_counter()
    values = MEASURES[name]()
    ms = (time.perf_counter() - start) * 1000
    answer = {"ms": ms, "bytes": memory()[1] - before, "values": np.ravel(values).tolist()}
    print(json.dumps(answer), flush=True)
