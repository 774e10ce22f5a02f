"""What keras.metrics.AUC says on cases.py: writes packages/metrics/test/fixtures/keras.json."""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import tensorflow as tf

from cases import cases, plain, weights_of, write


def auc(truth, scores, thresholds, curve, summation, multi_label, weights=None):
    metric = keras.metrics.AUC(
        num_thresholds=thresholds, curve=curve, summation_method=summation, multi_label=multi_label
    )
    metric.update_state(truth, scores, sample_weight=weights)
    return plain(metric.result())


def settings(columns):
    for thresholds in (200, 3, 2):
        for curve in ("ROC", "PR"):
            for summation in ("interpolation", "minoring", "majoring"):
                for multi_label in (False, True) if columns > 1 else (False,):
                    yield thresholds, curve, summation, multi_label


write(
    "keras.json",
    {
        "madeBy": {
            "script": "conformance/metrics/keras_auc.py",
            "keras": keras.__version__,
            "tensorflow": tf.__version__,
        },
        "columns": ["numThresholds", "curve", "summation", "multiLabel", "auc"],
        "cases": [
            {
                "name": name,
                "values": [[*setting, auc(truth, scores, *setting)] for setting in settings(truth.shape[1])],
                "weighted": [
                    [*setting, auc(truth, scores, *setting, weights_of(truth))]
                    for setting in settings(truth.shape[1])
                    if setting[0] == 200
                ],
            }
            for name, truth, scores in cases()
        ],
    },
)
