"""Which other pages may carry the chat: the origins of GUIDEBOOK_ORIGINS, and no others.

A page of such an origin may load the widget's files and call the API with the officer's cookie.
The cookie is SameSite=Strict: it goes along only where that page's host is of the same site, by
another port of the same host or another name under the same registrable domain. Refusing every
other origin is origin.py's.
"""

from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.sessions import DEVICE

METHODS = "GET, POST, DELETE"
HEADERS = f"content-type, {DEVICE}"
PREFLIGHT_SECONDS = "600"


class Embedding:
    """Middleware: answers preflights of the origins, and lets their pages read responses."""

    def __init__(self, app: ASGIApp, origins: Collection[str]) -> None:
        self._app = app
        self._origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not self._origins:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin", "")
        allowed = origin if origin in self._origins else None

        async def send_with_origin(message: Message) -> None:
            if message["type"] == "http.response.start":
                _allow(MutableHeaders(scope=message), allowed)
            await send(message)

        if allowed and _is_preflight(scope["method"], headers):
            await _preflight()(scope, receive, send_with_origin)
            return
        await self._app(scope, receive, send_with_origin)


def _allow(headers: MutableHeaders, origin: str | None) -> None:
    headers.add_vary_header("Origin")
    if origin is not None:
        headers["Access-Control-Allow-Origin"] = origin
        headers["Access-Control-Allow-Credentials"] = "true"
        headers["Access-Control-Expose-Headers"] = "Retry-After"


def _is_preflight(method: str, headers: Headers) -> bool:
    return method == "OPTIONS" and "access-control-request-method" in headers


def _preflight() -> Response:
    return Response(
        status_code=204,
        headers={
            "Access-Control-Allow-Methods": METHODS,
            "Access-Control-Allow-Headers": HEADERS,
            "Access-Control-Max-Age": PREFLIGHT_SECONDS,
        },
    )
