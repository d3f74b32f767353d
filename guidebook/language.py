"""Tell which of three ways of writing a message uses: English, Roman Urdu, Urdu script.

By script first, then by the share of common Roman Urdu words; short English with one Urdu term
("tezab case") stays English. It decides which encoder runs, never what may be answered.
"""

from typing import Literal

from guidebook.common_words import common_words
from guidebook.normalise import urdu_share, words
from guidebook.vocabulary import Lang

Writing = Literal["en", "roman_ur", "ur"]

URDU_SHARE = 0.35
ROMAN_SHARE = 0.2


def writing_of(text: str) -> Writing:
    """How `text` is written."""
    if urdu_share(text) >= URDU_SHARE:
        return "ur"
    found = [word for word in words(text) if word.isascii() and not word.isdigit()]
    if not found:
        return "en"
    roman = common_words("roman_urdu")
    share = sum(word in roman for word in found) / len(found)
    return "roman_ur" if share >= ROMAN_SHARE else "en"


def reply_lang(writing: Writing, chosen: Lang | None) -> Lang:
    """The language of the bot's own words: the one chosen in the page, else that of the script."""
    return chosen if chosen is not None else ("ur" if writing == "ur" else "en")
