"""Read a request's body before anything else does: bounded in size and in time.

A body over the bound is refused with 413 as soon as it is known, from its header or by counting.
What passes is handed on whole.
"""

import asyncio

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.errors import BODY_LATE, BODY_TOO_LARGE, WRONG_TYPE, Problem

WITH_BODY = frozenset({"POST", "PUT", "PATCH"})


class BodyLimit:
    """Middleware: bounds the body, and takes only JSON on routes that have one."""

    def __init__(self, app: ASGIApp, most_bytes: int, wait: float) -> None:
        self._app = app
        self._most = most_bytes
        self._wait = wait

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = await self._read(scope, receive)
        if isinstance(body, Problem):
            await body.response()(scope, receive, send)
            return
        if body is None:  # the browser has gone
            return
        await self._app(scope, _replay(body, receive), send)

    async def _read(self, scope: Scope, receive: Receive) -> bytes | Problem | None:
        headers = Headers(scope=scope)
        declared = headers.get("content-length", "0")
        if not declared.isascii() or not declared.isdigit() or int(declared) > self._most:
            return BODY_TOO_LARGE
        if scope["method"] in WITH_BODY and not _is_json(headers.get("content-type", "")):
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


def _is_json(content_type: str) -> bool:
    return content_type.partition(";")[0].strip().lower() == "application/json"


def _replay(body: bytes, receive: Receive) -> Receive:
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
