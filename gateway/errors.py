"""Every refusal the gateway can give, as values.

A Problem is a status code and a key. What is wrong (`error`) and what to do (`next`) are the
messages `error_<key>` and `next_<key>` of guidebook's catalogues, in the officer's language. None
repeats what was sent, and none names a path of this machine. How a Problem becomes a response is
refusals.py's. Failures of Rasa are not here: those are replies, made in replies.py.
"""

from dataclasses import dataclass, replace

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from guidebook import messages
from guidebook.errors import GuidebookError
from guidebook.vocabulary import Lang


class ErrorBody(BaseModel):
    """The body of every error response."""

    error: str
    next: str


@dataclass(frozen=True)
class Problem:
    """One refusal. `retry_after` is in seconds and becomes the header of that name."""

    status: int
    key: str
    retry_after: int | None = None

    def after(self, seconds: float) -> "Problem":
        """The same refusal with a time to come back, at least one second."""
        return replace(self, retry_after=max(1, int(seconds + 0.999)))

    def body(self, lang: Lang) -> dict[str, str]:
        """What is wrong and what to do, in one language."""
        return {
            "error": messages.text(f"error_{self.key}", lang),
            "next": messages.text(f"next_{self.key}", lang),
        }


class ProblemError(Exception):
    """Carries a Problem out of a route."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.key)
        self.problem = problem


class StoreUnavailableError(GuidebookError):
    """The gateway's database cannot be read or written just now."""


NOT_JSON = Problem(400, "not_json")
BODY_LATE = Problem(400, "body_late")
WRONG_HOST = Problem(400, "wrong_host")
FOREIGN_ORIGIN = Problem(403, "foreign_origin")
NOT_FOUND = Problem(404, "not_found")
NO_PAGE = Problem(404, "no_page")
NO_DOCUMENT = Problem(404, "no_document")
NO_RECEIPT = Problem(404, "no_receipt")
WRONG_METHOD = Problem(405, "wrong_method")
BODY_TOO_LARGE = Problem(413, "body_too_large")
WRONG_TYPE = Problem(415, "wrong_type")
INVALID = Problem(422, "invalid")
ID_TAKEN = Problem(422, "id_taken")
TOO_MANY = Problem(429, "too_many")
TOO_MANY_NEW = Problem(429, "too_many_new")
ELSEWHERE = Problem(502, "elsewhere")
BUSY = Problem(429, "busy", retry_after=2)
STORE_DOWN = Problem(503, "store_down", retry_after=5)
NO_CORPUS = Problem(503, "no_corpus", retry_after=30)
DEFECT = Problem(503, "defect", retry_after=5)
NOT_READY = Problem(503, "not_ready", retry_after=5)

# A workshop's doors.
WRONG_PIN = Problem(403, "wrong_pin")
WRONG_CODE = Problem(403, "wrong_code")
SIGNED_OUT = Problem(403, "signed_out")
OLD_FORM = Problem(403, "old_form")
NO_WORKSHOP = Problem(404, "no_workshop")
WORKSHOP_ENDED = Problem(404, "workshop_ended")
LOCKED_OUT = Problem(429, "locked_out")
TOO_MANY_CODES = Problem(429, "too_many_codes")
TOO_MANY_JOINS = Problem(429, "too_many_joins")
ROOM_FULL = Problem(503, "room_full", retry_after=60)

UNUSABLE_TEXT = "unusable_text"
"""The kind of validation error whose context names a key: why a text cannot be a message."""
TEXT_KEYS = ("text_nul", "text_half", "text_empty", "text_long")
FIELDS = (
    *("text", "client_message_id", "lang", "province"),
    *("receipt", "verdict", "reason", "question", "digest"),
)


def of_validation(error: RequestValidationError) -> Problem:
    """The first fault of a request; never with what was sent."""
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return NOT_JSON
    if first["type"] == UNUSABLE_TEXT:
        return replace(INVALID, key=first["ctx"]["key"])
    field = str(first["loc"][1]) if len(first["loc"]) > 1 else ""
    return replace(INVALID, key=f"field_{field}") if field in FIELDS else INVALID


def of_http(error: HTTPException) -> Problem:
    """What the framework itself refuses."""
    known = {400: NOT_JSON, 404: NOT_FOUND, 405: WRONG_METHOD, 413: BODY_TOO_LARGE}
    return known.get(error.status_code, DEFECT)
