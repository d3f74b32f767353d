"""How sure the search may be that its first passage answers: features, and the fitted model.

The features describe one search: how far the first passage stands out, how near its nearest
phrasing is, how much of what is asked it says too. How long the question is plays no part:
officers type three words as often as thirty. The model is a logistic regression fitted
on development questions, each also with its right passages taken away: so it learns what a
question without an answer looks like. Source of the form: Platt 1999.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guidebook.language import Writing
from guidebook.request_kinds import elsewhere
from guidebook.signals import Evidence, Values

FEATURES = (
    "fused",
    "margin",
    "margin_to_fifth",
    "nearest",
    "centre",
    "nearest_deviations",
    "centre_deviations",
    "words_deviations",
    "agreement",
    "coverage",
    "explained",
    "elsewhere",
    "roman_urdu",
    "urdu_script",
)


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


def standardised(signal: Values) -> Values:
    """(x - mean) / deviation over the passages; zeros when every passage scores alike."""
    deviation = float(signal.std())
    if deviation < 1e-9:
        return np.zeros_like(signal)
    return np.asarray((signal - signal.mean()) / deviation, dtype=np.float32)


def features_of(
    evidence: Evidence, fused: Values, order: Sequence[int] | NDArray[np.int64], writing: Writing
) -> dict[str, float]:
    """The features of one search.

    `fused`: one score a passage, shape [passages]; `order`: the accepted passages, best first.
    """
    if len(order) == 0:
        return dict.fromkeys(FEATURES, 0.0)
    first = int(order[0])

    def margin(place: int) -> float:
        other = order[min(place, len(order) - 1)]
        return float(fused[first] - fused[int(other)])

    def deviations(name: str) -> float:
        signal = evidence.values.get(name)
        return 0.0 if signal is None else float(standardised(signal)[first])

    def raw(name: str) -> float:
        signal = evidence.values.get(name)
        return 0.0 if signal is None else float(signal[first])

    used = [signal for signal in evidence.values.values() if signal.any()]
    agreeing = sum(signal[first] >= signal[list(order)].max() for signal in used)

    return {
        "fused": float(fused[first]),
        "margin": margin(1),
        "margin_to_fifth": margin(4),
        "nearest": raw("meaning"),
        "centre": raw("centre"),
        "nearest_deviations": deviations("meaning"),
        "centre_deviations": deviations("centre"),
        "words_deviations": deviations("words"),
        "agreement": float(agreeing) / max(len(used), 1),
        "coverage": evidence.coverage,
        "explained": evidence.explained(first),
        "elsewhere": elsewhere(evidence.embedded),
        "roman_urdu": float(writing == "roman_ur"),
        "urdu_script": float(writing == "ur"),
    }
