"""Answer with content, or with 304 when the browser has it already.

The ETag is of the content and weak: the same content may travel compressed or not.
"""

import hashlib

from starlette.requests import Request
from starlette.responses import Response


def etag_of(content: bytes) -> str:
    """The content's weak ETag."""
    return f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'


def respond(request: Request, content: bytes, media_type: str, etag: str) -> Response:
    """The content, to be asked for again each time; 304 when its ETag is known."""
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    known = [_opaque(tag) for tag in request.headers.get("if-none-match", "").split(",")]
    if _opaque(etag) in known:
        return Response(status_code=304, headers=headers | {"Vary": "Accept-Encoding"})
    return Response(content, media_type=media_type, headers=headers)


def _opaque(etag: str) -> str:
    return etag.strip().removeprefix("W/")
