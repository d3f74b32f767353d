"""Likeness is one number for one message, from plain weights, whatever is typed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidebook.likeness import BUCKETS, features, likeness, nearest
from guidebook.myths import myths
from guidebook.vocabulary import STATUSES


@given(st.text())
def test_features_are_of_length_one_or_nothing(text: str) -> None:
    places, counts = features(text)
    assert len(places) == len(counts)
    assert len(places) == 0 or np.isclose(np.linalg.norm(counts), 1.0, atol=1e-4)
    assert all(0 <= place < BUCKETS for place in places)


@given(st.text())
def test_shares_of_a_family_are_part_of_a_whole(text: str) -> None:
    for family in likeness().families:
        shares = likeness().shares(text, family)
        assert all(share >= 0 for share in shares.values())
        assert sum(shares.values()) <= 1 + 1e-3


def test_families_and_kinds_are_those_the_nets_know() -> None:
    families = likeness().families
    assert families.keys() == {"danger", "myth", "support"}
    assert set(families["myth"].kinds) == {myth.name for myth in myths()}
    assert set(families["support"].kinds) <= set(STATUSES)


@pytest.mark.parametrize("family", ["danger", "myth", "support"])
def test_a_question_of_law_is_like_none(family: str) -> None:
    assert nearest("how many days does the lab take for a DNA sample", family) is None


def test_a_spelling_nobody_listed_is_still_like_its_kind() -> None:
    assert nearest("mera shohaar mujhey bohaat marta hay", "support") == "told_support_victim"
