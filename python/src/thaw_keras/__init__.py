"""Runs Thaw's recipes on Keras 3 with JAX, on one process or several."""

from .classifier import Classifier, open_classifier, save_classifier
from .cluster import Cluster, start_cluster
from .data.labelled_images import LabelledImages
from .data.opening import open_data
from .data.tables import open_table
from .data.web_dataset import open_web_dataset
from .errors import (
    ClassifierFileError,
    DataError,
    DivergedError,
    OutputError,
    RecipeError,
    ResumeError,
    ThawKerasError,
)
from .recipe import read_recipe
from .run_parts import StepEvent
from .train import Run, train

__all__ = [
    "Classifier",
    "ClassifierFileError",
    "Cluster",
    "DataError",
    "DivergedError",
    "LabelledImages",
    "OutputError",
    "RecipeError",
    "ResumeError",
    "Run",
    "StepEvent",
    "ThawKerasError",
    "open_classifier",
    "open_data",
    "open_table",
    "open_web_dataset",
    "read_recipe",
    "save_classifier",
    "start_cluster",
    "train",
]
