"""Fitted numbers: how much each signal counts, and when the evidence is enough to answer.

`data/fusion.json` is written by `guidebook evaluate fit` from the development questions and says so
(provenance). Scores are fused after standardising each signal over the passages of one query:
z = (x - mean) / deviation; fused = sum of weight * z / sum of weight. Nothing but
FAIR_AT and FOLLOWING is set by hand.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np

from guidebook.confidence import Logistic, standardised
from guidebook.language import Writing
from guidebook.signals import Values

DATA = Path(__file__).resolve().parent / "data" / "fusion.json"
FAIR_AT = 0.08
"""Of 439 answers to follow-ups of four writers who saw the passages and no question of ours, below
this 51 in 100 passages said first were right (of 159), from here on 86 in 100."""

FOLLOWING = 0.5
"""The questions `answer_at` is fitted on stand alone. Of messages in the middle of a talk it cost
two right answers for each that was another's; what is borne so weakly says so."""

Strength = Literal["strong", "fair", "weak"]


@dataclass(frozen=True)
class Fusion:
    """Everything fitted. Thresholds are probabilities."""

    weights: Mapping[Writing, Mapping[str, float]]
    confidence: Logistic
    answer_at: float
    strong_at: float

    def enough(self, *, follows: bool) -> float:
        """The least probability that is said, at the start of a talk or to a question that
        `follows`."""
        return self.answer_at * (FOLLOWING if follows else 1.0)

    def strength(self, probability: float) -> Strength:
        """How firmly evidence of this probability carries an answer."""
        if probability >= self.strong_at:
            return "strong"
        return "fair" if probability >= FAIR_AT else "weak"

    def wanted(self, writing: Writing) -> frozenset[str]:
        """The signals that count for this way of writing."""
        return frozenset(name for name, weight in self.weights[writing].items() if weight > 0)

    def fuse(self, values: Mapping[str, Values], writing: Writing) -> Values:
        """One score a passage, shape [passages]: the weighted mean of standardised signals."""
        weights = {name: self.weights[writing].get(name, 0.0) for name in values}
        size = len(next(iter(values.values())))
        total = np.zeros(size, dtype=np.float32)
        for name, signal in values.items():
            total += weights[name] * standardised(signal)
        return np.asarray(total / (sum(weights.values()) or 1.0), dtype=np.float32)


@cache
def load_fusion(path: Path = DATA) -> Fusion:
    """The fitted numbers of this version."""
    loaded = json.loads(path.read_text(encoding="utf-8"))
    confidence = loaded["confidence"]
    return Fusion(
        weights=loaded["weights"],
        confidence=Logistic(confidence["intercept"], confidence["coefficients"]),
        answer_at=loaded["answer_at"],
        strong_at=loaded["strong_at"],
    )
