"""What is known of a passage before any word is compared: what favours it, and what bars it.

A prior is added to the fused score: facts of the case, law sections, province, authority. A
rejection says why a passage may not answer this question at all. What does not depend on the
question is worked out once a corpus; a search only touches the passages it concerns.
"""

import math
from collections import defaultdict
from collections.abc import Mapping
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from guidebook import facets
from guidebook.corpus import Corpus
from guidebook.normalise import fold
from guidebook.query import Understood, sections_in
from guidebook.vocabulary import AUTHORITY_ORDER

Rejection = Literal["contradicts", "elsewhere", "not_named"]
Values = NDArray[np.float32]

# In deviations of the fused score, whose weights sum to one. Rules of the design, not fitted.
FACET_BONUS = 0.4  # the passage is written for a fact the officer stated
SECTION_BONUS = 1.5  # it alone names the section the officer named; less where many do
NAMED_JURISDICTION_BONUS = 0.5
OWN_JURISDICTION_BONUS = 0.12
FAR_JURISDICTION_PENALTY = 1.8  # another province's rule, where none was named
UNSPOKEN_PENALTY = 1.5  # it is for a man, a suspect, a pregnancy ..., and nothing of it was said
GAP_HANDICAP = 0.3  # an answer that is level with an admitted gap is given
AUTHORITY_STEP = 0.03  # law over guidance over a remark, between near equals

USUAL = {  # what a question is about that does not say
    "sex": "woman",
    "role": "survivor",
    "pregnant": "no",
    "drugged": "no",
    "oral": "no",
    "policewoman": "no",
    "outcome": "alive",
    "accused_age": "adult",
}
SAID_FOR_A_REASON = ("outcome",)  # nobody says that she is alive but to rule out the other
EVERYWHERE = ("pakistan", "international")


def without_usual(stated: Mapping[str, str]) -> dict[str, str]:
    """`stated` without what goes without saying. Kept for later questions it would be taken for a
    fact of someone else: that a girl was raped makes no woman of the man on remand."""
    return {
        facet: value
        for facet, value in stated.items()
        if USUAL.get(facet) != value or facet in SAID_FOR_A_REASON
    }


class Priors:
    """The rules above, over one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        passages = corpus.passages
        self._size = len(passages)
        gaps = {document.id for document in corpus.documents if document.kind == "known-gap"}
        self._standing = np.asarray(
            [
                -GAP_HANDICAP * (passage.document_id in gaps)
                - AUTHORITY_STEP * AUTHORITY_ORDER.index(passage.authority)
                for passage in passages
            ],
            dtype=np.float32,
        )
        self._applying = [(at, p.applies_to) for at, p in enumerate(passages) if p.applies_to]
        self._for_others = {
            facet: [at for at, values in self._applying if usual not in values.get(facet, (usual,))]
            for facet, usual in USUAL.items()
        }
        self._of_women = [
            at for at, values in self._applying if "man" not in values.get("sex", ("man",))
        ]
        accused = {at for at, values in self._applying if values.get("role") == ("suspect",)}
        self._women_accused = [at for at in self._of_women if at in accused]
        self._naming: dict[str, list[int]] = defaultdict(list)
        for at, passage in enumerate(passages):
            for section in set(sections_in(fold(f"{passage.heading} {passage.text}"))):
                self._naming[section].append(at)
        self._rarity = {
            section: 1 - math.log(len(naming)) / math.log(max(self._size, 2))
            for section, naming in self._naming.items()
        }
        self._jurisdictions = np.asarray([passage.jurisdiction for passage in passages])
        self._local = ~np.isin(self._jurisdictions, EVERYWHERE)
        self._named_by = [
            (at, tuple(f" {fold(name)} " for name in passage.named_by))
            for at, passage in enumerate(passages)
            if passage.named_by
        ]

    def of(self, query: Understood) -> Values:
        """What speaks for or against each passage, shape [passages]."""
        out = self._standing.copy()
        for at, applies_to in self._applying:
            out[at] += FACET_BONUS * facets.matches(query.facets, applies_to)
        for facet, others in self._for_others.items():
            if facet not in query.facets and not _speaks_of_other(facet, query):
                out[others] -= UNSPOKEN_PENALTY
        out += SECTION_BONUS * self._rarest_shared(query.sections)
        own = self._jurisdictions == query.jurisdiction
        out[own] += NAMED_JURISDICTION_BONUS if query.jurisdiction_named else OWN_JURISDICTION_BONUS
        out[self._local & ~own] -= FAR_JURISDICTION_PENALTY
        return out

    def rejections(self, query: Understood) -> tuple[Rejection | None, ...]:
        """Why each passage may not answer; None where it may."""
        found: list[Rejection | None] = [None] * self._size
        if query.jurisdiction_named:
            far = self._local & (self._jurisdictions != query.jurisdiction)
            for at in map(int, np.flatnonzero(far)):
                found[at] = "elsewhere"
        folded = f" {fold(query.text)} "
        for at, names in self._named_by:
            if not any(name in folded for name in names):
                found[at] = "not_named"
        for at, applies_to in self._applying:
            if facets.contradicts(query.facets, applies_to):
                found[at] = "contradicts"
        if query.of_man and "sex" not in query.facets:
            held = query.facets.get("custody") == "yes"
            for at in self._of_women if held else self._women_accused:
                found[at] = "contradicts"
        return tuple(found)

    def _rarest_shared(self, sections: tuple[str, ...]) -> Values:
        """Rarity, 0 to 1, of the rarest of `sections` that each passage names."""
        rarity = np.zeros(self._size, dtype=np.float32)
        for section in sections:
            naming = self._naming.get(section)
            if naming:
                rarity[naming] = np.maximum(rarity[naming], self._rarity[section])
        return rarity


def _speaks_of_other(facet: str, query: Understood) -> bool:
    """The age of an accused speaks of a suspect, too."""
    by_age = facet == "role" and "accused_age" in query.facets
    return by_age or facets.speaks_of_other(facet, query.text)
