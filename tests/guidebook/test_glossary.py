"""An officer's word finds the plain term behind it, and stays what it is."""

import pytest

from guidebook.glossary import expansions, terms
from guidebook.normalise import fold


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("parcha", "fir"),
        ("پرچہ", "fir"),
        ("tezab", "acid"),
        ("MLC kab", "medical"),
        ("jirga ne kaha", "jirga"),
        ("ڈی این اے", "dna"),
    ],
)
def test_a_name_finds_its_term(text: str, plain: str) -> None:
    assert any(plain in means.lower().split() for means in expansions(fold(text)))


def test_a_name_inside_another_word_is_not_found() -> None:
    assert not any("dna" in means for means in expansions("abdnaz"))
    assert any("dna" in means for means in expansions("a dna z"))


def test_text_without_names_expands_to_nothing() -> None:
    assert expansions("") == []
    assert expansions("qqq zzz") == []


def test_every_term_answers_to_a_name_and_each_meaning_stands_once() -> None:
    means = [term.means for term in terms()]
    assert len(means) == len(set(means))
    assert all(term.says.pattern != r"(?<!\w)(?:)(?!\w)" for term in terms())
