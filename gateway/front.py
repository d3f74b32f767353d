"""What a front of several cells may ask: refuse rather than fail, so that it tries another cell.

The front adds the header to the first try alone. On the last one a cell answers what it can: first
steps in danger, and otherwise what failed. A message tried again elsewhere keeps its id.
"""

from collections.abc import Awaitable, Callable, Iterable

from starlette.requests import Request

from gateway.health import Look
from gateway.store import ReplyJson

MAY_REFUSE = "x-guidebook-may-refuse"
OURS = frozenset({"failed_rasa_down", "failed_warming_up", "failed_index"})
"""Failures of this cell's parts: another cell may do better."""
SILENT = "failed_silent"
"""This cell's failure too while its action server is not there: Rasa loads faster than it does."""


async def may_go_elsewhere(
    request: Request, replies: Iterable[ReplyJson], look: Callable[[], Awaitable[Look]]
) -> bool:
    """True when the front has another cell to ask, and this one failed by its own parts."""
    if MAY_REFUSE not in request.headers:
        return False
    statuses = {reply.get("status") for reply in replies}
    if statuses & OURS:
        return True
    return SILENT in statuses and not (await look()).actions.ready
