"""Only our own page, and pages of the origins we were told of, may call the API.

Every other Origin is refused. A request without Origin passes, so that curl and same-origin reads
work, unless the browser says by Sec-Fetch-Site that another site sent it to change something; what
keeps other sites out besides is the SameSite cookie.
"""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.errors import FOREIGN_ORIGIN
from gateway.refusals import Refusals

READING = frozenset({"GET", "HEAD", "OPTIONS"})
FOREIGN_SITES = frozenset({"cross-site", "same-site"})


class OriginCheck:
    """Middleware: compares Origin with Host and with the origins that count."""

    def __init__(self, app: ASGIApp, refusals: Refusals, origins: Collection[str] = ()) -> None:
        self._app = app
        self._refusals = refusals
        self._origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._is_refused(scope["method"], Headers(scope=scope)):
            response = await self._refusals.response(FOREIGN_ORIGIN, scope)
            await response(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_refused(self, method: str, headers: Headers) -> bool:
        return headers.get("origin") not in self._origins and _is_foreign(method, headers)


def _is_foreign(method: str, headers: Headers) -> bool:
    origin = headers.get("origin")
    if origin is None:
        return method not in READING and headers.get("sec-fetch-site") in FOREIGN_SITES
    try:
        parts = urlsplit(origin)
    except ValueError:
        return True
    own = headers.get("host", "").lower()
    return not own or parts.netloc.lower() != own
