"""Learn one centre a passage: the direction that its phrasings lie nearest to, and no others do.

The mean of a passage's phrasings knows nothing of its neighbours. A centre is moved away from what
is asked of other passages, until each phrasing is likeliest to be of its own: softmax regression
over cosines. Fitted with the index on the corpus alone, in seconds, and the same each time. Source:
Zhai and Wu 2019 (normalised softmax for deep metric learning); Kingma and Ba 2015 (Adam).
"""

import numpy as np
from numpy.typing import NDArray

from guidebook.whitening import Matrix, centres_of

EPOCHS = 12
BATCH = 512
RATE = 0.02  # of learning at the start; it falls to nought in the shape of a cosine
SHARPNESS = 20.0  # cosines times this are the logits
SMOOTHING = 0.05  # of the right passage's share, given to all: phrasings may be of two
DROPPED = 0.2  # of a phrasing's numbers, each time: no direction is leant on alone
SEED = 20261122
_MOMENTUM, _DAMPING, _TINY = 0.9, 0.999, 1e-8


def fit_centres(vectors: Matrix, owners: NDArray[np.int64], size: int) -> Matrix:
    """Unit centres, shape [size, dimension], for unit `vectors`, shape [n, dimension], whose
    passages are `owners`, shape [n]. A passage without a vector has a centre without meaning."""
    random = np.random.default_rng(SEED)
    centres = _unit(centres_of(vectors, owners, size))
    momentum, damping = np.zeros_like(centres), np.zeros_like(centres)
    batches = -(-len(vectors) // BATCH)
    for step in range(EPOCHS * batches):
        if step % batches == 0:
            order = random.permutation(len(vectors))
        rows = order[step % batches * BATCH :][:BATCH]
        kept = random.random((len(rows), vectors.shape[1])) >= DROPPED
        shown = np.asarray(vectors[rows] * kept / (1 - DROPPED), dtype=np.float32)
        slope = _slope(shown, owners[rows], centres)
        momentum = _MOMENTUM * momentum + (1 - _MOMENTUM) * slope
        damping = _DAMPING * damping + (1 - _DAMPING) * slope**2
        rate = RATE * (1 + np.cos(np.pi * step / (EPOCHS * batches))) / 2
        ahead = momentum / (1 - _MOMENTUM ** (step + 1))
        scale = np.sqrt(damping / (1 - _DAMPING ** (step + 1))) + _TINY
        centres = np.asarray(centres - rate * ahead / scale, dtype=np.float32)
    return _unit(centres)


def _slope(shown: Matrix, owners: NDArray[np.int64], centres: Matrix) -> Matrix:
    """How the mean cross-entropy of `shown` grows with each number of the centres."""
    length = np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-9)
    unit = centres / length
    logits = SHARPNESS * shown @ unit.T
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    wanted = np.full_like(shares, SMOOTHING / len(centres))
    wanted[np.arange(len(shown)), owners] += 1 - SMOOTHING
    pull = SHARPNESS * (shares - wanted).T @ shown / len(shown)
    along = (pull * unit).sum(axis=1, keepdims=True)
    return np.asarray((pull - along * unit) / length, dtype=np.float32)


def _unit(rows: Matrix) -> Matrix:
    length = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return np.asarray(rows / length, dtype=np.float32)
