"""What a message states is read; what it does not state is not guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidebook import facets
from guidebook.vocabulary import FACETS


@pytest.mark.parametrize(
    ("text", "facet", "value"),
    [
        ("the girl is 14 years old", "age", "child"),
        ("bachi ke sath", "age", "child"),
        ("نابالغ لڑکی", "age", "child"),
        ("she is 25 years old", "age", "adult"),
        ("her former husband", "relation", "former_husband"),
        ("her husband", "relation", "husband"),
        ("a transgender person", "sex", "transgender"),
        ("on facebook", "online", "yes"),
        ("she has no injuries", "injuries", "no"),
        ("in lahore", "jurisdiction", "punjab"),
        ("under indian law", "country", "other"),
    ],
)
def test_a_stated_facet_is_read(text: str, facet: str, value: str) -> None:
    assert facets.read(text)[facet] == value


@pytest.mark.parametrize("text", ["", "What must an FIR contain?", "154 CrPC", "🙂"])
def test_nothing_is_guessed(text: str) -> None:
    assert facets.read(text) == {}


@given(st.text())
def test_only_values_of_the_closed_lists_are_read(text: str) -> None:
    for facet, value in facets.read(text).items():
        assert facet in ("jurisdiction", "country") or value in FACETS[facet]


ADULT_WOMAN = {"age": ("adult",), "sex": ("woman", "transgender")}


@pytest.mark.parametrize(
    ("stated", "applies_to", "contradicts", "matches"),
    [
        ({}, ADULT_WOMAN, False, 0),
        ({"age": "adult"}, ADULT_WOMAN, False, 1),
        ({"age": "child"}, ADULT_WOMAN, True, 0),
        ({"age": "adult", "sex": "transgender"}, ADULT_WOMAN, False, 2),
        ({"age": "adult", "sex": "man"}, ADULT_WOMAN, True, 1),
        ({"online": "yes"}, ADULT_WOMAN, False, 0),
        ({"age": "child"}, None, False, 0),
        ({"age": "child"}, {}, False, 0),
    ],
)
def test_a_passage_for_another_case_contradicts(
    stated: dict[str, str],
    applies_to: dict[str, tuple[str, ...]] | None,
    contradicts: bool,
    matches: int,
) -> None:
    assert facets.contradicts(stated, applies_to) is contradicts
    assert facets.matches(stated, applies_to) == matches
