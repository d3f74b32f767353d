"""Spellings that people mean alike compare alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidebook.normalise import fold, urdu_share, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("FIR,  s.154!", "fir s 154"),
        ("I don't — know", "i don't know"),
        ("don’t", "don't"),
        ("۱۵ and ١١٢٢", "15 and 1122"),
        ("كيا", "کیا"),
        ("آپ", "اپ"),
        ("نہیں", "نہین"),
        ("زبَر", "زبر"),
        ("خوا\u200cتین", "خواتین"),
        ("ＦＩＲ", "fir"),
        ("snake_case", "snake case"),
        ("🙂", ""),
        ("", ""),
    ],
)
def test_text_folds_to_one_spelling(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_folded_words_hold_no_space_and_no_capital(text: str) -> None:
    found = words(text)
    assert fold(text) == " ".join(found)
    for word in found:
        assert word
        assert not any(letter.isspace() for letter in word)
        assert word == word.lower()


@given(st.text())
def test_the_urdu_share_is_a_share(text: str) -> None:
    assert 0.0 <= urdu_share(text) <= 1.0


@pytest.mark.parametrize(
    ("text", "share"),
    [("", 0.0), ("123 ?!", 0.0), ("fir", 0 / 3), ("پرچہ", 4 / 4), ("ab پرچہ", 4 / 6)],
)
def test_the_urdu_share_counts_letters_alone(text: str, share: float) -> None:
    assert urdu_share(text) == pytest.approx(share)
