"""The word lists are in the one spelling they are compared in, or they would never match."""

from typing import Literal

import pytest

from guidebook.common_words import common_words
from guidebook.normalise import fold


@pytest.mark.parametrize("name", ["too_common", "roman_urdu"])
def test_every_word_is_written_as_it_is_compared(name: Literal["too_common", "roman_urdu"]) -> None:
    words = common_words(name)
    assert len(words) > 50
    assert {word for word in words if fold(word) != word} == set()


def test_roman_urdu_words_are_in_latin_letters() -> None:
    assert all(word.isascii() for word in common_words("roman_urdu"))
