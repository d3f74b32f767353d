"""The records that walk between the stages: what a document is, and what a passage is.

Frozen, so that nobody downstream changes what the corpus said. Offsets count code points in the
document's whole file text; `document.text[passage.start:passage.end] == passage.text`, always.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from guidebook.errors import SpanError
from guidebook.vocabulary import (
    Authority,
    Case,
    Caution,
    Confidence,
    Jurisdiction,
    Kind,
    Lang,
    Phase,
    ReviewStatus,
    Topic,
)


@dataclass(frozen=True)
class Source:
    """Where a document's statements come from."""

    id: str
    title: str
    url: str
    seen: date
    confidence: Confidence
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class When:
    """Where a passage stands in the first hours of a case. `order`: 1-99, lower is earlier."""

    phase: Phase
    order: int
    cases: tuple[Case, ...]
    within_hours: float | None = None


@dataclass(frozen=True)
class Passage:
    """One section of a document: the smallest text that can answer.

    `differs_from`: passages of other sources that differ from it on the very same matter.
    """

    id: str
    document_id: str
    heading: str
    text: str
    start: int
    end: int
    authority: Authority
    jurisdiction: Jurisdiction
    facts: tuple[str, ...] = ()
    applies_to: Mapping[str, tuple[str, ...]] | None = None
    when: When | None = None
    caution: Caution | None = None
    differs_from: tuple[str, ...] = ()
    asked_as: tuple[str, ...] = ()
    named_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """One file of the corpus with its passages in reading order.

    `named_by`: when given, the document answers only a question that uses one of these words.
    """

    id: str
    path: Path
    title: str
    kind: Kind
    authority: Authority
    jurisdiction: Jurisdiction
    lang: Lang
    topics: tuple[Topic, ...]
    checked_on: date
    review_by: date | None
    in_force_from: date | None
    superseded_by: str | None
    review_status: ReviewStatus
    reviewed_by: str | None
    translation_of: str | None
    publisher: str | None
    published_on: date | None
    named_by: tuple[str, ...]
    sources: tuple[Source, ...]
    text: str
    digest: str
    passages: tuple[Passage, ...]
    body_sha256: str | None = None


@dataclass(frozen=True)
class Span:
    """A range of code points in one document at one digest: the only way corpus words travel."""

    document_id: str
    digest: str
    start: int
    end: int

    def cut(self, document: Document) -> str:
        """The words themselves; SpanError when document, digest or range do not fit."""
        if document.id != self.document_id or document.digest != self.digest:
            raise SpanError(
                f"Span of {self.document_id}@{self.digest[:12]} does not fit "
                f"{document.id}@{document.digest[:12]}; ask again after the corpus is reloaded."
            )
        if not 0 <= self.start < self.end <= len(document.text):
            raise SpanError(
                f"Span {self.start}:{self.end} lies outside {document.id} "
                f"({len(document.text)} characters); rebuild the index."
            )
        return document.text[self.start : self.end]
