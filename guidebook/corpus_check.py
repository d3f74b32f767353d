"""Check that the corpus is fit to answer from, beyond what loading it proves.

Loading asks whether files have the right shape; this asks whether what they say is complete,
current, findable and backed by facts. RULES is the whole list. It does not judge whether a
statement is true: that takes a reader with the facts beside the text.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

from guidebook.corpus import SOURCE_KINDS, Corpus
from guidebook.errors import CorpusError
from guidebook.facts import Fact
from guidebook.faults import Fault, line_of_field
from guidebook.governing import governs
from guidebook.normalise import fold
from guidebook.passage_check import fault_at, passage_faults
from guidebook.records import Document
from guidebook.service_pages import render
from guidebook.services import load_services, service_faults
from guidebook.translation_check import translation_faults
from guidebook.translations import is_translation

Rule = Callable[[Corpus, Mapping[str, Fact], date], Iterator[Fault]]


def check(corpus: Corpus, facts: Mapping[str, Fact], today: date) -> list[Fault]:
    """Every fault, by file and line."""
    found = [fault for rule in RULES for fault in rule(corpus, facts, today)]
    return sorted(set(found), key=lambda fault: (str(fault.path), fault.line, fault.field))


def _in_front_matter(document: Document, field: str, value: str, remedy: str) -> Fault:
    block = document.text.split("---\n", 2)[1]
    return Fault(document.path, line_of_field(block, field, 2), field, value, remedy)


def _passages(corpus: Corpus, facts: Mapping[str, Fact], _: date) -> Iterator[Fault]:
    for document in corpus.documents:
        for passage in document.passages:
            yield from passage_faults(document, passage, facts)


def _topics_match_folders(corpus: Corpus, _: Mapping[str, Fact], __: date) -> Iterator[Fault]:
    for document in corpus.documents:
        folder = document.path.parent
        if folder.parent.name == "guidance" and document.topics[0] != folder.name:
            remedy = f"the first topic names the folder: {folder.name}."
            yield _in_front_matter(document, "topics", document.topics[0], remedy)


def _headings_differ(corpus: Corpus, _: Mapping[str, Fact], __: date) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for document in corpus.documents:
        for passage in document.passages:
            other = seen.setdefault(fold(passage.heading), passage.id)
            if other != passage.id:
                remedy = f"{other} asks the same; say what differs."
                yield fault_at(document, passage, "heading", passage.heading, remedy)


def _sources_cover_facts(corpus: Corpus, facts: Mapping[str, Fact], _: date) -> Iterator[Fault]:
    for document in corpus.documents:
        if document.kind in SOURCE_KINDS:
            continue
        listed = {fact_id for source in document.sources for fact_id in source.facts}
        cited = {fact_id for passage in document.passages for fact_id in passage.facts}
        traceable = {
            one for one in cited if one in facts and any(s.url for s in facts[one].sources)
        }
        if bare := sorted(traceable - listed):
            value = ", ".join(bare[:3]) + (f" and {len(bare) - 3} more" if len(bare) > 3 else "")
            remedy = "name these facts under the source they were read in."
            yield _in_front_matter(document, "sources", f"without {value}", remedy)
        for stray in sorted(listed - cited):
            remedy = "no passage here rests on it; take it out of `sources`."
            yield _in_front_matter(document, "sources", stray, remedy)


def _reviews_due(corpus: Corpus, _: Mapping[str, Fact], today: date) -> Iterator[Fault]:
    for document in corpus.documents:
        if document.review_by and document.superseded_by is None and document.review_by < today:
            remedy = "read it against its sources again, then set a new date."
            yield _in_front_matter(document, "review_by", str(document.review_by), remedy)
        if document.checked_on > today:
            remedy = f"it lies after today, {today}."
            yield _in_front_matter(document, "checked_on", str(document.checked_on), remedy)


def _other_documents_exist(corpus: Corpus, _: Mapping[str, Fact], __: date) -> Iterator[Fault]:
    for document in corpus.documents:
        other = document.superseded_by
        if other and (other == document.id or corpus.document(other) is None):
            remedy = "name a document of the corpus."
            yield _in_front_matter(document, "superseded_by", other, remedy)


def _differing_are_decided(corpus: Corpus, _: Mapping[str, Fact], __: date) -> Iterator[Fault]:
    linked = (
        (document, passage, name)
        for document in corpus.documents
        for passage in document.passages
        for name in passage.differs_from
    )
    for document, passage, name in linked:
        other = corpus.passage(name)
        if other is None or other.id == passage.id:
            remedy = "name another passage, of a document that is not superseded."
            yield fault_at(document, passage, "differs_from", name, remedy)
        elif not governs(passage, other, corpus) and not governs(other, passage, corpus):
            remedy = "they are level in authority and date: nothing says which governs."
            yield fault_at(document, passage, "differs_from", name, remedy)


def _source_bodies_unchanged(corpus: Corpus, _: Mapping[str, Fact], __: date) -> Iterator[Fault]:
    for document in corpus.documents:
        if document.kind not in SOURCE_KINDS:
            continue
        body = document.text.split("---\n", 2)[2]
        digest = hashlib.sha256(body.encode("utf-8")).hexdigest()
        if document.body_sha256 != digest:
            remedy = f"the body gives {digest}: bring the original text back."
            yield _in_front_matter(document, "body_sha256", str(document.body_sha256), remedy)


def _translations_match(corpus: Corpus, _: Mapping[str, Fact], __: date) -> Iterator[Fault]:
    yield from translation_faults(corpus)


def _services_in_step(corpus: Corpus, facts: Mapping[str, Fact], today: date) -> Iterator[Fault]:
    path = corpus.folder / "services" / "services.yml"
    if not path.parent.is_dir() or not any(path.parent.iterdir()):
        return
    try:
        directory = load_services(path)
    except CorpusError as error:
        yield Fault(path, 1, "services", "not usable", "; ".join(error.faults))
        return
    yield from service_faults(directory, path, facts, today)
    pages = {path.parent / name: text for name, text in render(directory).items()}
    there = {page for page in path.parent.glob("*.md") if not is_translation(page)}
    for page in sorted({*pages, *there} - {path.parent / "README.md"}):
        if _read(page) != pages.get(page):
            remedy = "run `guidebook corpus render-services`; the YAML is the source of truth."
            yield Fault(page, 1, "page", "not what services.yml says", remedy)


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


RULES: tuple[Rule, ...] = (
    _passages,
    _topics_match_folders,
    _headings_differ,
    _sources_cover_facts,
    _reviews_due,
    _other_documents_exist,
    _differing_are_decided,
    _source_bodies_unchanged,
    _translations_match,
    _services_in_step,
)
