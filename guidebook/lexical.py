"""Find passages by their words: BM25 over three views of the same text.

Words (English stems, Urdu words), sounds (a consonant skeleton, so that zyadti, ziadti and
zyaadti meet, and so do most typing slips), and letters (character four-grams). bm25s does the
scoring (Lù 2024); this module only decides what a token is. Scores have no upper bound.
"""

import re
from collections.abc import Callable, Sequence

import bm25s
import numpy as np
import Stemmer
from numpy.typing import NDArray

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
_STOP = frozenset(
    "a an the is are was were be been am do does did of to in on at for from by with and or if it "
    "its this that these those he she his her him they them their i you we my your our me us as so "
    "what which who whom when where how why can could should would will shall may must have has had "
    "there any some also just ka ki ke ko se mein me main hai hain he ho hota hoti kya kia kaise kese "
    "aur ya to bhi par pe ne wo woh yeh ye is us jo ga gi ge tha thi the na nahi nai sakta sakti sakte "
    "ہے ہین کا کی کے کو سے مین اور یا تو بہی پر نے وہ یہ اس ان جو کیا ہو ہوتا ہوتی گا گی گے تہا تہی نہین".split()
)
_stem = Stemmer.Stemmer("english").stemWord


def word_tokens(text: str) -> list[str]:
    """Stemmed words without the commonest ones."""
    return [_stem(word) for word in words(text) if word not in _STOP]


def sound_tokens(text: str) -> list[str]:
    """Consonant skeletons of Latin words of three letters and more; Urdu words as they are."""
    tokens = []
    for word in words(text):
        if word in _STOP:
            continue
        if not word.isascii() or word.isdigit():
            tokens.append(word)
            continue
        skeleton = word
        for pattern, replacement in _SOUND_FOLD:
            skeleton = pattern.sub(replacement, skeleton)
        if len(skeleton) >= 2:
            tokens.append(skeleton)
    return tokens


def letter_tokens(text: str) -> list[str]:
    """Character four-grams over each word with its borders marked."""
    tokens = []
    for word in words(text):
        if word in _STOP:
            continue
        marked = f"_{word}_"
        tokens.extend(marked[i : i + 4] for i in range(max(1, len(marked) - 3)))
    return tokens


class LexicalIndex:
    """BM25 over texts through one tokeniser."""

    def __init__(self, texts: Sequence[str], tokenise: Tokenise) -> None:
        self._tokenise = tokenise
        self._size = len(texts)
        self._bm25 = bm25s.BM25(k1=1.2, b=0.6)
        self._bm25.index([tokenise(text) or ["\0"] for text in texts], show_progress=False)
        self._known = set(self._bm25.vocab_dict)

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
