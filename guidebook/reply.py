"""The reply as it crosses between processes and reaches the page: JSON in, JSON out.

The shapes are the contract of docs/architecture.md. `Reply.from_json` accepts nothing else, so
a reply that got here is one the page can show. What a reply says is decided elsewhere.
"""

from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from guidebook.errors import ReplyFormatError
from guidebook.vocabulary import (
    STATUSES,
    Authority,
    ContactState,
    Jurisdiction,
    Kind,
    Lang,
    Phase,
    ReviewStatus,
)


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SourceLink(_Record):
    """A source an officer can open."""

    title: str
    url: str


class Citation(_Record):
    """One cited range: `quote` is the document's text from `start` to `end`, in code points."""

    passage_id: str
    document_id: str
    digest: str
    title: str
    heading: str
    quote: str
    start: int
    end: int
    kind: Kind
    authority: Authority
    jurisdiction: Jurisdiction
    in_force_from: str | None
    checked_on: str
    review_status: ReviewStatus
    sources: tuple[SourceLink, ...] = ()


class Contact(_Record):
    """A number to call. `call_now` only where a wrong number is least likely."""

    label: str
    number: str
    state: ContactState


class Assumed(_Record):
    """A fact the answer rests on that the officer did not say in this message."""

    facet: str
    value: str
    label: str


class Suggestion(_Record):
    """A follow-up the corpus can answer; `payload` is sent as if typed."""

    title: str
    payload: str


class CardFact(_Record):
    """What the officer said of the case, in words of ours: `label` names it, `value` says it."""

    name: str
    label: str
    value: str


class CardStep(_Record):
    """One thing to do: a cited span. `citation` counts within the reply's citations, from 0.

    `note` is a message of ours beside it: the time named has passed, or sources differ.
    """

    text: str
    phase: Phase
    within_hours: int | None
    citation: int
    note: str | None = None


class Card(_Record):
    """The first-hour card: what was said, and the steps in order, the most urgent first."""

    title: str
    facts: tuple[CardFact, ...] = ()
    steps: tuple[CardStep, ...]


class Beside(_Record):
    """Another source's words on the same matter, where sources differ: cited spans under a label
    that says what it is, how old, and whether it governs. `citation` counts from 0."""

    label: str
    lines: tuple[str, ...]
    citation: int


class Reply(_Record):
    """One reply to the officer."""

    status: str
    lang: Lang
    text: str
    lead: str | None = None
    steps: tuple[str, ...] = ()
    strength: str | None = None
    caution: str | None = None
    notice: str | None = None
    more: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    citations: tuple[Citation, ...] = ()
    assumed: tuple[Assumed, ...] = ()
    nearest: tuple[Citation, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    card: Card | None = None
    beside: Beside | None = None
    masked: tuple[str, ...] = ()
    receipt: str | None = None
    took_ms: int = 0
    probability: float | None = None  # for the receipt alone: taken out before the page

    @field_validator("status")
    @classmethod
    def _known_status(cls, value: str) -> str:
        if value not in STATUSES:
            raise ValueError(f"status {value!r} is not in the closed list")
        return value

    def to_json(self) -> dict[str, Any]:
        """The reply as plain JSON types."""
        return self.model_dump(mode="json")

    @classmethod
    def from_json(cls, value: object) -> Self:
        """The reply behind `value`; ReplyFormatError names the first field that is wrong."""
        try:
            return cls.model_validate(value)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            where = ".".join(str(part) for part in first["loc"]) or "reply"
            raise ReplyFormatError(
                f"{where}: {first['msg']}; restart all processes, so that they are of one version."
            ) from None
