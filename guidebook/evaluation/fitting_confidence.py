"""Fit when to answer: the confidence model and its two thresholds.

Each development question is shown twice: as it is, and with its right passages taken away, which
is what a question without an answer in the corpus looks like. Talk of other things is shown beside
them. Probabilities that choose the
thresholds come from cross-validation by question, never from the model that saw them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from guidebook.confidence import FEATURES, features_of
from guidebook.evaluation.fitting import Example, Weights, fused
from guidebook.language import Writing

FOLDS = 10
SEED = 20261122
OUT_OF_FIELD_WEIGHT = 4.0  # of one such line: an answer to it makes officers doubt all others
OVER_REFUSAL = 0.04  # of answerable questions may be refused by the evidence
# Of all questions, talk of other things apart, so many may be answered strongly and wrongly.
WRONG_AND_STRONG = 0.01


@dataclass(frozen=True)
class Sample:
    """One search and whether its first passage answers; `real` unless passages were taken away."""

    features: Mapping[str, float]
    right: bool
    real: bool
    answerable: bool
    out_of_field: bool = False  # talk of other things: nothing in the corpus is near to right


@dataclass(frozen=True)
class Fitted:
    """The confidence model, its thresholds, and how it did in cross-validation."""

    intercept: float
    coefficients: Mapping[str, float]
    answer_at: float
    strong_at: float
    figures: Mapping[str, float]


def samples(
    examples: Sequence[Example], weights: Mapping[Writing, Weights]
) -> tuple[list[Sample], NDArray[np.int64]]:
    """Both views of every example, and the group of each sample (its example's number)."""
    found: list[Sample] = []
    groups: list[int] = []
    for number, item in enumerate(examples):
        used = weights[item.writing]
        scores = fused(item, used)
        # At run time a signal of weight 0 is not computed: the model must not see it either.
        values = {name: item.evidence.values[name] for name, weight in used.items() if weight}
        evidence = replace(item.evidence, values=values)
        answerable = item.answerable
        views = [(item.allowed, True)]
        if answerable:
            views.append((item.allowed & ~item.relevant, False))
        for allowed, real in views:
            order = [int(at) for at in np.argsort(-scores, kind="stable") if allowed[at]][:10]
            features = features_of(evidence, scores, order, item.writing)
            right = bool(order) and bool(item.relevant[order[0]])
            far = not item.relevant.any()
            found.append(Sample(features, right, real, answerable, far))
            groups.append(number)
    return found, np.asarray(groups)


def fit_confidence(found: Sequence[Sample], groups: NDArray[np.int64]) -> Fitted:
    """The model over standardised features, its coefficients brought back to raw features."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    matrix = np.asarray([[sample.features[name] for name in FEATURES] for sample in found])
    right = np.asarray([sample.right for sample in found])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=1.0, max_iter=5000))
    counts = {
        "logisticregression__sample_weight": np.asarray(
            [OUT_OF_FIELD_WEIGHT if sample.out_of_field else 1.0 for sample in found]
        )
    }
    folds = GroupKFold(n_splits=FOLDS, shuffle=True, random_state=SEED)
    unseen = cross_val_predict(
        model, matrix, right, groups=groups, cv=folds, method="predict_proba", params=counts
    )[:, 1]
    model.fit(matrix, right, **counts)
    scaler, regression = model[0], model[1]
    raw = regression.coef_[0] / scaler.scale_
    intercept = float(regression.intercept_[0] - (raw * scaler.mean_).sum())
    answer_at, strong_at, figures = thresholds(found, unseen)
    coefficients = {name: round(float(value), 5) for name, value in zip(FEATURES, raw, strict=True)}
    return Fitted(round(intercept, 5), coefficients, answer_at, strong_at, figures)


def thresholds(
    found: Sequence[Sample], unseen: NDArray[np.float64]
) -> tuple[float, float, dict[str, float]]:
    """The highest `answer_at` and the lowest `strong_at` that keep the two limits above."""
    real = np.asarray([sample.real for sample in found])
    answerable = real & np.asarray([sample.answerable for sample in found])
    wrong = real & ~np.asarray([sample.right for sample in found])
    asked = real & ~np.asarray([sample.out_of_field for sample in found])
    answer_at = float(np.quantile(unseen[answerable], OVER_REFUSAL))
    strong_at = answer_at
    for candidate in np.linspace(answer_at, 0.999, 400):
        strong_at = float(candidate)
        if (wrong & (unseen >= candidate)).sum() <= WRONG_AND_STRONG * asked.sum():
            break
    gone = ~real
    figures = {
        "over_refusal": float((unseen[answerable] < answer_at).mean()),
        "refused_when_taken_away": float((unseen[gone] < answer_at).mean()),
        "strong_share": float((unseen[answerable] >= strong_at).mean()),
        "strong_when_taken_away": float((unseen[gone] >= strong_at).mean()),
    }
    return round(answer_at, 4), round(strong_at, 4), figures
