"""One spelling for comparing: never for showing, storing or citing.

Lower case, Unicode NFKC, Arabic letter forms folded to the Urdu ones, diacritics and joiners
dropped, Urdu digits made Western, every run of other characters one space.
"""

import re
import unicodedata

_FOLD = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "ہ": "ہ", "ه": "ہ", "ۃ": "ہ", "ة": "ہ", "ھ": "ہ",
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ۓ": "ے", "ں": "ن",
        **{chr(0x06F0 + i): str(i) for i in range(10)},
        **{chr(0x0660 + i): str(i) for i in range(10)},
        "’": "'", "‘": "'", "`": "'", "“": '"', "”": '"',
    }
)  # fmt: skip
_DROP = re.compile(
    "[\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_URDU_SCRIPT = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_LETTER = re.compile(r"[^\W\d_]")


def fold(text: str) -> str:
    """`text` in the one spelling, words separated by single spaces."""
    return " ".join(words(text))


def words(text: str) -> list[str]:
    """The folded words of `text`."""
    folded = unicodedata.normalize("NFKC", text).lower().translate(_FOLD)
    return _WORD.findall(_DROP.sub("", folded))


def urdu_share(text: str) -> float:
    """Share of letters in Urdu script, 0 to 1; 0 for a text without letters."""
    letters = _LETTER.findall(text)
    if not letters:
        return 0.0
    return sum(1 for letter in letters if _URDU_SCRIPT.match(letter)) / len(letters)
