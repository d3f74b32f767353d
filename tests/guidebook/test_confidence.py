"""Confidence is a logistic of features that can be worked out by hand."""

import math

import numpy as np
import pytest

from guidebook.confidence import FEATURES, Logistic, features_of, standardised
from guidebook.signals import Evidence


def values(*numbers: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.asarray(numbers, dtype=np.float32)


@pytest.fixture
def evidence() -> Evidence:
    signals = {
        "words": values(1, 2, 3),
        "meaning": values(0.9, 0.5, 0.1),
        "centre": values(0.6, 0.4, 0.2),
    }
    return Evidence(signals, coverage=0.5, explained=lambda at: at / 10)


def test_a_signal_is_standardised_over_the_passages() -> None:
    # mean 2; deviation sqrt(((1-2)^2 + (2-2)^2 + (3-2)^2) / 3) = sqrt(2/3)
    deviation = math.sqrt(2 / 3)
    expected = [(1 - 2) / deviation, 0.0, (3 - 2) / deviation]
    assert standardised(values(1, 2, 3)) == pytest.approx(expected)


def test_a_signal_that_says_nothing_counts_nothing() -> None:
    assert standardised(values(4, 4, 4)) == pytest.approx([0, 0, 0])


@pytest.mark.parametrize("margin", [-1.0, 0.0, 0.5, 3.0])
def test_confidence_is_the_logistic_of_the_features(margin: float) -> None:
    expected = 1 / (1 + math.exp(-(-1.0 + 2.0 * margin)))
    found = Logistic(-1.0, {"margin": 2.0}).probability({"margin": margin})
    assert found == pytest.approx(expected)


@pytest.mark.parametrize("margin", [1e9, -1e9])
def test_confidence_never_overflows(margin: float) -> None:
    assert 0.0 <= Logistic(-1.0, {"margin": 2.0}).probability({"margin": margin}) <= 1.0


def test_every_feature_is_there_and_says_how_the_first_stands_out(evidence: Evidence) -> None:
    found = features_of(evidence, values(1.5, 4.0, 2.0), [1, 2, 0], "en")
    assert found.keys() == set(FEATURES)
    assert found["fused"] == pytest.approx(4.0)
    assert found["margin"] == pytest.approx(4.0 - 2.0)
    assert found["margin_to_fifth"] == pytest.approx(4.0 - 1.5)  # of three, the last
    assert found["explained"] == pytest.approx(1 / 10)
    assert found["words_deviations"] == pytest.approx(0.0)


def test_nearness_counts_alike_in_every_way_of_writing(evidence: Evidence) -> None:
    english = features_of(evidence, values(3, 2, 1), [0, 1], "en")
    urdu = features_of(evidence, values(3, 2, 1), [0, 1], "ur")
    assert (english["nearest"], english["centre"]) == pytest.approx((0.9, 0.6))
    # (0.9, 0.5, 0.1) and (0.6, 0.4, 0.2) are both evenly spaced: the first stands sqrt(3/2) above
    deviations = english["nearest_deviations"], english["centre_deviations"]
    assert deviations == pytest.approx((math.sqrt(1.5), math.sqrt(1.5)))
    assert {name for name in english if english[name] != urdu[name]} == {"urdu_script"}
    assert urdu["urdu_script"] == 1.0


def test_one_accepted_passage_has_no_margin(evidence: Evidence) -> None:
    found = features_of(evidence, values(3, 2, 1), [0], "en")
    assert found["margin"] == found["margin_to_fifth"] == 0.0


def test_without_an_accepted_passage_every_feature_is_nothing(evidence: Evidence) -> None:
    assert set(features_of(evidence, values(3, 2, 1), [], "en").values()) == {0.0}
