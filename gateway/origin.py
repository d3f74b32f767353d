"""Only our own page may call the API: a foreign Origin is refused.

A request without Origin passes, so that curl and same-origin reads work; what keeps other sites
out then is the SameSite cookie.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.errors import FOREIGN_ORIGIN


class OriginCheck:
    """Middleware: compares Origin with Host."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _is_foreign(Headers(scope=scope)):
            await FOREIGN_ORIGIN.response()(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _is_foreign(headers: Headers) -> bool:
    origin = headers.get("origin")
    if origin is None:
        return False
    try:
        parts = urlsplit(origin)
    except ValueError:
        return True
    own = headers.get("host", "").lower()
    return not own or parts.netloc.lower() != own
