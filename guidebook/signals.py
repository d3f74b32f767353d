"""The evidence for each passage, one number a signal: what fusion adds up.

`words`, `sounds`, `letters` are BM25 over the passage with all its phrasings; `best_words` and
`best_letters` over its single best phrasing; `meaning` and `meaning_ur` are the cosines of its
nearest entry under MiniLM and E5. A signal that cannot say anything is all zeros.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guidebook.corpus import Corpus
from guidebook.encoder import Encoder
from guidebook.index import Index
from guidebook.lexical import LexicalIndex, letter_tokens, sound_tokens, word_tokens
from guidebook.query import Understood

Values = NDArray[np.float32]

SIGNALS = (
    "words",
    "sounds",
    "letters",
    "best_words",
    "best_sounds",
    "best_letters",
    "meaning",
    "meaning_multi",
)


@dataclass(frozen=True)
class Evidence:
    """Signal name -> one value a passage, shape [passages]; and what is known of the query itself.

    `coverage`: share of its words, by sound, that the corpus knows; `explained`: share of what it
    says that one passage says too, by rarity.
    """

    values: Mapping[str, Values]
    coverage: float
    explained: Callable[[int], float]


class Signals:
    """Computes all signals of a query over one index. Loads nothing itself."""

    def __init__(self, corpus: Corpus, index: Index, encoders: Mapping[str, Encoder]) -> None:
        self._size = len(corpus.passages)
        self._owner = np.asarray([entry.passage for entry in index.entries])
        self._encoders = encoders
        self._vectors = {vectors.encoder: vectors for vectors in index.vectors}
        whole = [""] * self._size
        for entry in index.entries:
            whole[entry.passage] += entry.text + "\n"
        single = [entry.text for entry in index.entries]
        tokenisers = {"words": word_tokens, "sounds": sound_tokens, "letters": letter_tokens}
        self._whole = {name: LexicalIndex(whole, cut) for name, cut in tokenisers.items()}
        self._single = {name: LexicalIndex(single, cut) for name, cut in tokenisers.items()}

    def of(self, query: Understood, wanted: frozenset[str]) -> Evidence:
        """Every wanted signal; the others are left out and cost nothing."""
        text = f"{query.text} {query.expanded}".strip()
        values = {}
        for name, lexical in self._whole.items():
            if name in wanted:
                values[name] = lexical.scores(text)
        for name, lexical in self._single.items():
            if f"best_{name}" in wanted:
                values[f"best_{name}"] = self._best(lexical.scores(text), 0.0)
        for name, encoder_name in (("meaning", "minilm"), ("meaning_multi", "e5")):
            if name in wanted:
                values[name] = self._nearest(query.text, encoder_name)
        coverage = self._whole["sounds"].coverage(query.text)
        return Evidence(
            values,
            coverage,
            lambda at: self._whole["sounds"].explained(query.text, at),
        )

    def _nearest(self, text: str, encoder_name: str) -> Values:
        encoder = self._encoders[encoder_name]
        vector = encoder.encode_queries([text])[0]
        scores = self._vectors[encoder.name].scores(vector, len(self._owner))
        return self._best(scores, -1.0)

    def _best(self, scores: Values, floor: float) -> Values:
        out = np.full(self._size, floor, dtype=np.float32)
        np.maximum.at(out, self._owner, scores)
        return out
