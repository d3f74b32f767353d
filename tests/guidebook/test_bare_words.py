"""A message of a few known words is told from every other."""

import pytest

from guidebook.bare_words import sort_of


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("which section FIR?", "section"),
        ("کون سی دفعہ لگے گی؟", "section"),
        ("larki thane ayi hai", "came"),
        ("a girl has come", "came"),
        ("عورت آئی ہے", "came"),
        ("ab kya karun", "now"),
        ("what do I do first", "now"),
        ("اب کیا کروں", "now"),
    ],
)
def test_words_that_name_nothing_have_their_sort(text: str, sort: str) -> None:
    assert sort_of(text) == sort


@pytest.mark.parametrize(
    "text",
    [
        "",
        "fir",
        "which section for rape",
        "larki hospital ayi hai",
        "do it now",
        "kya hai",
        "she came",
    ],
)
def test_one_word_more_or_less_makes_it_another_message(text: str) -> None:
    assert sort_of(text) is None
