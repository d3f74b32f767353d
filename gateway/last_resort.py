"""The outermost net: a defect becomes a calm 503, and the log gets its place but not its words.

The framework's own net would hand the exception to the server, which prints message and stack;
either may hold what an officer typed.
"""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway import event_log, language
from gateway.errors import DEFECT, STORE_DOWN, StoreUnavailableError
from gateway.refusals import render


class LastResort:
    """Middleware: no exception passes it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            event_log.record_defect("defect", error)
            if not started:
                problem = STORE_DOWN if isinstance(error, StoreUnavailableError) else DEFECT
                response = render(problem, language.wanted(scope), scope)
                await response(scope, receive, send)
