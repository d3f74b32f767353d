"""Three ways of writing are told apart by script first, then by common Roman Urdu words."""

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidebook.language import Writing, reply_lang, writing_of


@pytest.mark.parametrize(
    ("text", "writing"),
    [
        ("Can I refuse an FIR because I do not believe her?", "en"),
        ("tezab case", "en"),
        ("FIR kaise likhte hain", "roman_ur"),
        ("kya main parcha darj karne se mana kar sakta hoon", "roman_ur"),
        ("کیا میں ایف آئی آر سے انکار کر سکتا ہوں؟", "ur"),
        ("FIR درج کرنے سے انکار", "ur"),
        ("section 376 PPC کیا", "en"),
        ("154", "en"),
        ("", "en"),
        ("🙂", "en"),
    ],
)
def test_a_way_of_writing_is_told(text: str, writing: Writing) -> None:
    assert writing_of(text) == writing


@given(st.text())
def test_every_text_has_a_way_of_writing(text: str) -> None:
    assert writing_of(text) in ("en", "roman_ur", "ur")


@pytest.mark.parametrize(
    ("writing", "chosen", "lang"),
    [
        ("ur", None, "ur"),
        ("roman_ur", None, "en"),
        ("en", None, "en"),
        ("ur", "en", "en"),
        ("en", "ur", "ur"),
    ],
)
def test_the_language_chosen_in_the_page_wins_over_the_script(
    writing: Writing, chosen: Literal["en", "ur"] | None, lang: str
) -> None:
    assert reply_lang(writing, chosen) == lang
