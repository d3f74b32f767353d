"""Read a request's body before anything else does: bounded in size and in time.

A body over the bound is refused with 413 as soon as it is known, from its header or by counting.
What passes is handed on whole.
"""

import asyncio

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway import markup_pages
from gateway.errors import BODY_LATE, BODY_TOO_LARGE, WRONG_TYPE, Problem
from gateway.refusals import Refusals

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


class BodyLimit:
    """Middleware: bounds the body, and takes only JSON, or a form where a page is asked for."""

    def __init__(self, app: ASGIApp, refusals: Refusals, most_bytes: int, wait: float) -> None:
        self._app = app
        self._refusals = refusals
        self._most = most_bytes
        self._wait = wait

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = await self._read(scope, receive)
        if isinstance(body, Problem):
            response = await self._refusals.response(body, scope)
            await response(scope, receive, send)
            return
        if body is None:  # the browser has gone
            return
        await self._app(scope, _replay(body, receive), send)

    async def _read(self, scope: Scope, receive: Receive) -> bytes | Problem | None:
        headers = Headers(scope=scope)
        declared = headers.get("content-length", "0")
        if not declared.isascii() or not declared.isdigit() or int(declared) > self._most:
            return BODY_TOO_LARGE
        wanted = FORM if markup_pages.is_page(scope["path"]) else JSON
        if scope["method"] == "POST" and _type(headers.get("content-type", "")) != wanted:
            return WRONG_TYPE
        parts = bytearray()
        try:
            async with asyncio.timeout(self._wait):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        return None
                    parts += message.get("body", b"")
                    if len(parts) > self._most:
                        return BODY_TOO_LARGE
                    if not message.get("more_body", False):
                        return bytes(parts)
        except TimeoutError:
            return BODY_LATE


def _type(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _replay(body: bytes, receive: Receive) -> Receive:
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
