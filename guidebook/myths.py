"""Recognise a belief about survivors that a message takes for granted, and where it is corrected.

Rules in `data/myths.yml`, in three scripts, and likeness to examples; each kind names words of the
corpus that put it right.
It promises that a correction is a span of a document. Whether it is said, and before what, the
answer decides; what is said of a correction in general is a message.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from guidebook.composition import compose
from guidebook.corpus import Corpus
from guidebook.faults import Fault, line_of
from guidebook.likeness import Like, near, nearest
from guidebook.nets import Net, Weaver, ready
from guidebook.records import Document, Passage, Span
from guidebook.vocabulary import Lang

DATA = Path(__file__).resolve().parent / "data" / "myths.yml"

UNLIKE = 0.06  # below this share a message resembles no example, and a rule alone may be mistaken


@dataclass(frozen=True)
class Myth:
    """One kind of belief: `words` begin its correction, in the passage with id `passage`."""

    name: str
    passage: str
    words: str
    nets: tuple[Net, ...]


@dataclass(frozen=True)
class Correction:
    """The words that put a belief right, and where they stand."""

    document: Document
    passage: Passage
    span: Span


@cache
def quiet() -> Net:
    """What makes likeness count for nothing."""
    loaded = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return Weaver(loaded["groups"]).net(loaded["quiet"])


@cache
def myths() -> tuple[Myth, ...]:
    """Every kind, in the order they are tried."""
    loaded = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    weave = Weaver(loaded["groups"])
    return tuple(
        Myth(name, kind["passage"], kind["words"], weave.nets(kind["nets"]))
        for name, kind in loaded["kinds"].items()
    )


def believed(text: str, like: Like = nearest) -> Myth | None:
    """The belief that `text` takes for granted: by rule, else by what it is `like`; or None."""
    found = believed_by_rule(text)
    if found is not None and near(text, "myth", UNLIKE):
        return found
    if quiet().catches(ready(text)):
        return None
    kind = like(text, "myth")
    return next((myth for myth in myths() if myth.name == kind), None)


def believed_by_rule(text: str) -> Myth | None:
    """The first belief whose rules catch `text`, or None."""
    message = ready(text)
    for myth in myths():
        if any(net.catches(message) for net in myth.nets):
            return myth
    return None


def correction_of(myth: Myth, corpus: Corpus, lang: Lang) -> Correction | None:
    """The correction as a span, from its first words to the end of their line; None if gone. Where
    the passage is translated into `lang`, the whole line that says those words."""
    passage = corpus.passage(myth.passage)
    document = corpus.document(passage.document_id) if passage else None
    if passage is None or document is None or document.superseded_by is not None:
        return None
    start = document.text.find(myth.words, passage.start, passage.end)
    if start < 0:
        return None
    said, document = corpus.said_in(passage, lang)
    if document.id != passage.document_id:
        before = passage.text[: start - passage.start].split("\n")[:-1]
        spans = sorted(compose(said, document).spans, key=lambda span: span.start)
        return Correction(document, said, spans[sum(map(bool, before))])
    line_end = document.text.find("\n", start, passage.end)
    end = passage.end if line_end < 0 else line_end
    return Correction(document, passage, Span(document.id, document.digest, start, end))


def myth_faults(corpus: Corpus) -> Iterator[Fault]:
    """Each kind whose correction is not in the corpus: it would go uncorrected without a word."""
    block = DATA.read_text(encoding="utf-8")
    for myth in myths():
        if correction_of(myth, corpus, "en") is None:
            line = line_of(block, block.find(f"  {myth.name}:\n"))
            remedy = f"name a passage of the corpus, and words of it: {myth.words!r} are not there."
            yield Fault(DATA, line, f"{myth.name}.passage", myth.passage, remedy)
