"""Make cosines tell passages apart rather than ways of asking.

Phrasings of one passage differ in style, script and length; those differences say nothing of what
is meant. Within-class covariance normalisation shrinks the directions in which they lie and
stretches the rest (Hatch, Kajarekar and Stolcke 2006). Fitted on the corpus alone: a passage is a
class, its phrasings are the members. No question of the examination plays a part.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

SHRINKAGE = 1.0  # in mean variances: keeps rare directions from being blown up


@dataclass(frozen=True)
class Whitening:
    """`mean` has shape [dimension], `matrix` [dimension, dimension]."""

    mean: Matrix
    matrix: Matrix

    def __call__(self, vectors: Matrix) -> Matrix:
        """Unit vectors in the new space, shape [n, dimension]; a vector at the mean stays zero."""
        turned = (vectors - self.mean) @ self.matrix
        length = np.linalg.norm(turned, axis=1, keepdims=True)
        return np.asarray(turned / np.maximum(length, 1e-9), dtype=np.float32)


def centres_of(vectors: Matrix, owners: NDArray[np.int64], size: int) -> Matrix:
    """Mean vector of each class, shape [size, dimension]; zeros for a class without members."""
    sums = np.zeros((size, vectors.shape[1]), dtype=np.float32)
    np.add.at(sums, owners, vectors)
    counts = np.bincount(owners, minlength=size)[:, None]
    return np.asarray(sums / np.maximum(counts, 1), dtype=np.float32)


def fit_whitening(vectors: Matrix, owners: NDArray[np.int64], size: int) -> Whitening:
    """The whitening of `vectors`, shape [n, dimension], whose classes are `owners`, shape [n]."""
    within = vectors - centres_of(vectors, owners, size)[owners]
    covariance = within.T @ within / max(len(within), 1)
    covariance /= max(float(np.trace(covariance)) / len(covariance), 1e-12)
    values, directions = np.linalg.eigh(covariance)
    scales = (np.maximum(values, 0.0) + SHRINKAGE) ** -0.5
    return Whitening(
        np.asarray(vectors.mean(axis=0), dtype=np.float32),
        np.asarray((directions * scales) @ directions.T, dtype=np.float32),
    )
