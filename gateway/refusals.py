"""Turn a Problem into a response in the officer's language: JSON, or a page where a form asked.

The language is the one noted on the request, else its session's, else its browser's. Whatever the
framework or a route raises becomes a Problem here. What a Problem means is errors.py's.
"""

from contextlib import suppress
from typing import get_args

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Scope

from gateway import language, markup_pages, plain_page
from gateway.errors import (
    STORE_DOWN,
    Problem,
    ProblemError,
    StoreUnavailableError,
    of_http,
    of_validation,
)
from gateway.sessions import Sessions
from gateway.workshop import frame
from guidebook.vocabulary import Lang


class Refusals:
    """Refuses in the language of whoever asks."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def language(self, scope: Scope) -> Lang:
        """The language to refuse this request in."""
        if language.noted(scope) is None:
            with suppress(StoreUnavailableError):
                session = await self._sessions.find(Request(scope))
                language.note(scope, session.lang if session else None)
        return language.wanted(scope)

    async def response(self, problem: Problem, scope: Scope) -> Response:
        """The refusal as a response."""
        return render(problem, await self.language(scope), scope)


def render(problem: Problem, lang: Lang, scope: Scope, typed: str = "") -> Response:
    """The refusal in a language. `typed` is given back in the form, so that nothing is lost."""
    headers: dict[str, str] = {"Content-Language": lang}
    if problem.retry_after is not None:
        headers["Retry-After"] = str(problem.retry_after)
    body = problem.body(lang)
    path = scope["path"]
    if not markup_pages.is_page(path):
        return JSONResponse(body, status_code=problem.status, headers=headers)
    if path == plain_page.PATH:
        page = plain_page.refused(body["error"], body["next"], lang, typed)
    else:
        page = frame.refused(body["error"], body["next"], lang, markup_pages.start_of(path))
    return HTMLResponse(page, status_code=problem.status, headers=headers)


def _allowed(request: Request) -> str:
    """Every method of the address, as the document lists them; each route knows but its own."""
    path = getattr(request.scope.get("route"), "path", "")
    methods: dict[str, object] = request.app.openapi()["paths"].get(path, {})
    return ", ".join(sorted(method.upper() for method in methods))


def install(app: FastAPI, refusals: Refusals) -> None:
    """Make every error of `app` a Problem."""

    @app.exception_handler(ProblemError)
    async def on_problem(request: Request, error: ProblemError) -> Response:
        return await refusals.response(error.problem, request.scope)

    @app.exception_handler(RequestValidationError)
    async def on_validation(request: Request, error: RequestValidationError) -> Response:
        given = error.body.get("lang") if isinstance(error.body, dict) else None
        language.note(request.scope, next((x for x in get_args(Lang) if x == given), None))
        return await refusals.response(of_validation(error), request.scope)

    @app.exception_handler(HTTPException)
    async def on_http(request: Request, error: HTTPException) -> Response:
        response = await refusals.response(of_http(error), request.scope)
        if error.headers and "Allow" in error.headers:
            response.headers["Allow"] = _allowed(request) or error.headers["Allow"]
        return response

    @app.exception_handler(StoreUnavailableError)
    async def on_store(request: Request, _: StoreUnavailableError) -> Response:
        # The store cannot tell the session's language now.
        return render(STORE_DOWN, language.wanted(request.scope), request.scope)
