"""Likeness is one number for one message, from plain weights, whatever is typed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidebook.likeness import BUCKETS, features, likeness, near, nearest
from guidebook.myths import myths
from guidebook.vocabulary import STATUSES


@given(st.text())
def test_features_are_of_length_one_or_nothing(text: str) -> None:
    places, counts = features(text)
    assert len(places) == len(counts)
    assert len(places) == 0 or np.isclose(np.linalg.norm(counts), 1.0, atol=1e-4)
    assert all(0 <= place < BUCKETS for place in places)


@given(st.text())
def test_shares_are_a_whole(text: str) -> None:
    shares = likeness().share(text)
    assert np.isclose(sum(shares.values()), 1.0, atol=1e-3)


def test_sorts_are_those_the_nets_know() -> None:
    found = {sort.partition(":")[0] for sort in likeness().sorts}
    assert found == {"danger", "myth", "none", "support"}
    kinds = {
        name
        for sort in likeness().sorts
        for family, _, name in [sort.partition(":")]
        if family == "myth"
    }
    assert kinds == {myth.name for myth in myths()}
    supported = {
        name
        for sort in likeness().sorts
        for family, _, name in [sort.partition(":")]
        if family == "support"
    }
    assert supported <= set(STATUSES)


@pytest.mark.parametrize("family", ["danger", "myth", "support"])
def test_a_question_of_law_is_like_none(family: str) -> None:
    assert nearest("how many days does the lab take for a DNA sample", family) is None


def test_a_spelling_nobody_listed_is_still_like_its_kind() -> None:
    assert near("mera shohaar mujhey bohaat marta hay", "support", 0.5)
