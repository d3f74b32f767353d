"""Fitted numbers: how much each signal counts, and when the evidence is enough to answer.

`data/fusion.json` is written by `guidebook evaluate fit` from the development questions and says so
(provenance). Scores are fused after standardising each signal over the passages of one query:
z = (x - mean) / deviation; fused = sum of weight * z. Nothing here is set by hand.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from guidebook.language import Writing
from guidebook.signals import Values

DATA = Path(__file__).resolve().parent / "data" / "fusion.json"


@dataclass(frozen=True)
class Logistic:
    """p = 1 / (1 + exp(-(intercept + sum coefficient * feature)))."""

    intercept: float
    coefficients: Mapping[str, float]

    def probability(self, features: Mapping[str, float]) -> float:
        """The probability that the first passage answers, 0 to 1."""
        total = self.intercept + sum(
            weight * features[name] for name, weight in self.coefficients.items()
        )
        return 1.0 / (1.0 + math.exp(-max(min(total, 30.0), -30.0)))


@dataclass(frozen=True)
class Fusion:
    """Everything fitted. Thresholds are probabilities."""

    weights: Mapping[Writing, Mapping[str, float]]
    confidence: Logistic
    answer_at: float
    strong_at: float

    def wanted(self, writing: Writing) -> frozenset[str]:
        """The signals that count for this way of writing."""
        return frozenset(name for name, weight in self.weights[writing].items() if weight > 0)

    def fuse(self, values: Mapping[str, Values], writing: Writing) -> Values:
        """One score a passage, shape [passages]."""
        weights = self.weights[writing]
        size = len(next(iter(values.values())))
        total = np.zeros(size, dtype=np.float32)
        for name, signal in values.items():
            total += weights.get(name, 0.0) * standardised(signal)
        return total


def standardised(signal: Values) -> Values:
    """(x - mean) / deviation over the passages; zeros when every passage scores alike."""
    deviation = float(signal.std())
    if deviation < 1e-9:
        return np.zeros_like(signal)
    return np.asarray((signal - signal.mean()) / deviation, dtype=np.float32)


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
