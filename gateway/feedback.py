"""POST /api/feedback: one verdict on one receipt, from closed lists. No free text is taken."""

from collections.abc import Callable
from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from gateway import event_log, store
from gateway.database import Database
from gateway.errors import NO_RECEIPT, ProblemError
from gateway.limits import Limits

Verdict = Literal["up", "down"]
Reason = Literal["wrong_law", "outdated", "not_local", "unclear", "unsafe", "missing", "other"]


class FeedbackBody(BaseModel):
    """The body of POST /api/feedback."""

    receipt: str = Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")
    verdict: Verdict
    reason: Reason | None = None


def routes(database: Database, limits: Limits, clock: Callable[[], float]) -> APIRouter:
    """The one route."""
    router = APIRouter(tags=["feedback"])

    @router.post("/api/feedback")
    async def give_feedback(body: FeedbackBody) -> dict[str, bool]:
        """Keep the verdict; a later one on the same receipt replaces it."""
        if refusal := limits.admit():
            raise ProblemError(refusal)
        kept = await database.write(
            store.rate_answer, body.receipt, body.verdict, body.reason, clock()
        )
        if not kept:
            raise ProblemError(NO_RECEIPT)
        event_log.record("feedback", verdict=body.verdict, reason=body.reason)
        return {"kept": True}

    return router
