"""What the YAML of a workshop may say: quiz items, the two forms, scenarios.

Every word a room sees exists in English and in Urdu. Unknown fields are refused, so that a
misspelt field is a fault and not a rule that never holds. Whether the parts fit together, and
whether the passages they name exist, is for check.py.
"""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from guidebook.document_schema import Slug, Words
from guidebook.vocabulary import ReviewStatus, Topic

OPTIONS = 4
END = "end"
URDU_LETTER = re.compile(r"[\u0621-\u064a\u0671-\u06d3]")

Verdict = Literal["good", "poor", "forbidden"]


def _english(value: str) -> str:
    if URDU_LETTER.search(value):
        raise ValueError("this is the English text; move the Urdu to `ur`")
    return value


def _urdu(value: str) -> str:
    if not URDU_LETTER.search(value):
        raise ValueError("write it in Urdu script")
    return value


PassageId = Annotated[str, Field(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")]


class _Schema(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Both(_Schema):
    """One text in both languages."""

    en: Annotated[Words, AfterValidator(_english)]
    ur: Annotated[Words, AfterValidator(_urdu)]


class QuizItem(_Schema):
    """A question with one right option, `key`; `rationale` is the passage it rests on."""

    id: Slug
    topic: Topic
    question: Both
    options: tuple[Both, ...] = Field(min_length=OPTIONS, max_length=OPTIONS)
    key: int = Field(ge=0, lt=OPTIONS, strict=True)
    rationale: PassageId


class Quiz(_Schema):
    """The items of one topic."""

    review_status: ReviewStatus
    items: tuple[QuizItem, ...] = Field(min_length=1)


class Forms(_Schema):
    """The ids asked before and after a workshop, each in the order they are asked."""

    pre: tuple[Slug, ...]
    post: tuple[Slug, ...]


class Choice(_Schema):
    """One thing the room may do, what is said about it, and the step it leads to."""

    text: Both
    verdict: Verdict
    debrief: Both
    passage: PassageId
    next: Slug


class Step(_Schema):
    """A situation the room stands in, and the minutes it takes to talk through."""

    id: Slug
    situation: Both
    minutes: int = Field(gt=0, strict=True)
    choices: tuple[Choice, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _end_is_no_step(self) -> "Step":
        if self.id == END:
            raise ValueError(f"`{END}` closes a scenario; give the step another id")
        return self


class Scenario(_Schema):
    """A case that branches: the first step opens it, `next: end` closes it."""

    id: Slug
    review_status: ReviewStatus
    title: Both
    summary: Both
    facilitator_notes: Both
    steps: tuple[Step, ...] = Field(min_length=1)
    after_action: tuple[Both, ...] = Field(min_length=1)
