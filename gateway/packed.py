"""The page's files packed once, as small as gzip goes, for a phone that pays for each kilobyte.

Zopfli needs seconds where gzip needs milliseconds and saves every twentieth byte, so this is done
once, beside the first requests, for the files a first visit fetches. What is not packed yet, or was
changed since, is compressed by the middleware like everything else.
"""

from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import Response
from zopfli import gzip

from gateway.conditional import etag_of


class Packed:
    """What has been packed, by the ETag of its content."""

    def __init__(self, smallest: int) -> None:
        self._smallest = smallest
        self._done: dict[str, bytes] = {}

    def pack(self, contents: Iterable[bytes]) -> None:
        """Pack each content, unless it is too small to gain by it. Takes seconds."""
        for content in contents:
            if len(content) >= self._smallest:
                self._done[etag_of(content)] = gzip.compress(content)

    def get(self, etag: str) -> bytes | None:
        """The packed content of that ETag; None where there is none."""
        return self._done.get(etag)

    def put_into(self, response: Response, request: Request) -> Response:
        """`response` with its packed content, where there is one and the browser takes it."""
        accepted = request.headers.get("accept-encoding", "")
        small = self.get(response.headers["etag"])
        if small is None or response.status_code != 200 or "gzip" not in accepted:
            return response
        headers = {
            **{name: response.headers[name] for name in ("etag", "cache-control", "content-type")},
            "Content-Encoding": "gzip",
            "Vary": "Accept-Encoding",
        }
        return Response(small, headers=headers)
