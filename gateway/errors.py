"""Every refusal the gateway can give, and how it looks over HTTP.

A Problem is a value: a status code, one sentence on what is wrong (`error`), one on what to do
(`next`). All sentences stand in this file. None repeats what was sent, and none names a path of
this machine. Failures of Rasa are not here: those are replies, made in replies.py.
"""

from dataclasses import dataclass, replace

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from guidebook.errors import GuidebookError


class ErrorBody(BaseModel):
    """The body of every error response."""

    error: str
    next: str


@dataclass(frozen=True)
class Problem:
    """One refusal. `retry_after` is in seconds and becomes the header of that name."""

    status: int
    error: str
    next: str
    retry_after: int | None = None

    def after(self, seconds: float) -> "Problem":
        """The same refusal with a time to come back, at least one second."""
        return replace(self, retry_after=max(1, int(seconds + 0.999)))

    def response(self) -> JSONResponse:
        """The refusal as JSON."""
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        body = {"error": self.error, "next": self.next}
        return JSONResponse(body, status_code=self.status, headers=headers)


class ProblemError(Exception):
    """Carries a Problem out of a route."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.error)
        self.problem = problem


class StoreUnavailableError(GuidebookError):
    """The gateway's database cannot be read or written just now."""


NOT_JSON = Problem(400, "The request is not JSON.", "Send a JSON object in UTF-8.")
BODY_LATE = Problem(400, "The request did not arrive in time.", "Send it again.")
FOREIGN_ORIGIN = Problem(
    403, "This request comes from another site.", "Open Guidebook's own page and ask there."
)
NOT_FOUND = Problem(404, "There is nothing at this address.", "Open / for the page.")
NO_PAGE = Problem(404, "This file is not part of the page.", "Open / for the page.")
NO_DOCUMENT = Problem(
    404, "No approved document has this id.", "Ask again; the new answer cites a current document."
)
NO_RECEIPT = Problem(
    404, "No answer has this receipt.", "Give feedback on an answer that this page shows."
)
WRONG_METHOD = Problem(405, "This address does not take that method.", "See /api/openapi.json.")
BODY_TOO_LARGE = Problem(
    413, "The request is larger than 64 KB.", "Shorten the message to 2000 characters."
)
WRONG_TYPE = Problem(
    415, "The request is not marked as JSON.", "Set Content-Type to application/json."
)
INVALID = Problem(422, "The request has a wrong or missing field.", "See /api/openapi.json.")
ID_TAKEN = Problem(
    422, "This message id belongs to another message.", "Send the message with a new id."
)
TOO_MANY = Problem(
    429, "Too many messages in a short time.", "Your question is kept; send it again in a moment."
)
BUSY = Problem(
    503, "Guidebook is busy.", "Your question is kept; send it again in a moment.", retry_after=2
)
STORE_DOWN = Problem(
    503,
    "Guidebook cannot keep messages just now, so it did not take yours.",
    "Your question is still in the box; send it again. If this stays, tell the person in charge.",
    retry_after=5,
)
NO_CORPUS = Problem(503, "The documents are not loaded.", "Try again in a minute.", retry_after=30)
DEFECT = Problem(
    503,
    "Something failed on this side.",
    "Your question is still in the box; send it again, or ask your duty supervisor.",
    retry_after=5,
)

FIELD_SENTENCES = {
    "text": ("The text is not a message.", "Write 1 to 2000 readable characters."),
    "client_message_id": (
        "The client_message_id cannot be used.",
        "Use 1 to 64 letters, digits, hyphens or underscores.",
    ),
    "lang": ("The lang is not known.", "Use en or ur."),
    "province": (
        "The province is not known.",
        "Use kp, punjab, sindh, balochistan, ict, gb, ajk or pakistan.",
    ),
    "receipt": ("The receipt cannot be used.", "Send the receipt that came with the answer."),
    "verdict": ("The verdict is not known.", "Use up or down."),
    "reason": (
        "The reason is not known.",
        "Use wrong_law, outdated, not_local, unclear, unsafe, missing or other.",
    ),
    "digest": ("The digest cannot be used.", "Send the digest that came with the citation."),
}


def of_validation(error: RequestValidationError) -> Problem:
    """The first fault of a request, in words; never with what was sent."""
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return NOT_JSON
    field = str(first["loc"][1]) if len(first["loc"]) > 1 else ""
    if first["type"] == "unusable_text":
        return replace(INVALID, error=first["msg"], next=first["ctx"]["next"])
    sentence = FIELD_SENTENCES.get(field)
    return replace(INVALID, error=sentence[0], next=sentence[1]) if sentence else INVALID


def of_http(error: HTTPException) -> Problem:
    """What the framework itself refuses."""
    known = {400: NOT_JSON, 404: NOT_FOUND, 405: WRONG_METHOD, 413: BODY_TOO_LARGE}
    return known.get(error.status_code, DEFECT)


def install(app: FastAPI) -> None:
    """Make every error of `app` a Problem."""

    @app.exception_handler(ProblemError)
    async def on_problem(_: Request, error: ProblemError) -> Response:
        return error.problem.response()

    @app.exception_handler(RequestValidationError)
    async def on_validation(_: Request, error: RequestValidationError) -> Response:
        return of_validation(error).response()

    @app.exception_handler(HTTPException)
    async def on_http(_: Request, error: HTTPException) -> Response:
        response = of_http(error).response()
        if error.headers and "Allow" in error.headers:
            response.headers["Allow"] = error.headers["Allow"]
        return response

    @app.exception_handler(StoreUnavailableError)
    async def on_store(_: Request, __: StoreUnavailableError) -> Response:
        return STORE_DOWN.response()
