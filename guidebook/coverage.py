"""Set the facts against the passages: what the corpus tells, what it leaves out, on what it rests.

A fact is covered when a passage that may answer names it. Counting says nothing about whether
the passage tells the fact rightly.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, get_args

from guidebook.corpus import SOURCE_KINDS, Corpus
from guidebook.facts import Fact
from guidebook.vocabulary import Topic

WEAK = frozenset({"secondary", "conflicting"})


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    covered: int
    total: int

    def __str__(self) -> str:
        part = 100 * self.covered / self.total if self.total else 0.0
        return f"{self.covered} / {self.total} ({part:.0f} %)"


@dataclass(frozen=True)
class TopicCount:
    """What one topic holds, by the first topic of its documents."""

    documents: int
    passages: int
    facts: int


@dataclass(frozen=True)
class Coverage:
    """The whole comparison; ids in `uncovered` stand core first, then in file order."""

    covered: tuple[str, ...]
    uncovered: tuple[str, ...]
    whole: Share
    core: Share
    not_conflicting: Share
    files: dict[str, Share]
    sections: dict[str, Share]
    topics: dict[str, TopicCount]
    weak_passages: tuple[str, ...]
    unknown: tuple[str, ...]
    core_ids: frozenset[str]

    def to_json(self) -> dict[str, Any]:
        """The same as plain JSON types."""
        return {**asdict(self), "core_ids": sorted(self.core_ids)}

    def to_text(self) -> str:
        """Tables for a person: shares, topics, then what is left out, core facts first."""
        shares = {
            "all facts": self.whole,
            "core": self.core,
            "not conflicting": self.not_conflicting,
        }
        lines = [f"{name:<40} {share}" for name, share in {**shares, **self.files}.items()]
        lines += ["", f"{'topic':<24} {'documents':>9} {'passages':>9} {'facts':>6}"]
        lines += [
            f"{topic:<24} {count.documents:>9} {count.passages:>9} {count.facts:>6}"
            for topic, count in self.topics.items()
        ]
        open_sections = {
            name: one for name, one in self.sections.items() if one.covered < one.total
        }
        lines += [
            "",
            "Sections with facts left out:",
            *(f"  {n}: {s}" for n, s in open_sections.items()),
        ]
        core = [fact_id for fact_id in self.uncovered if fact_id in self.core_ids]
        rest = [fact_id for fact_id in self.uncovered if fact_id not in self.core_ids]
        lines += [
            "",
            *_listed("Uncovered core facts", core),
            *_listed("Uncovered other facts", rest),
        ]
        lines += _listed("Passages on secondary or conflicting facts alone", self.weak_passages)
        return "\n".join([*lines, *_listed("Cited ids that are no facts", self.unknown)])


def coverage(corpus: Corpus, facts: Mapping[str, Fact]) -> Coverage:
    """Compare every fact with every passage that may answer."""
    cited = {fact_id for passage in corpus.passages for fact_id in passage.facts}
    left_out = [fact for fact in facts.values() if fact.id not in cited]
    left_out.sort(key=lambda fact: fact.use != "core")
    files = dict.fromkeys(fact.file for fact in facts.values())
    sections = dict.fromkeys(fact.section for fact in facts.values())
    return Coverage(
        covered=tuple(fact_id for fact_id in facts if fact_id in cited),
        uncovered=tuple(fact.id for fact in left_out),
        whole=_share(facts.values(), cited),
        core=_share((f for f in facts.values() if f.use == "core"), cited),
        not_conflicting=_share((f for f in facts.values() if f.confidence != "conflicting"), cited),
        files={
            name: _share((f for f in facts.values() if f.file == name), cited) for name in files
        },
        sections={
            name: _share((f for f in facts.values() if f.section == name), cited)
            for name in sections
        },
        topics=_topics(corpus),
        weak_passages=tuple(_weak_passages(corpus, facts)),
        unknown=tuple(sorted(cited - set(facts))),
        core_ids=frozenset(fact.id for fact in facts.values() if fact.use == "core"),
    )


def _share(facts: Iterable[Fact], cited: set[str]) -> Share:
    counted = Counter(fact.id in cited for fact in facts)
    return Share(counted[True], counted.total())


def _topics(corpus: Corpus) -> dict[str, TopicCount]:
    counts = {}
    for topic in get_args(Topic):
        documents = [
            document
            for document in corpus.documents
            if document.superseded_by is None and document.topics[0] == topic
        ]
        passages = [passage for document in documents for passage in document.passages]
        facts = {fact_id for passage in passages for fact_id in passage.facts}
        counts[str(topic)] = TopicCount(len(documents), len(passages), len(facts))
    return counts


def _weak_passages(corpus: Corpus, facts: Mapping[str, Fact]) -> Iterable[str]:
    sources = {document.id for document in corpus.documents if document.kind in SOURCE_KINDS}
    for passage in corpus.passages:
        grounds = {facts[one].confidence for one in passage.facts if one in facts}
        if passage.document_id not in sources and grounds <= WEAK:
            yield passage.id


def _listed(title: str, ids: Iterable[str]) -> list[str]:
    ids = list(ids)
    return [f"{title}: {len(ids)}", *(f"  {one}" for one in ids)]
