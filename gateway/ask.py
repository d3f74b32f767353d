"""GET and POST /ask: the same turn for browsers without script, answered with a whole page.

The form carries a random mark; together with the question it makes the message's id, so that a
reload asks nothing twice and another question on the same page is another message.
"""

import hashlib
import secrets
from dataclasses import replace

from fastapi import APIRouter, Request
from pydantic import ValidationError
from starlette.responses import HTMLResponse, Response

from gateway import form_body, incoming, plain_page
from gateway.errors import INVALID, UNUSABLE_TEXT, Problem
from gateway.incoming import Message, MessageBody
from gateway.messages import MessageDesk
from gateway.refusals import Refusals, render
from guidebook.reply import Reply

MOST_FIELDS = 8


def routes(desk: MessageDesk, refusals: Refusals) -> APIRouter:
    """The form and what it is sent to."""
    router = APIRouter(include_in_schema=False)

    @router.get(plain_page.PATH)
    async def show_form(request: Request) -> Response:
        return HTMLResponse(plain_page.empty(await refusals.language(request.scope)))

    @router.post(plain_page.PATH)
    async def ask(request: Request) -> Response:
        fields = form_body.fields(await request.body(), MOST_FIELDS)
        typed = fields.get("text", "")
        message = _read(typed, fields.get("form", ""))
        if isinstance(message, Problem):
            return await refuse(message, request, typed)
        given = Response()  # takes the session's cookie
        outcome = await desk.take(message, request, given)
        if isinstance(outcome, Problem):
            return await refuse(outcome, request, typed)
        replies = [Reply.from_json(reply) for reply in outcome]
        page = HTMLResponse(plain_page.answered(message.text, replies, replies[0].lang))
        page.raw_headers += [pair for pair in given.raw_headers if pair[0] == b"set-cookie"]
        return page

    async def refuse(problem: Problem, request: Request, typed: str) -> Response:
        lang = await refusals.language(request.scope)
        return render(problem, lang, request.scope, typed)

    return router


def _read(typed: str, mark: str) -> Message | Problem:
    try:
        body = MessageBody(text=typed, client_message_id="form")
    except ValidationError as error:
        first = error.errors()[0]
        known = first["type"] == UNUSABLE_TEXT
        return replace(INVALID, key=first["ctx"]["key"] if known else "field_text")
    message = incoming.read(body)
    told = f"{mark or secrets.token_urlsafe(12)}\0{message.text}"
    message_id = hashlib.sha256(told.encode()).hexdigest()
    return replace(message, client_message_id=message_id)
