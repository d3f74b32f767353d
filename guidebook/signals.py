"""The evidence for each passage, one number a signal: what fusion adds up.

`words`, `sounds`, `consonants`, `letters` are BM25 over the passage with all its phrasings, their
`best_` kin over its single best phrasing; `meaning` and `centre` are the cosines of its nearest
phrasing and of the centre learnt from all of them. A signal that cannot say anything is all zeros.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from guidebook.corpus import Corpus
from guidebook.encoder import Encoder, keep_to_one_core
from guidebook.index import Index, as_read
from guidebook.lexical import (
    LexicalIndex,
    consonant_tokens,
    letter_tokens,
    sound_tokens,
    word_tokens,
)
from guidebook.query import Understood
from guidebook.remembered import Remembered
from guidebook.transliterate import Transliterator

Values = NDArray[np.float32]

SIGNALS = (
    "words",
    "sounds",
    "consonants",
    "letters",
    "best_words",
    "best_sounds",
    "best_consonants",
    "best_letters",
    "meaning",
    "centre",
)
REMEMBERED = 256
"""Questions whose meaning is kept, at 4 KB each and encoder."""
MEANT_BY = {"e5": ("meaning", "centre")}


@dataclass(frozen=True)
class Evidence:
    """Signal name -> one value a passage, shape [passages]; and what is known of the query itself.

    `coverage`: share of its words, by sound, that the corpus knows; `explained`: share of what it
    says that one passage says too, by rarity; `embedded`: its vector.
    """

    values: Mapping[str, Values]
    coverage: float
    explained: Callable[[int], float]
    embedded: Values | None = None


class Signals:
    """Computes all signals of a query over one index. Loads nothing itself."""

    def __init__(self, corpus: Corpus, index: Index, encoders: Mapping[str, Encoder]) -> None:
        self._size = len(corpus.passages)
        # Entries stand in corpus order, and every passage has some: each owns one run of rows.
        owners = np.asarray([entry.passage for entry in index.entries])
        self._starts = np.searchsorted(owners, np.arange(self._size))
        self._encoders = encoders
        self._vectors = {vectors.encoder: vectors for vectors in index.vectors}
        self._transliterator = Transliterator(entry.text for entry in index.entries)
        # The engines let go of Python's lock: each embeds on a thread of its own while words are
        # counted here. One thread an engine, as neither promises to bear two callers at once.
        self._beside = {
            name: ThreadPoolExecutor(1, f"encoder-{name}", initializer=keep_to_one_core)
            for name in encoders
        }
        self._remembered = {
            name: Remembered(partial(self._meant, name), REMEMBERED) for name in encoders
        }
        whole = [""] * self._size
        for entry in index.entries:
            whole[entry.passage] += entry.text + "\n"
        single = [entry.text for entry in index.entries]
        tokenisers = {
            "words": word_tokens,
            "sounds": sound_tokens,
            "consonants": consonant_tokens,
            "letters": letter_tokens,
        }
        self._whole = {name: LexicalIndex(whole, cut) for name, cut in tokenisers.items()}
        self._single = {name: LexicalIndex(single, cut) for name, cut in tokenisers.items()}

    def of(self, query: Understood, wanted: frozenset[str]) -> Evidence:
        """Every wanted signal; the others are left out and cost nothing."""
        text = f"{query.text} {query.expanded}".strip()
        running = {
            name: self._beside[name].submit(self._remembered[name].of, query.text)
            for name, signals in MEANT_BY.items()
            if not wanted.isdisjoint(signals)
        }
        values = {}
        for name, lexical in self._whole.items():
            if name in wanted:
                values[name] = lexical.scores(text)
        for name, lexical in self._single.items():
            if f"best_{name}" in wanted:
                values[f"best_{name}"] = np.maximum.reduceat(lexical.scores(text), self._starts)
        coverage = self._whole["sounds"].coverage(query.text)
        embedded: Values | None = None
        for part in running.values():
            vector, found = part.result()
            values |= {signal: value for signal, value in found.items() if signal in wanted}
            embedded = vector
        return Evidence(
            values,
            coverage,
            lambda at: self._whole["sounds"].explained(query.text, at),
            embedded,
        )

    def vector(self, text: str, encoder_name: str) -> Values | None:
        """The embedding of a query, made once and kept as the search keeps it; None without it."""
        if encoder_name not in self._beside:
            return None
        running = self._beside[encoder_name].submit(self._remembered[encoder_name].of, text)
        return running.result()[0]

    def embed(self, texts: Sequence[str], encoder_name: str) -> Values:
        """Vectors of queries as the search makes them, shape [n, dimension]: for fitting."""
        encoder = self._encoders[encoder_name]
        return encoder.encode_queries([as_read(t, encoder, self._transliterator) for t in texts])

    def _meant(self, encoder_name: str, text: str) -> tuple[Values, dict[str, Values]]:
        vector = self.embed([text], encoder_name)[0]
        vectors = self._vectors[self._encoders[encoder_name].name]
        found = vectors.nearest_and_centre(vector, self._size)
        return vector, dict(zip(MEANT_BY[encoder_name], found, strict=True))
