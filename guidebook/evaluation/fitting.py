"""Fit the weights of fusion.py on the development questions: `guidebook evaluate fit`.

For each way of writing, coordinate ascent over a grid of weights on the mean of
(right first + reciprocal rank) / 2 over the questions written that way. A weight moves only for a
gain, so that a signal that gains nothing stays at 0 and costs nothing at run time. The ascent
starts from one weight each and from several seeded random points. Test questions are never read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guidebook.confidence import standardised
from guidebook.language import Writing
from guidebook.retriever import Weighed
from guidebook.signals import SIGNALS, Evidence

GRID = (0.0, 0.2, 0.4, 0.7, 1.0, 1.4, 2.0, 2.8)
ROUNDS = 5
STARTS = 6
SEED = 20261122
SMALLEST_GAIN = 1e-6
PRICE = 0.0005  # what a signal in use must gain at least: each costs time on every question

Floats = NDArray[np.float32]
Weights = dict[str, float]


@dataclass(frozen=True)
class Example:
    """One development question held against every passage; arrays have shape [passages].

    `signals` are standardised; `relevant` marks passages of grade 2 and more or, where nothing
    answers, the passages that admit a gap.
    """

    question: str
    writing: Writing
    evidence: Evidence
    signals: Mapping[str, Floats]
    priors: Floats
    allowed: NDArray[np.bool_]
    relevant: NDArray[np.bool_]
    answerable: bool


def example(
    question: str,
    writing: Writing,
    weighed: Weighed,
    relevant: NDArray[np.bool_],
    answerable: bool,
) -> Example:
    """The example behind a weighed query."""
    return Example(
        question=question,
        writing=writing,
        evidence=weighed.evidence,
        signals={name: standardised(values) for name, values in weighed.evidence.values.items()},
        priors=weighed.priors,
        allowed=np.asarray([rejection is None for rejection in weighed.rejections]),
        relevant=relevant,
        answerable=answerable,
    )


def rank(item: Example, weights: Mapping[str, float]) -> int:
    """1-based rank of the first relevant passage; 0 when none is allowed."""
    right = item.relevant & item.allowed
    if not right.any():
        return 0
    scores = fused(item, weights)
    return int((scores[item.allowed] > scores[right].max()).sum()) + 1


def fused(item: Example, weights: Mapping[str, float]) -> Floats:
    """What fusion.Fusion.fuse plus the priors gives, shape [passages]."""
    total = np.zeros_like(item.priors)
    for name, weight in weights.items():
        if weight:
            total = total + weight * item.signals[name]
    return np.asarray(total / (sum(weights.values()) or 1.0) + item.priors, dtype=np.float32)


def quality(examples: Sequence[Example], weights: Mapping[str, float]) -> float:
    """Mean of (right first + reciprocal rank) / 2, less the price of the signals in use."""
    ranks = [rank(item, weights) for item in examples]
    gained = sum(((at == 1) + (1 / at if at else 0)) / 2 for at in ranks)
    return gained / max(len(ranks), 1) - PRICE * sum(weight > 0 for weight in weights.values())


def fit_weights(examples: Sequence[Example], names: Sequence[str] = SIGNALS) -> Weights:
    """The best weights found; `names` are the signals that may be used."""
    random = np.random.default_rng(SEED)
    starts = [dict.fromkeys(names, 1.0)]
    starts += [{name: float(random.choice(GRID)) for name in names} for _ in range(STARTS - 1)]
    climbed = [_climb(examples, start) for start in starts]
    return max(climbed, key=lambda weights: quality(examples, weights))


def _climb(examples: Sequence[Example], start: Weights) -> Weights:
    weights, best = dict(start), quality(examples, start)
    for _ in range(ROUNDS):
        before = best
        for name in weights:
            for value in GRID:
                tried = weights | {name: value}
                found = quality(examples, tried)
                if found > best + SMALLEST_GAIN:
                    weights, best = tried, found
        if best <= before + SMALLEST_GAIN:
            break
    return weights
