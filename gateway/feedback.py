"""POST /api/feedback: one verdict on one receipt, from closed lists.

Words are taken in one case alone: `question`, which the page sends when the officer chose to show
this question to the maintainers and saw what will be kept. It is cleaned and masked here once
more, and what was kept goes back. Reading what was kept is feedback_list.py's.
"""

from collections.abc import Callable
from typing import Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from gateway import event_log, feedback_store
from gateway.database import Database
from gateway.errors import NO_RECEIPT, ErrorBody, ProblemError
from gateway.incoming import Text
from gateway.limits import Limits, address_of
from guidebook.masking import mask

Verdict = Literal["up", "down"]
Reason = Literal["wrong_law", "outdated", "not_local", "unclear", "unsafe", "missing", "other"]


class FeedbackBody(BaseModel):
    """The body of POST /api/feedback."""

    receipt: str = Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")
    verdict: Verdict
    reason: Reason | None = None
    question: Text | None = None


class Kept(BaseModel):
    """What was kept; `question` word for word, null when none was sent."""

    kept: bool = True
    question: str | None = None


def routes(database: Database, limits: Limits, clock: Callable[[], float]) -> APIRouter:
    """The one route."""
    router = APIRouter(tags=["feedback"])

    @router.post("/api/feedback", responses={404: {"model": ErrorBody}})
    async def give_feedback(body: FeedbackBody, request: Request) -> Kept:
        """Keep the verdict; a later one on the same receipt replaces it."""
        if refusal := limits.admit() or await limits.admit_address(address_of(request)):
            raise ProblemError(refusal)
        now = clock()
        verdict = (body.receipt, body.verdict, body.reason, now)
        if not await database.write(feedback_store.rate_answer, *verdict):
            raise ProblemError(NO_RECEIPT)
        question = None if body.question is None else mask(body.question).text
        if question is not None:
            await database.write(feedback_store.keep_question, body.receipt, question, now)
        event_log.record(
            "feedback", verdict=body.verdict, reason=body.reason, question=question is not None
        )
        return Kept(question=question)

    return router
