"""One HTTP exchange over a bare socket: a client so light that two hundred leave the machine free.

A client library takes longer over a request than the gateway does, and here both share two cores.
"""

import asyncio
import gzip
import json
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
HEAD_END = b"\r\n\r\n"
ANSWER_S = 60


@dataclass(frozen=True)
class Answer:
    """What came back. Header names are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Json:
        """The body read as JSON."""
        read: Json = json.loads(self.body)
        return read


async def exchange(
    port: int, method: str, path: str, body: Json | None = None, cookie: str | None = None
) -> Answer:
    """Send one request to loopback and read its answer, on a connection of its own."""
    content = b"" if body is None else json.dumps(body).encode()
    head = [
        f"{method} {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Connection: close",
        "Accept-Encoding: gzip",
        "Content-Type: application/json",
        f"Content-Length: {len(content)}",
        *([f"Cookie: {cookie}"] if cookie else []),
    ]
    async with asyncio.timeout(ANSWER_S):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write("\r\n".join(head).encode() + HEAD_END + content)
            return _read(await reader.read(-1))
        finally:
            writer.close()


def _read(raw: bytes) -> Answer:
    head, _, body = raw.partition(HEAD_END)
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(": ") for line in lines)
    headers = {name.lower(): value for name, _, value in pairs}
    if headers.get("content-encoding") == "gzip":
        body = gzip.decompress(body)
    return Answer(int(first.split()[1]), headers, body)
