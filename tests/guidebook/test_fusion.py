"""Fusion is arithmetic that can be done by hand; its fitted numbers say where they are from."""

import json
from typing import get_args

import numpy as np
import pytest

from guidebook.confidence import FEATURES, Logistic
from guidebook.fusion import DATA, Fusion, load_fusion
from guidebook.language import Writing
from guidebook.signals import SIGNALS


def values(*numbers: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.asarray(numbers, dtype=np.float32)


@pytest.fixture
def fusion() -> Fusion:
    return Fusion(
        weights={"en": {"words": 2.0, "meaning": 1.0, "letters": 0.0}, "roman_ur": {}, "ur": {}},
        confidence=Logistic(-1.0, {"margin": 2.0}),
        answer_at=0.5,
        strong_at=0.8,
    )


def test_fusing_is_the_weighted_mean_of_standardised_signals(fusion: Fusion) -> None:
    words, meaning = values(0, 10), values(0.9, 0.1)
    # of two values the greater stands at +1 and the lesser at -1
    expected = [(2.0 * -1 + 1.0 * 1) / (2.0 + 1.0), (2.0 * 1 + 1.0 * -1) / (2.0 + 1.0)]
    fused = fusion.fuse({"words": words, "meaning": meaning}, "en")
    assert fused == pytest.approx(expected)


def test_only_signals_with_weight_are_wanted(fusion: Fusion) -> None:
    assert fusion.wanted("en") == {"words", "meaning"}


def test_the_fitted_numbers_are_whole_and_say_where_they_come_from() -> None:
    assert json.loads(DATA.read_text())["provenance"]
    fitted = load_fusion()
    assert 0 < fitted.answer_at <= fitted.strong_at <= 1
    assert set(fitted.confidence.coefficients) <= set(FEATURES)
    for writing in get_args(Writing):
        assert fitted.wanted(writing)
        assert set(fitted.weights[writing]) <= set(SIGNALS)
        assert all(weight >= 0 for weight in fitted.weights[writing].values())
