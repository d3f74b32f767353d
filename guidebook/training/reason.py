"""The reason a key or a verdict rests on: a passage of the corpus, as a room is shown it.

Words are cut from the document by spans and never rewritten. Whether the reason carries the
verdict takes a reader; what to do when there is none any more is the caller's decision.
"""

from dataclasses import dataclass

from guidebook.composition import compose
from guidebook.corpus import Corpus
from guidebook.quoting import cite
from guidebook.records import Document, Span
from guidebook.reply import Citation


@dataclass(frozen=True)
class Reason:
    """A passage: its first line, its steps, the rest, and where it stands.

    `citation` has heading, title, authority, jurisdiction, dates, review state and sources.
    `lines` holds the same words in the document's own order, each after its mark (`1.`, `-`, none).
    """

    citation: Citation
    lead: str
    steps: tuple[str, ...]
    more: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]


def reason(corpus: Corpus, passage_id: str) -> Reason | None:
    """The passage of that id; None when the corpus no longer holds it, or it was superseded."""
    passage = corpus.passage(passage_id)
    document = None if passage is None else corpus.document(passage.document_id)
    if passage is None or document is None:
        return None
    composed = compose(passage, document)
    return Reason(
        citation=cite(document, passage, composed),
        lead=composed.lead.cut(document),
        steps=tuple(span.cut(document) for span in composed.steps),
        more=tuple(span.cut(document) for span in composed.more),
        lines=tuple(
            (_mark(document, span), span.cut(document))
            for span in sorted(composed.spans, key=lambda one: one.start)
        ),
    )


def _mark(document: Document, span: Span) -> str:
    line = document.text.rfind("\n", 0, span.start) + 1
    return document.text[line : span.start].strip()
