"""Describe a sentence by its runs of letters and by its words.

Misspelt words and Roman Urdu share letters with their correct forms where they share no whole word:
letter runs catch what the sentence encoder does not know. What is fitted is plain data, a list of
terms and a weight for each.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

Weights = npt.NDArray[np.float64]

LETTER_RUNS = {"analyzer": "char_wb", "ngram_range": (2, 5)}
WORDS = {"analyzer": "word", "ngram_range": (1, 2), "token_pattern": r"\S+"}
KINDS = (LETTER_RUNS, WORDS)
# A term of one sentence alone teaches little and makes the model three times as large.
FEWEST_SENTENCES = 2

_SPACES = re.compile(r"\s+")
_REPEATS = re.compile(r"(\w)\1{2,}")


def normalise(sentence: str) -> str:
    """Return the sentence in one case and form, with 'heeeelp' written 'heelp'."""
    folded = unicodedata.normalize("NFKC", sentence).casefold()
    return _SPACES.sub(" ", _REPEATS.sub(r"\1\1", folded)).strip()


class TextFeatures:
    """Weigh the terms of a sentence by how few training sentences hold them."""

    def __init__(self, vectorisers: list[TfidfVectorizer]) -> None:
        """Wrap vectorisers that are fitted, one for each of KINDS."""
        self._vectorisers = vectorisers

    @classmethod
    def fit(cls, sentences: Sequence[str]) -> TextFeatures:
        """Learn the terms of the training sentences."""
        return cls(
            [
                TfidfVectorizer(
                    **kind, preprocessor=normalise, sublinear_tf=True, min_df=FEWEST_SENTENCES
                ).fit(sentences)
                for kind in KINDS
            ]
        )

    @classmethod
    def restore(cls, terms: list[list[str]], weights: Weights) -> TextFeatures:
        """Make the features again from the terms of each kind and the weights of all in a row."""
        vectorisers = []
        parts = np.split(weights, np.cumsum([len(part) for part in terms])[:-1])
        for kind, vocabulary, part in zip(KINDS, terms, parts, strict=True):
            vectoriser = TfidfVectorizer(
                **kind, preprocessor=normalise, sublinear_tf=True, vocabulary=vocabulary
            )
            vectoriser.idf_ = part
            vectorisers.append(vectoriser)
        return cls(vectorisers)

    @property
    def terms(self) -> list[list[str]]:
        """Return the terms of each kind, in the order of the columns."""
        return [
            [str(term) for term in vectoriser.get_feature_names_out()]
            for vectoriser in self._vectorisers
        ]

    @property
    def weights(self) -> list[Weights]:
        """Return the weight of each term, for each kind."""
        return [vectoriser.idf_ for vectoriser in self._vectorisers]

    def transform(self, sentences: Sequence[str]) -> csr_matrix:
        """Return one sparse row a sentence."""
        parts = [vectoriser.transform(sentences) for vectoriser in self._vectorisers]
        return hstack(parts, format="csr")
