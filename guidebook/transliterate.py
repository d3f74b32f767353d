"""Write Roman Urdu in Urdu script, so that the multilingual encoder reads what it was trained on.

A word is looked up among the commonest ones (data/roman_urdu.yml), then among the Urdu words of
the corpus that share its consonants, the nearest in vowels winning; what matches none, and English
words, stay as typed. For searching only: never shown, stored or cited.
"""

import hashlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import yaml

from guidebook.language import writing_of
from guidebook.lexical import URDU_LETTERS, consonants
from guidebook.normalise import fold, words

DATA = Path(__file__).resolve().parent / "data" / "roman_urdu.yml"

COMMON = 0.05  # of likeness, for each e-fold in how often the corpus uses a word
_CANDIDATES = 12  # of one consonant skeleton, the commonest
_LETTERS = URDU_LETTERS | str.maketrans({"و": "u", "ی": "i", "ے": "i", "ہ": "h"})
_URDU_WORD = re.compile("[\u0620-\u064a\u0670-\u06d3]+")
_SPELLING = (
    (re.compile(r"q|c(?!h)"), "k"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"[ey]"), "i"),
    (re.compile(r"[ow]"), "u"),
)


class Transliterator:
    """Knows the words of one corpus."""

    def __init__(self, texts: Iterable[str]) -> None:
        urdu: Counter[str] = Counter()
        english: Counter[str] = Counter()
        for text in texts:
            weight = 1 if writing_of(text) == "en" else -1
            for word in words(text):
                if word.isascii():
                    english[word] += weight
            urdu.update(_URDU_WORD.findall(text))
        self._english = frozenset(word for word, more in english.items() if more > 0)
        self._alike: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for word, count in urdu.most_common():
            alike = self._alike[consonants(fold(word))]
            if len(alike) < _CANDIDATES:
                alike.append((word, count))
        self._known: dict[str, str] = {}

    def urdu(self, text: str) -> str:
        """`text` with every word that can be, in Urdu script, spelt as Urdu is."""
        return " ".join(self._word(word) for word in words(text))

    def _word(self, word: str) -> str:
        if not word.isascii() or any(letter.isdigit() for letter in word):
            return word
        common = common_spellings().get(word)
        if common is not None:
            return common
        if word not in self._known:
            self._known[word] = self._nearest(word)
        return self._known[word]

    def _nearest(self, word: str) -> str:
        alike = self._alike.get(consonants(word), ())
        if not alike or word in self._english:
            return word
        latin = _latin(word)

        def likeness(candidate: tuple[str, int]) -> float:
            written, count = candidate
            return SequenceMatcher(None, latin, _latin(fold(written))).ratio() + COMMON * math.log(
                count
            )

        return max(alike, key=likeness)[0]


@cache
def common_spellings() -> dict[str, str]:
    """Folded Roman spelling -> Urdu word as it is spelt."""
    loaded = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return {roman: str(urdu) for urdu, spellings in loaded.items() for roman in spellings.split()}


def spellings_digest() -> str:
    """SHA-256 of data/roman_urdu.yml: vectors made with other spellings do not fit its queries."""
    return hashlib.sha256(DATA.read_bytes()).hexdigest()


def _latin(word: str) -> str:
    """Rough Latin spelling with vowels, alike for both scripts, for comparing only."""
    word = word.translate(_LETTERS)
    for pattern, replacement in _SPELLING:
        word = pattern.sub(replacement, word)
    return word
