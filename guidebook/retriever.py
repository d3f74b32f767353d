"""Find the passages that may answer a question.

Returns accepted and rejected results, best first, with the reason of each rejection, the
probability that the first one answers, and the time each stage took. It does not decide what is
said; answering.py does.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from guidebook.confidence import features_of
from guidebook.corpus import Corpus
from guidebook.encoder import Encoder
from guidebook.fusion import Fusion
from guidebook.index import Index
from guidebook.likeness import nearest
from guidebook.meaning import ENCODER, meant, unlike
from guidebook.normalise import fold
from guidebook.priors import Priors, Rejection
from guidebook.query import Understood
from guidebook.records import Passage
from guidebook.request_kinds import likely_status
from guidebook.signals import Evidence, Signals, Values

LIMIT = 10


@dataclass(frozen=True)
class SearchResult:
    """One passage and its fused score; `rejection` says why it may not answer."""

    passage: Passage
    score: float
    rejection: Rejection | None = None


@dataclass(frozen=True)
class SearchResults:
    """Accepted best first, then rejected best first."""

    accepted: tuple[SearchResult, ...]
    rejected: tuple[SearchResult, ...]
    probability: float
    coverage: float
    features: Mapping[str, float]
    took_ms: Mapping[str, float]


@dataclass(frozen=True)
class Weighed:
    """A query held against every passage, before fusion. Arrays have shape [passages]."""

    evidence: Evidence
    priors: Values
    rejections: tuple[Rejection | None, ...]


class Retriever:
    """Searches one corpus through one index."""

    def __init__(
        self, corpus: Corpus, index: Index, encoders: Mapping[str, Encoder], fusion: Fusion
    ) -> None:
        self.corpus = corpus
        self.index = index
        self.fusion = fusion
        self.signals = Signals(corpus, index, encoders)
        self._priors = Priors(corpus)
        self._by_heading = {
            fold(said.heading): passage
            for passage in corpus.passages
            for said in corpus.wordings(passage)
        }

    def search(
        self, query: Understood, limit: int = LIMIT, without: frozenset[str] = frozenset()
    ) -> SearchResults:
        """The best `limit` accepted results and as many rejected ones, as if the passages
        `without` were not in the corpus."""
        started = time.perf_counter()
        weighed = self.weigh(query, self.fusion.wanted(query.writing))
        searched = time.perf_counter()
        fused = self.fusion.fuse(weighed.evidence.values, query.writing) + weighed.priors
        accepted: list[SearchResult] = []
        rejected: list[SearchResult] = []
        order: list[int] = []
        for at in map(int, np.argsort(-fused, kind="stable")):
            if self.corpus.passages[at].id in without:
                continue
            rejection = weighed.rejections[at]
            result = SearchResult(self.corpus.passages[at], float(fused[at]), rejection)
            (accepted if rejection is None else rejected).append(result)
            if rejection is None:
                order.append(at)
            if len(order) >= limit:
                break
        features = features_of(weighed.evidence, fused, order, query.writing)
        took = {
            "signals": (searched - started) * 1000,
            "fusion": (time.perf_counter() - searched) * 1000,
        }
        return SearchResults(
            tuple(accepted),
            tuple(rejected[:limit]),
            self.fusion.confidence.probability(features) if accepted else 0.0,
            weighed.evidence.coverage,
            features,
            took,
        )

    def meant(self, text: str, family: str) -> str | None:
        """The kind of a family that `text` is of by its meaning; by its letters alone when there is
        no encoder. Families: `danger`, `myth`, `support`."""
        vector = self.signals.vector(text, ENCODER)
        return nearest(text, family) if vector is None else meant(text, vector, family)

    def unlike(self, text: str, family: str) -> bool:
        """True when `text` has by its meaning nothing of a family."""
        vector = self.signals.vector(text, ENCODER)
        return vector is not None and unlike(text, vector, family)

    def titled(self, text: str) -> Passage | None:
        """The passage whose heading `text` is: a suggestion that was pressed."""
        return self._by_heading.get(fold(text))

    def kind_of(self, text: str) -> str | None:
        """The status by whose name `text` is refused, if its meaning is likely of such a kind: the
        words of now alone, not the question before them."""
        return likely_status(self.signals.vector(text, ENCODER))

    def weigh(self, query: Understood, wanted: frozenset[str]) -> Weighed:
        """Signals, priors and rejections of every passage: all that fusion and fitting need."""
        return Weighed(
            self.signals.of(query, wanted),
            self._priors.of(query),
            self._priors.rejections(query),
        )
