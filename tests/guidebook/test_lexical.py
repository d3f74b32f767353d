"""Words, sounds and letters: three views, each with its own kindness to spelling."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidebook.lexical import (
    LexicalIndex,
    consonant_tokens,
    consonants,
    letter_tokens,
    sound_tokens,
    word_tokens,
)

TEXTS = ["register the report", "medical examination of the survivor", "زیادتی کی رپورٹ", ""]


def test_words_are_stemmed_and_common_ones_left_out() -> None:
    assert word_tokens("The examinations of the survivors") == word_tokens("examination survivor")
    assert word_tokens("what is the") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("zyadti", "ziadti"),
        ("zyadti", "zyaadti"),
        ("qanoon", "kanun"),
        ("tezab", "tezaab"),
        ("phone", "fone"),
    ],
)
def test_spellings_of_one_sound_meet(one: str, other: str) -> None:
    assert sound_tokens(one) == sound_tokens(other) != []


def test_different_sounds_stay_apart() -> None:
    assert sound_tokens("tezab") != sound_tokens("talaq")


def test_numbers_and_urdu_words_sound_as_they_are_written() -> None:
    assert sound_tokens("376 زیادتی") == ["376", "زیادتی"]


def test_letters_are_four_grams_with_borders() -> None:
    assert letter_tokens("rape") == ["_rap", "rape", "ape_"]
    assert letter_tokens("x") == ["_x_"]


def test_the_text_that_shares_words_scores_highest_and_the_others_nothing() -> None:
    scores = LexicalIndex(TEXTS, word_tokens).scores("medical examination")
    assert scores.shape == (len(TEXTS),)
    assert int(np.argmax(scores)) == 1
    assert scores[0] == scores[2] == scores[3] == 0


@pytest.mark.parametrize("text", ["", "zzz qqq", "the of and", "🙂"])
def test_a_query_without_known_words_scores_nothing(text: str) -> None:
    index = LexicalIndex(TEXTS, word_tokens)
    assert not index.scores(text).any()
    assert index.coverage(text) == 0.0


def test_coverage_is_the_share_of_known_tokens() -> None:
    index = LexicalIndex(TEXTS, word_tokens)
    assert index.coverage("medical zzz") == pytest.approx(1 / 2)
    assert index.coverage("medical report register qqq") == pytest.approx(3 / 4)


@given(st.text())
def test_no_text_makes_a_tokeniser_raise(text: str) -> None:
    for tokens in (
        cut(text) for cut in (word_tokens, sound_tokens, consonant_tokens, letter_tokens)
    ):
        assert all(tokens)


@pytest.mark.parametrize(
    ("roman", "urdu"),
    [
        ("larki", "لڑکی"),
        ("zyadti", "زیادتی"),
        ("parcha", "پرچہ"),
        ("qanoon", "قانون"),
        ("shohar", "شوہر"),
        ("tezab", "تیزاب"),
        ("376", "376"),
    ],
)
def test_a_word_has_the_same_consonants_in_both_scripts(roman: str, urdu: str) -> None:
    assert consonants(roman) == consonants(urdu) != ""


def test_consonants_forgive_vowels_and_part_words() -> None:
    assert consonants("لڑکی") == consonants("لڑکا") == consonants("larka")
    assert consonants("mulzim") != consonants("muqadma")


def test_roman_urdu_finds_an_urdu_text_by_its_consonants() -> None:
    texts = ["medical examination", "زیادتی کی رپورٹ کہاں درج ہوگی", "تیزاب سے زخمی"]
    index = LexicalIndex(texts, consonant_tokens)
    assert int(np.argmax(index.scores("zyadti ki report darj"))) == 1
    assert int(np.argmax(index.scores("tezab zakhmi"))) == 2
    assert not index.scores("wo").any()  # one consonant says too little
