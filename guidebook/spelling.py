"""One spelling for the word nets: what different hands write for the same word becomes equal.

Coarser than `normalise.fold`, and only for matching: phone shorthand written out, Roman Urdu
variants merged (khoon, khun; zyadti, ziadti), joined verbs cut (hogaya), digits cut from letters
(13yr). Both the nets and the messages pass through here, so neither has to list variants.
"""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import yaml

from guidebook.normalise import fold

DATA = Path(__file__).resolve().parent / "data" / "spelling.yml"

_EDGES = re.compile(r"(?<=[^\W\d])(?=\d)|(?<=\d)(?!(?:st|nd|rd|th)\b)(?=[^\W\d])")
_JOINED = re.compile(
    r"\b(ho|a|aa|le|lay|mar|jal|gir|kha|pi|de|dal|kar)(gaya|gya|gayi|gai|gaye|gae|jaye|jaega|raha|rahi|rahe)\b"
)
_DULL = str.maketrans("eo", "iu")
_SOUNDS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"([a-z])\1{2,}", r"\1\1"),
        (r"\bshoot", "shot"),  # else it meets "shut"
        (r"ee", "i"),
        (r"oo", "u"),
        (r"([a-z])\1", r"\1"),
        (r"ph", "f"),
        (r"ck", "k"),
        (r"q", "k"),
        (r"w", "v"),
        (r"(?<=[kgbdjc])h(?=[a-z])", ""),
        (r"(?<=[kgbj])h\b", ""),
        (r"(?<=[a-z])y", "i"),
        (r"ii", "i"),
        (r"(?<=[ae])in\b", "i"),
        (r"hin\b", "hi"),
        (r"(?<=[a-z]{2})un\b", "u"),
        (r"\b[a-z]{3,}", lambda word: word[0][0] + word[0][1:-1].translate(_DULL) + word[0][-1]),
    )
)


@cache
def shorthand() -> dict[str, str]:
    """Short or slurred word -> the word written out, in folded spelling."""
    loaded = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return {str(short): str(word) for word, shorts in loaded.items() for short in shorts.split()}


def plain(text: str) -> str:
    """`text` in the spelling the nets are matched in; words separated by single spaces."""
    folded = _EDGES.sub(" ", fold(text).replace("'", ""))
    known = shorthand()
    whole = " ".join(known.get(word, word) for word in folded.split())
    return sounded(_JOINED.sub(r"\1 \2", whole))


def sounded(text: str) -> str:
    """Only the merging of sounds: safe for the beginning of a word too."""
    for pattern, replacement in _SOUNDS:
        text = pattern.sub(replacement, text)
    return re.sub(r"([\u0600-\u06ff])\1", r"\1", text)
