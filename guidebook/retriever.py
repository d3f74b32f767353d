"""Find the passages that may answer a question.

Returns accepted and rejected results, best first, with the reason of each rejection, the
probability that the first one answers, and the time each stage took. It does not decide what is
said; answering.py does.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from guidebook import facets
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

FACET_BONUS = 1.5
SECTION_BONUS = 4.0
NEAR_JURISDICTION_BONUS = 0.5
FAR_JURISDICTION_PENALTY = 6.0
AUTHORITY_STEP = 0.12


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
        self.fusion = fusion
        self._signals = Signals(corpus, index, encoders)
        self._sections = [sections_in(fold(f"{p.heading} {p.text}")) for p in corpus.passages]
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
        for at in np.argsort(-fused, kind="stable"):
            rejection = weighed.rejections[int(at)]
            result = SearchResult(self.corpus.passages[int(at)], float(fused[at]), rejection)
            (accepted if rejection is None else rejected).append(result)
            if len(accepted) >= limit:
                break
        features = features_of(accepted, weighed.evidence, fused, self.corpus)
        took = {
            "signals": (searched - started) * 1000,
            "fusion": (time.perf_counter() - searched) * 1000,
        }
        return SearchResults(
            tuple(accepted),
            tuple(rejected[:limit]),
            self.fusion.confidence.probability(features) if accepted else 0.0,
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
            out[at] -= AUTHORITY_STEP * AUTHORITY_ORDER.index(passage.authority)
            if query.sections and set(query.sections) & set(self._sections[at]):
                out[at] += SECTION_BONUS
            if passage.jurisdiction == query.jurisdiction:
                out[at] += NEAR_JURISDICTION_BONUS * (4 if query.jurisdiction_named else 1)
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


def features_of(
    accepted: Sequence[SearchResult], evidence: Evidence, fused: Values, corpus: Corpus
) -> dict[str, float]:
    """What the confidence model sees of a search."""
    if not accepted:
        return {"fused": 0.0, "margin": 0.0, "nearest": 0.0, "coverage": 0.0, "lexical": 0.0}
    first = accepted[0]
    second = accepted[1].score if len(accepted) > 1 else 0.0
    at = next(i for i, p in enumerate(corpus.passages) if p.id == first.passage.id)
    cosines = [evidence.values[n][at] for n in ("meaning", "meaning_multi") if n in evidence.values]
    lexical = [v[at] for n, v in evidence.values.items() if n in ("best_words", "best_sounds")]
    return {
        "fused": first.score / (float(fused.std()) + 1e-9),
        "margin": first.score - second,
        "nearest": float(max(cosines, default=0.0)),
        "coverage": evidence.coverage,
        "lexical": float(max(lexical, default=0.0)),
    }
