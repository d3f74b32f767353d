"""What a conversation remembers between two questions, and when a question leans on it.

One small record in one Rasa slot; it holds no text but the last questions and the message that got
support. Older than thirty minutes it is ignored: the desk is shared, and the next officer
has another case.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any, Self

from pydantic import TypeAdapter

from guidebook.normalise import words

MAX_AGE_S = 30 * 60
FOLLOW_UP_WORDS = 7

_CUE = re.compile(
    r"^(?:"
    r"and|what about|how about|what if|if|but if|also|then|ok|okay|so|which section|"
    r"what section|how long|how many|who|why|where|when|what|is it|is that|does it|"
    r"does that|can i|can she|can he|must i|in how|same|aur|agar|lekin|magar|to phir|phir|"
    r"acha|ye|yeh|is|us|iska|uska|iski|uski|kitni|kitne|kitna|kaun|kon|kab|kahan|kya|"
    r"konsi|kaunsi|اور|اگر|لیکن|تو|پہر|اچہا|یہ|اس|کتنی|کتنے|کتنا|کون|کب|کہان|کیا|وہ"
    r")\b"
)
_LEANING = re.compile(
    r"\b(?:it|that|this|these|those|same|she|he|her|his|him|them|they|there|then|instead|else|"
    r"iska|uska|iski|uski|iske|uske|us|is|yeh|ye|woh|wo|usi|isi|tab|phir|"
    r"اس|وہ|یہ|ان|انہین|تب|پہر|اسی)\b"
)

_JOINING = re.compile(  # how a longer message takes up the last one
    r"^(?:and|but|if|ok|okay|then|so|also|what about|aur|lekin|magar|agar|acha|to phir|phir|"
    r"اور|لیکن|مگر|اگر|اچہا|پہر)\b"
)


@dataclass(frozen=True)
class Context:
    """The slot. `at` is a POSIX time in seconds; 0 means nothing is remembered.

    `province` was asked for in words while the page said `page_province`; it holds until the page
    says another. `resolved_query` is the last question that stood on its own, `last_query` what
    was asked of it since, if anything, `case_query` the last message that told of a case.
    `mentions` and `card_out` belong to the first-hour card, as
    do the form's slots.
    `disclosed` is the message that got support, for "I meant a case". `alarm` is the status of the
    last alarm: nobody is told the first steps twice, or asked twice.
    """

    answered_passage_ids: tuple[str, ...] = ()
    resolved_query: str | None = None
    last_query: str | None = None
    case_query: str | None = None
    facets: Mapping[str, str] = field(default_factory=dict)
    clarify_count: int = 0
    failures: int = 0
    at: float = 0.0
    province: str | None = None
    page_province: str | None = None
    mentions: tuple[str, ...] = ()
    card_out: bool = False
    disclosed: str | None = None
    alarm: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain JSON for the slot."""
        lists = {name: list(getattr(self, name)) for name in ("answered_passage_ids", "mentions")}
        return asdict(self) | lists

    @classmethod
    def from_json(cls, value: object, now: float) -> Self:
        """The context in a slot; a fresh one when it is empty, broken, or too old."""
        if not isinstance(value, dict):
            return cls()
        try:
            known = {name: value[name] for name in cls.__dataclass_fields__ if name in value}
            context = _reader().validate_json(json.dumps(known), strict=True)
            fresh = 0 <= now - context.at <= MAX_AGE_S
        except (TypeError, ValueError):
            return cls()
        return context if fresh else cls()


@cache
def _reader() -> TypeAdapter[Any]:
    """Built once: building it takes longer than reading with it."""
    return TypeAdapter(Context)


def leans_on_context(text: str) -> bool:
    """True for a short question that starts or speaks like a follow-up."""
    found = words(text)
    if len(found) <= 3:
        return True
    joined = " ".join(found)
    if len(found) <= FOLLOW_UP_WORDS:
        return bool(_CUE.search(joined) or _LEANING.search(joined))
    return bool(_JOINING.match(joined)) and len(found) <= 2 * FOLLOW_UP_WORDS
