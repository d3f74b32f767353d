"""The officer's page: `/`, its files under `/widget/`, and the masking rules both sides share.

Only files of known types inside the widget folder are served, each with its exact type and an
ETag of its content; browsers ask again each time and mostly hear 304. The module that starts the
page comes with all the others in it (joined.py), without spaces; what a first visit fetches is
packed as small as it goes (packed.py). There is no state here.
"""

from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter, Request
from rjsmin import jsmin
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from gateway.conditional import etag_of, respond
from gateway.errors import NO_PAGE, ProblemError
from gateway.joined import JoinError, join
from gateway.packed import Packed

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
    ".txt": "text/plain; charset=utf-8",
}
INDEX = "index.html"
MASKING = "masking.json"
START = "define.js"
LOOKS = ("style.css", "icon.svg")


def first_visit(widget: Path) -> list[bytes]:
    """What a browser fetches before the first answer, typeface aside; less what is missing."""
    page = [_file(widget, name) for name in (INDEX, *LOOKS)]
    return [part for part in (*page, start_script(widget), _masking()) if part]


def start_script(widget: Path) -> bytes | None:
    """The page's modules as one; the first alone, which asks for the others, where they differ."""
    try:
        script: str = jsmin(join(widget / START))
        return script.encode()
    except (JoinError, OSError, ValueError):
        return _file(widget, START)


def routes(widget: Path, packed: Packed) -> APIRouter:
    """The page's routes over the widget folder."""
    router = APIRouter(include_in_schema=False)

    def send(request: Request, kind: str, content: bytes | None) -> Response:
        if content is None:
            raise ProblemError(NO_PAGE)
        return packed.put_into(respond(request, content, kind, etag_of(content)), request)

    @router.api_route("/", methods=["GET", "HEAD"])
    async def page(request: Request) -> Response:
        return send(request, TYPES[".html"], await run_in_threadpool(_file, widget, INDEX))

    @router.api_route(f"/widget/{MASKING}", methods=["GET", "HEAD"])
    async def masking_rules(request: Request) -> Response:
        return send(request, TYPES[".json"], await run_in_threadpool(_masking))

    @router.api_route(f"/widget/{START}", methods=["GET", "HEAD"])
    async def start(request: Request) -> Response:
        return send(request, TYPES[".js"], await run_in_threadpool(start_script, widget))

    @router.api_route("/widget/{path:path}", methods=["GET", "HEAD"])
    async def widget_file(path: str, request: Request) -> Response:
        kind = TYPES.get(Path(path).suffix.lower())
        content = await run_in_threadpool(_file, widget, path) if kind else None
        return send(request, kind or "", content)

    return router


def _file(folder: Path, path: str) -> bytes | None:
    """The file's bytes; None for anything that is not a file inside the folder."""
    try:
        found = (folder / path).resolve()
        hidden = any(part.startswith(".") for part in Path(path).parts)
        if hidden or not found.is_relative_to(folder.resolve()) or not found.is_file():
            return None
        return found.read_bytes()
    except (OSError, ValueError):
        return None


def _masking() -> bytes | None:
    try:
        return files("guidebook").joinpath("data", MASKING).read_bytes()
    except OSError:
        return None
