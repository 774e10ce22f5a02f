"""The batches of a phase: images at each step, or features that are computed only once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .augmentation import augmentation_of
from .data.labelled_images import LabelledImages
from .head_start import (
    base_rates,
    fit_head,
    linear_head,
    standardize,
    standardizing_layer,
    start_at_base_rates,
)
from .inputs import FeatureSource, ImageSource, Inputs, features_of
from .layers import set_batch_norm_mode
from .network import feature_network, learns_head_alone
from .random_streams import epoch_order
from .run_parts import RunParts

Features = list[NDArray[np.float32]]

_SAMPLE_IMAGES = 1024


@dataclass(frozen=True)
class PhaseInputs:
    """Batches for training and validation and, if only the head learns, the kept features: one array per view."""

    train: Inputs
    validation: Inputs | None
    kept: Features | None


def phase_inputs(run: RunParts, phase: Mapping[str, Any]) -> PhaseInputs:
    """Decides whether to keep features, and computes them."""
    augmentation = augmentation_of(run.recipe["augmentation"])
    alone = learns_head_alone(run.classifier)
    views = 1 if augmentation is None else phase["views"] or (1 if alone else None)

    def images(data: LabelledImages, *, is_training: bool) -> Inputs:
        source = ImageSource(
            data,
            run.classifier.input_size,
            run.threads,
            augmentation=augmentation if is_training else None,
            seed=run.seed,
            views=views if is_training else None,
        )
        return Inputs(
            cluster=run.cluster,
            images=data,
            source=source,
            batch_size=phase["batchSize"],
            seed=run.seed,
            shuffle=is_training,
            weights=run.sample_weights if is_training else None,
        )

    train = images(run.train, is_training=True)
    validation = None if run.validation is None else images(run.validation, is_training=False)
    if not alone:
        return PhaseInputs(train, validation, None)
    network = feature_network(run.classifier)
    kept_views = min(views or 1, phase["epochs"])
    count = kept_views * len(run.train) + (0 if run.validation is None else len(run.validation))
    if 4 * count * int(np.prod(network.model.outputs[0].shape[1:])) > run.feature_bytes:
        run.note(
            "no features are kept: they need more than feature_bytes. Each epoch runs the whole network."
        )
        return PhaseInputs(train, validation, None)
    in_order = replace(train, shuffle=False)
    kept = [features_of(run.cluster, network, in_order, view) for view in range(kept_views)]
    held_out = validation and replace(
        validation, source=FeatureSource([features_of(run.cluster, network, validation, 0)])
    )
    return PhaseInputs(replace(train, source=FeatureSource(kept)), held_out, kept)


def start_head(run: RunParts, phase: Mapping[str, Any], inputs: PhaseInputs, *, resumed: bool) -> None:
    """Sets the statistics of the standardizing layer and the initial head, unless the run is resumed."""
    norm = standardizing_layer(run.classifier)
    head = set(run.classifier.head_layers)
    alone = not any(leaf.layer.trainable_variables for leaf in run.classifier.leaves if leaf.path not in head)
    if norm is not None and alone and resumed:
        set_batch_norm_mode(norm, "affine")
    elif norm is not None and alone:
        standardize(norm, inputs.kept or [_sample(run, inputs.train)])
    linear = linear_head(run.classifier)
    if resumed or linear is None or phase["headStart"] == "weights":
        return
    if phase["headStart"] == "base-rates" or inputs.kept is None:
        start_at_base_rates(linear[0], base_rates(run.train.y, run.train.known))
        return
    weights = np.ones(run.train.y.shape) if run.train.known is None else run.train.known.astype(np.float64)
    if run.sample_weights is not None:
        own = run.sample_weights
        weights = weights * (own if own.ndim == 2 else own[:, None])
    run.note(fit_head(run.classifier, inputs.kept, run.train.y, weights, run.seed))


def fits_head(run: RunParts, phase: Mapping[str, Any], inputs: PhaseInputs) -> bool:
    """Whether the first epoch of the phase is an exact fit of the head, which isn't trained but only evaluated."""
    is_linear = linear_head(run.classifier) is not None
    return phase["headStart"] == "logistic-regression" and inputs.kept is not None and is_linear


def _sample(run: RunParts, train: Inputs) -> NDArray[np.float32]:
    """The features of about 1,024 training images, the first ones of the first epoch."""
    wanted = -(-_SAMPLE_IMAGES // train.batch_size) * train.batch_size
    some = run.train.take(epoch_order(len(run.train), train.seed, 0)[:wanted])
    source = ImageSource(
        some,
        run.classifier.input_size,
        run.threads,
        augmentation=augmentation_of(run.recipe["augmentation"]),
        seed=train.seed,
    )
    sampled = replace(train, images=some, source=source, shuffle=False, weights=None)
    return features_of(run.cluster, feature_network(run.classifier), sampled, 0)
