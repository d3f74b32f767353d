"""What a front of several cells may ask: refuse rather than fail, so that it tries another cell.

The front adds the header to the first try alone. On the last one a cell answers what it can: first
steps in danger, and otherwise what failed. A message tried again elsewhere keeps its id.
"""

from collections.abc import Iterable

from starlette.requests import Request

from gateway.store import ReplyJson

MAY_REFUSE = "x-guidebook-may-refuse"
OURS = frozenset({"failed_rasa_down", "failed_warming_up", "failed_index"})
"""Failures of this cell's parts: another cell may do better."""


def may_go_elsewhere(request: Request, replies: Iterable[ReplyJson]) -> bool:
    """True when the front has another cell to ask, and this one failed by its own parts."""
    return MAY_REFUSE in request.headers and any(reply.get("status") in OURS for reply in replies)
