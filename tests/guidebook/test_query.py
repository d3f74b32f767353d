"""A question is read, never changed: writing, plain terms, facets, province, law sections."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidebook.normalise import fold
from guidebook.query import Query, sections_in, understand, with_facets


def test_the_words_typed_stay_as_they_are() -> None:
    text = "  Parcha  KAISE darj ho? "
    understood = understand(Query(text))
    assert understood.text == text
    assert understood.writing == "roman_ur"
    assert "fir" in understood.expanded


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("s.154 CrPC", ("154",)),
        ("Section 376-A PPC", ("376a",)),
        ("376 ppc", ("376",)),
        ("PPC 336b", ("336b",)),
        ("dafa 302 ka case", ("302",)),
        ("دفعہ ۳۷۶", ("376",)),
        ("article 25", ("25",)),
        ("sections named 161 and 164", ("161", "164")),
        ("154 and 154", ("154",)),
        ("within 500 km", ()),
        ("fine of 500 rupees", ()),
        ("she is 14", ()),
        ("in 2016", ()),
        ("", ()),
    ],
)
def test_law_sections_are_read(text: str, sections: tuple[str, ...]) -> None:
    assert sections_in(fold(text)) == sections


def test_the_province_is_the_installations_unless_one_is_named() -> None:
    default = understand(Query("who may arrest", province="sindh"))
    assert (default.jurisdiction, default.jurisdiction_named) == ("sindh", False)
    named = understand(Query("who may arrest in Lahore", province="sindh"))
    assert (named.jurisdiction, named.jurisdiction_named) == ("punjab", True)


def test_another_countrys_law_is_noticed() -> None:
    assert understand(Query("what does indian law say")).other_country
    assert not understand(Query("what does the law say")).other_country


def test_province_and_country_are_not_left_among_the_facets() -> None:
    facets = understand(Query("a 14 year old girl in Lahore, indian law")).facets
    assert facets["age"] == "child"
    assert not {"jurisdiction", "country"} & facets.keys()


def test_what_is_said_now_wins_over_what_was_said_before() -> None:
    understood = understand(Query("she is 25 years old"))
    joined = with_facets(understood, {"age": "child", "online": "yes"})
    assert joined.facets == {"age": "adult", "online": "yes"}
    assert understood.facets == {"age": "adult"}


@given(st.text())
def test_no_text_makes_it_raise(text: str) -> None:
    understood = understand(Query(text))
    assert understood.text == text
    assert understood.jurisdiction
