"""Logistic regressions per label with cross-validated L2 strengths: the exact initial head, as in Thaw."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .random_streams import permutation

Matrix = NDArray[np.float64]

_STRENGTHS = 10.0 ** (1.5 - np.arange(12) / 2)
_RANK_DEVIATION = 0.5
_UNTRIED_RANK = 3
_FOLDS_UP_TO = 1e9
_FOLD_STREAM = 0x40AD
_STEPS = 100


@dataclass(frozen=True)
class FittedHead:
    """`coefficients` are [features + 1, labels], with the intercepts in the last row. `strengths` has one value per
    label."""

    coefficients: Matrix
    strengths: Matrix
    folds: int


def cross_validated_head(x: Matrix, y: Matrix, weights: Matrix, *, images: int, seed: int) -> FittedHead:
    """Fits a regression per label. Its strength is chosen by the loss on images that are held out, in five parts.

    x: [rows, features]; y and weights: [rows, labels]. Row r is of image r % images, so that all views of an image are in
    one part.
    """
    labels = y.shape[1]
    parts = min(5, images)
    size = x.shape[0] * (x.shape[1] + 1) * labels
    folds = 0 if parts < 2 else 1 if size > _FOLDS_UP_TO else parts
    part_of = np.zeros(images, dtype=np.int64)
    part_of[permutation(images, seed, _FOLD_STREAM)] = np.arange(images) % parts
    part_of_row = np.tile(part_of, x.shape[0] // images)
    ones = np.concatenate([x, np.ones((x.shape[0], 1))], axis=1)
    losses = [_held_out(ones, y[:, i], weights[:, i], part_of_row, folds) for i in range(labels)]
    ranks = _ranks(losses, x.shape[0] // images) if folds else [_UNTRIED_RANK] * labels
    strengths = _STRENGTHS[ranks]
    columns = [solve(ones, y[:, i], weights[:, i], strengths[i]) for i in range(labels)]
    return FittedHead(np.stack(columns, axis=1), strengths, folds)


def solve(ones: Matrix, y: Matrix, weights: Matrix, strength: float, start: Matrix | None = None) -> Matrix:
    """The minimum of `sum(weights * bce) / sum(weights) + strength / 2 * |coefficients|^2`, by Newton's method.

    ones: features and a column of ones, which has no penalty. To both sums an image of weight 1, the mean features and the
    label 1/2 is added, so that the intercept stays finite if a label has no positive image.
    """
    total = weights.sum() + 1
    penalty = np.full(ones.shape[1], strength)
    penalty[-1] = 0
    w = np.zeros(ones.shape[1]) if start is None else start.copy()
    value = _objective(ones, y, weights, w, penalty, total)
    for _ in range(_STEPS):
        p, of_mean = _sigmoid(ones @ w), _sigmoid(w[-1])
        gradient = ones.T @ (weights * (p - y)) / total + penalty * w
        gradient[-1] += (of_mean - 0.5) / total
        if np.linalg.norm(gradient) <= 1e-7:
            break
        curvature = weights * p * (1 - p) / total
        direction = _newton(ones, curvature, penalty, of_mean * (1 - of_mean) / total, gradient)
        length = 1.0
        while length > 1e-8:
            moved = w - length * direction
            new = _objective(ones, y, weights, moved, penalty, total)
            if new <= value - 1e-4 * length * float(gradient @ direction):
                w, value = moved, new
                break
            length /= 2
        else:
            break
    return w


def _newton(ones: Matrix, curvature: Matrix, penalty: Matrix, of_mean: float, gradient: Matrix) -> Matrix:
    """The solution of (Xᵀ C X + penalty) d = gradient, by conjugate gradients with a diagonal preconditioner."""
    diagonal = (ones**2).T @ curvature + penalty
    diagonal[-1] += of_mean
    diagonal = np.maximum(diagonal, 1e-12)

    def times(v: Matrix) -> Matrix:
        product = ones.T @ (curvature * (ones @ v)) + penalty * v
        product[-1] += of_mean * v[-1]
        return product

    d = np.zeros_like(gradient)
    residual = gradient.copy()
    z = residual / diagonal
    step, rho = z.copy(), float(residual @ z)
    goal = 1e-3 * min(1.0, float(np.linalg.norm(gradient))) * float(np.linalg.norm(gradient))
    for _ in range(200):
        if np.linalg.norm(residual) <= goal:
            break
        product = times(step)
        alpha = rho / float(step @ product)
        d += alpha * step
        residual -= alpha * product
        z = residual / diagonal
        rho, before = float(residual @ z), rho
        step = z + (rho / before) * step
    return d


def _held_out(
    ones: Matrix, y: Matrix, weights: Matrix, part_of: NDArray[np.int64], folds: int
) -> list[float]:
    """The losses of the held-out images, from the strongest penalty on, until two in a row are no better."""
    losses: list[float] = []
    starts: list[Matrix | None] = [None] * folds
    for strength in _STRENGTHS if folds else []:
        total = 0.0
        for fold in range(folds):
            out = part_of == fold
            solved = solve(ones, y, np.where(out, 0, weights), float(strength), starts[fold])
            starts[fold] = solved
            z = ones[out] @ solved
            total += float(np.sum(weights[out] * _crossentropy(z, y[out])))
        losses.append(total)
        if len(losses) - 1 - int(np.argmin(losses)) >= 2:
            break
    return losses


def _ranks(losses: list[list[float]], views: int) -> list[int]:
    """Per label, the strength with the least loss. It is shrunk to the labels' mean if the label has few images."""
    mean = np.mean([int(np.argmin(of_label)) for of_label in losses])
    return [
        int(
            np.argmin(
                [
                    loss / views + (rank - mean) ** 2 / (2 * _RANK_DEVIATION**2)
                    for rank, loss in enumerate(one)
                ]
            )
        )
        for one in losses
    ]


def _objective(ones: Matrix, y: Matrix, weights: Matrix, w: Matrix, penalty: Matrix, total: float) -> float:
    data = np.sum(weights * _crossentropy(ones @ w, y)) + _crossentropy(w[-1:], np.array([0.5]))[0]
    return float(data / total + 0.5 * np.sum(penalty * w * w))


def _crossentropy(z: Matrix, y: Matrix) -> Matrix:
    return np.asarray(np.logaddexp(0, z) - z * y)


def _sigmoid(z: Matrix) -> Matrix:
    return np.asarray(1 / (1 + np.exp(-np.clip(z, -700, 700))))
