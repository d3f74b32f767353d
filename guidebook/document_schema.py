"""What the YAML of a corpus file may say: front matter, a passage's comment, a sidecar entry.

Unknown fields are refused: a misspelt field would otherwise be a rule that silently never holds.
"""

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from guidebook.vocabulary import (
    FACETS,
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

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
PassageId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$")]
FactId = Annotated[str, Field(pattern=r"^[A-Z](-[A-Z]{2,3})?-\d{2,3}[a-z]?$")]


def _facets(value: Any) -> Any:
    if not isinstance(value, dict):
        raise ValueError("write facets as {facet: value}")
    out = {}
    for facet, given in value.items():
        values = tuple(str(item) for item in (given if isinstance(given, list) else [given]))
        if facet not in FACETS:
            raise ValueError(f"facet {facet!r} is unknown; use one of {', '.join(FACETS)}")
        for item in values:
            if item not in FACETS[facet]:
                raise ValueError(f"{facet} {item!r} is unknown; use {', '.join(FACETS[facet])}")
        out[facet] = values
    return out


def _not_blank(value: str) -> str:
    if not value.strip():
        raise ValueError("write something here")
    return value


Facets = Annotated[dict[str, tuple[str, ...]], BeforeValidator(_facets)]
Words = Annotated[str, AfterValidator(_not_blank)]


class _Schema(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _signed(status: ReviewStatus, office: str | None) -> None:
    if status != "draft" and not office:
        raise ValueError("a document that is not a draft names the office in `reviewed_by`")


class SourceSchema(_Schema):
    id: Slug
    title: Words
    url: Words
    seen: date
    confidence: Confidence
    facts: tuple[FactId, ...] = ()


class FrontMatter(_Schema):
    id: Slug
    title: Words
    kind: Kind
    authority: Authority
    jurisdiction: Jurisdiction
    lang: Lang
    topics: tuple[Topic, ...] = Field(min_length=1)
    in_force_from: date | None
    checked_on: date
    review_by: date | None
    superseded_by: Slug | None
    review_status: ReviewStatus
    reviewed_by: str | None
    publisher: str | None = None
    published_on: date | None = None
    named_by: tuple[Words, ...] = ()
    body_sha256: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")
    sources: tuple[SourceSchema, ...]

    @model_validator(mode="after")
    def _review_names_its_office(self) -> "FrontMatter":
        _signed(self.review_status, self.reviewed_by)
        return self


class TranslationMatter(_Schema):
    """What a translation says of itself; all else it has from the document it translates."""

    id: Slug
    title: Words
    lang: Lang
    translation_of: Slug
    checked_on: date
    review_status: ReviewStatus
    reviewed_by: str | None

    @model_validator(mode="after")
    def _review_names_its_office(self) -> "TranslationMatter":
        _signed(self.review_status, self.reviewed_by)
        return self


class WhenSchema(_Schema):
    phase: Phase
    order: int = Field(ge=1, le=99)
    cases: tuple[Case, ...] = Field(min_length=1)
    within_hours: float | None = Field(default=None, gt=0)


class PassageNote(_Schema):
    """The HTML comment under a passage's heading."""

    id: Slug
    facts: tuple[FactId, ...] = ()
    authority: Authority | None = None
    jurisdiction: Jurisdiction | None = None
    applies_to: Facets | None = None
    when: WhenSchema | None = None
    caution: Caution | None = None
    differs_from: tuple[PassageId, ...] = ()
    named_by: tuple[Words, ...] = ()
    asked_as: tuple[Words, ...] = ()


class TranslationNote(_Schema):
    """The comment under a translated heading: the passage, and the words it was made from."""

    id: Slug
    of: str = Field(pattern=r"^[0-9a-f]{12}$")


class SidecarEntry(_Schema):
    """One passage of a source text: its first and last words name the range."""

    id: Slug
    heading: Words
    first: Words
    last: Words
    asked_as: tuple[Words, ...] = ()


class Sidecar(_Schema):
    passages: tuple[SidecarEntry, ...] = Field(min_length=1)
