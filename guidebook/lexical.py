"""Find passages by their words: BM25 over three views of the same text.

Words (English stems, Urdu words), sounds (a consonant skeleton, so that zyadti, ziadti and
zyaadti meet, and so do most typing slips), and letters (character four-grams). bm25s does the
scoring (Lù 2024); this module only decides what a token is. Scores have no upper bound.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence

import bm25s
import numpy as np
import Stemmer
from numpy.typing import NDArray

from guidebook.common_words import common_words
from guidebook.normalise import words

Scores = NDArray[np.float32]
Tokenise = Callable[[str], list[str]]

_SOUND_FOLD = (
    (re.compile(r"[^a-z]"), ""),
    (re.compile(r"ph"), "f"),
    (re.compile(r"[qc](?!h)"), "k"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"w"), "v"),
    (re.compile(r"(?<=.)[aeiouyh]"), ""),
    (re.compile(r"^[aeiou]"), "a"),
    (re.compile(r"(.)\1+"), r"\1"),
)
URDU_LETTERS = str.maketrans(
    {
        **dict(zip("بپتطٹثسصجچحہخ", "bptttsssjchhk", strict=True)),
        **dict(zip("دڈذزضظژرڑشعغفقکگلمن", "ddzzzzzrrsagfkkglmn", strict=True)),
        **dict(zip("وایے", "vayy", strict=True)),
    }
)
_SILENT = re.compile(r"(?<=.)[aeiouyhv]")
_VOWEL = re.compile(r"[aeiouy]")
_DOUBLED = re.compile(r"(.)\1+")
_stem = Stemmer.Stemmer("english").stemWord


def word_tokens(text: str) -> list[str]:
    """Stemmed words without the commonest ones."""
    return [_stem(word) for word in words(text) if word not in common_words("too_common")]


def sound_tokens(text: str) -> list[str]:
    """Consonant skeletons of Latin words of three letters and more; Urdu words as they are, and so
    is what nobody can say: "mlc" is a name, and "zzkq" sounds like nothing."""
    tokens: list[str] = []
    for word in words(text):
        if word in common_words("too_common"):
            continue
        if not word.isascii() or word.isdigit() or _VOWEL.search(word) is None:
            tokens.append(word)
            continue
        skeleton = word
        for pattern, replacement in _SOUND_FOLD:
            skeleton = pattern.sub(replacement, skeleton)
        if len(skeleton) >= 2:
            tokens.append(skeleton)
    return tokens


def consonants(word: str) -> str:
    """The consonant skeleton of a folded word, the same in both scripts: larki, لڑکی -> lrk."""
    if word.isdigit():
        return word
    if word.isascii():
        for pattern, replacement in _SOUND_FOLD:
            word = pattern.sub(replacement, word)
    else:
        word = word.translate(URDU_LETTERS)
    return _DOUBLED.sub(r"\1", _SILENT.sub("", word))


def consonant_tokens(text: str) -> list[str]:
    """Skeletons of all words in either script, so that Roman Urdu and Urdu phrasings meet."""
    skeletons = (consonants(w) for w in words(text) if w not in common_words("too_common"))
    return [skeleton for skeleton in skeletons if len(skeleton) >= 2]


def letter_tokens(text: str) -> list[str]:
    """Character four-grams over each word with its borders marked."""
    tokens: list[str] = []
    for word in words(text):
        if word in common_words("too_common"):
            continue
        marked = f"_{word}_"
        tokens.extend(marked[i : i + 4] for i in range(max(1, len(marked) - 3)))
    return tokens


class LexicalIndex:
    """BM25 over texts through one tokeniser."""

    def __init__(self, texts: Sequence[str], tokenise: Tokenise) -> None:
        self._tokenise = tokenise
        self._size = len(texts)
        tokens = [tokenise(text) or ["\0"] for text in texts]
        self._bm25 = bm25s.BM25(k1=1.2, b=0.6)
        self._bm25.index(tokens, show_progress=False)
        self._known = set(self._bm25.vocab_dict)
        self._sets = [frozenset(cut) for cut in tokens]
        self._frequency = Counter(token for cut in self._sets for token in cut)

    def scores(self, text: str) -> Scores:
        """BM25 of every text for this query, shape [texts]."""
        tokens = [token for token in self._tokenise(text) if token in self._known]
        if not tokens:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._bm25.get_scores(tokens), dtype=np.float32)

    def coverage(self, text: str) -> float:
        """Share of the query's tokens that any text knows, 0 to 1."""
        tokens = self._tokenise(text)
        return sum(token in self._known for token in tokens) / len(tokens) if tokens else 0.0

    def explained(self, text: str, at: int) -> float:
        """Share of the query's tokens that text `at` has, each weighted by its rarity, 0 to 1.

        Rarity is log(1 + texts / (1 + texts that have it)): a rare word the text lacks tells most.
        """
        rarity = {
            token: math.log(1 + self._size / (1 + self._frequency[token]))
            for token in set(self._tokenise(text))
        }
        total = sum(rarity.values())
        return (
            sum(rarity[token] for token in rarity if token in self._sets[at]) / total
            if total
            else 0.0
        )
