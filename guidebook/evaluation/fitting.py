"""Fit the weights of fusion.py: `guidebook evaluate fit`.

For each way of writing, a softmax regression: the weights under which the right passages of the
questions are likeliest, given the priors, with no weight below nought (Cao et al. 2007, ListNet,
with top-one probabilities). Fitted on the development questions and on practice questions from the
corpus's own phrasings; a signal that gains next to nothing is left out, so that it costs nothing
at run time. Test questions are never read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guidebook.confidence import standardised
from guidebook.language import Writing
from guidebook.retriever import Weighed
from guidebook.signals import SIGNALS, Evidence

DEVELOPMENT_WEIGHT = 5.0  # of one development question, in practice questions
SHRINKAGE = 0.001
SMALLEST_SHARE = 0.03  # of all weight: a signal with less is dropped
FORBIDDEN = -1e9  # the score of a passage that may not answer

# Each reading where it pays: the ablation in evaluation/README.md shows it.
_BY_WORDS = ("words", "letters", "best_words", "best_letters", "sounds", "best_sounds")
_BY_MEANING = ("meaning", "centre")
_ANY_SCRIPT = (*_BY_WORDS, "consonants", "best_consonants", *_BY_MEANING)
USED: Mapping[Writing, tuple[str, ...]] = {
    "en": (*_BY_WORDS, *_BY_MEANING),
    "roman_ur": _ANY_SCRIPT,
    "ur": _ANY_SCRIPT,
}

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


def fit_weights(
    examples: Sequence[Example], practice: Sequence[Example], names: Sequence[str] = SIGNALS
) -> Weights:
    """Weights that sum to one; `names` are the signals that may be used."""
    counts = [DEVELOPMENT_WEIGHT] * len(examples) + [1.0] * len(practice)
    found = _likeliest([*examples, *practice], counts, names)
    kept = [name for name in names if found[name] >= SMALLEST_SHARE]
    found = _likeliest([*examples, *practice], counts, kept)
    return {name: round(found.get(name, 0.0), 3) for name in names}


def _likeliest(
    examples: Sequence[Example], counts: Sequence[float], names: Sequence[str]
) -> Weights:
    from scipy.optimize import minimize

    used = [(item, count) for item, count in zip(examples, counts, strict=True) if _can_win(item)]
    signals = np.stack([np.stack([item.signals[n] for n in names], axis=1) for item, _ in used])
    priors = np.stack([item.priors for item, _ in used])
    barred = np.stack([np.where(item.allowed, 0.0, FORBIDDEN) for item, _ in used])
    right = np.stack([item.relevant & item.allowed for item, _ in used])
    share = np.asarray([count for _, count in used])
    share = share / share.sum()

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        # Priors are in deviations of the fused score: they scale with the sum of the weights.
        scores = signals @ weights + weights.sum() * priors + barred
        likely = np.exp(scores - scores.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        of_right = likely * right
        mass = np.maximum(of_right.sum(axis=1), 1e-30)
        pull = (of_right / mass[:, None] - likely) * share[:, None]
        slope = np.einsum("qp,qps->s", pull, signals) + (pull * priors).sum()
        shrink = SHRINKAGE * weights
        return float(shrink @ weights - share @ np.log(mass)), 2 * shrink - slope

    start = np.full(len(names), 1.0)
    best = minimize(loss, start, jac=True, bounds=[(0, None)] * len(names), method="L-BFGS-B").x
    total = float(best.sum()) or 1.0
    return {name: float(weight) / total for name, weight in zip(names, best, strict=True)}


def _can_win(item: Example) -> bool:
    return bool((item.relevant & item.allowed).any())
