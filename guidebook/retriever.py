"""Find the passages that may answer a question.

Returns accepted and rejected results, best first, with the reason of each rejection, the
probability that the first one answers, and the time each stage took. It does not decide what is
said; answering.py does.
"""

import math
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from guidebook import facets
from guidebook.confidence import features_of
from guidebook.corpus import Corpus
from guidebook.encoder import Encoder
from guidebook.fusion import Fusion
from guidebook.index import Index
from guidebook.normalise import fold
from guidebook.query import Understood, sections_in
from guidebook.records import Passage
from guidebook.signals import Evidence, Signals, Values
from guidebook.vocabulary import AUTHORITY_ORDER

Rejection = Literal["contradicts", "elsewhere", "not_named"]

# In deviations of the fused score, whose weights sum to one. Rules of the design, not fitted.
FACET_BONUS = 0.4  # the passage is written for a fact the officer stated
SECTION_BONUS = 1.5  # it alone names the section the officer named; less where many do
NAMED_JURISDICTION_BONUS = 0.5
OWN_JURISDICTION_BONUS = 0.12
FAR_JURISDICTION_PENALTY = 1.5  # another province's rule, where none was named
GAP_HANDICAP = 0.3  # an answer that is level with an admitted gap is given
AUTHORITY_STEP = 0.03  # law over guidance over a remark, between near equals


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
        self._signals = Signals(corpus, index, encoders)
        self._sections = [sections_in(fold(f"{p.heading} {p.text}")) for p in corpus.passages]
        named = Counter(section for sections in self._sections for section in set(sections))
        size = len(corpus.passages)
        self._rarity = {s: math.log(size / count) / math.log(size) for s, count in named.items()}
        self._gaps = {item.id for item in corpus.documents if item.kind == "known-gap"}
        self._names = {
            document.id: tuple(fold(name) for name in document.named_by)
            for document in corpus.documents
            if document.named_by
        }

    def search(self, query: Understood, limit: int = 10) -> SearchResults:
        """The best `limit` accepted results and as many rejected ones."""
        started = time.perf_counter()
        weighed = self.weigh(query, self.fusion.wanted(query.writing))
        searched = time.perf_counter()
        fused = self.fusion.fuse(weighed.evidence.values, query.writing) + weighed.priors
        accepted: list[SearchResult] = []
        rejected: list[SearchResult] = []
        order: list[int] = []
        for at in map(int, np.argsort(-fused, kind="stable")):
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

    def weigh(self, query: Understood, wanted: frozenset[str]) -> Weighed:
        """Signals, priors and rejections of every passage: all that fusion and fitting need."""
        folded = f" {fold(query.text)} "
        return Weighed(
            self._signals.of(query, wanted),
            self._priors(query),
            tuple(self._rejection(passage, query, folded) for passage in self.corpus.passages),
        )

    def _priors(self, query: Understood) -> Values:
        """What is known before any word is compared: facets, sections, province, authority."""
        out = np.zeros(len(self.corpus.passages), dtype=np.float32)
        for at, passage in enumerate(self.corpus.passages):
            out[at] += FACET_BONUS * facets.matches(query.facets, passage.applies_to)
            if passage.document_id in self._gaps:
                out[at] -= GAP_HANDICAP
            out[at] -= AUTHORITY_STEP * AUTHORITY_ORDER.index(passage.authority)
            shared = set(query.sections) & set(self._sections[at])
            if shared:
                out[at] += SECTION_BONUS * max(self._rarity[section] for section in shared)
            if passage.jurisdiction == query.jurisdiction:
                named = query.jurisdiction_named
                out[at] += NAMED_JURISDICTION_BONUS if named else OWN_JURISDICTION_BONUS
            elif passage.jurisdiction not in ("pakistan", "international"):
                out[at] -= FAR_JURISDICTION_PENALTY
        return out

    def _rejection(self, passage: Passage, query: Understood, folded: str) -> Rejection | None:
        if facets.contradicts(query.facets, passage.applies_to):
            return "contradicts"
        names = self._names.get(passage.document_id)
        if names is not None and not any(f" {name} " in folded for name in names):
            return "not_named"
        elsewhere = passage.jurisdiction not in ("pakistan", "international", query.jurisdiction)
        if elsewhere and query.jurisdiction_named:
            return "elsewhere"
        return None
