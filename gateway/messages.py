"""POST, GET and DELETE /api/messages: one turn, the transcript, the wipe.

A danger message is answered with first steps whatever else refuses it: a limit, a busy gateway,
a broken disk. Everything else about a turn is in turns.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request, Response

from gateway import event_log, front, incoming, language, store
from gateway.database import Database
from gateway.errors import ELSEWHERE, STORE_DOWN, Problem, ProblemError, StoreUnavailableError
from gateway.health import Readiness
from gateway.incoming import Message, MessageBody
from gateway.limits import Limits, address_of
from gateway.metrics import Metrics
from gateway.replies import first_steps_alone
from gateway.sessions import Session, Sessions
from gateway.store import TurnRow
from gateway.switch import State, Switch
from gateway.turns import Replies, Turns
from gateway.workshop.listener import Listener
from guidebook.vocabulary import Lang

Json = dict[str, Any]


@dataclass(frozen=True)
class MessageDesk:
    """What the three routes do, over their parts."""

    sessions: Sessions
    turns: Turns
    limits: Limits
    database: Database
    readiness: Readiness
    switch: Switch
    retention: float
    clock: Callable[[], float]
    listener: Listener
    metrics: Metrics

    async def send(self, body: MessageBody, request: Request, response: Response) -> Json:
        """Run one turn and give its replies."""
        outcome = await self.take(incoming.read(body), request, response)
        if isinstance(outcome, Problem):
            raise ProblemError(outcome)
        if await front.may_go_elsewhere(request, outcome, self.readiness.look):
            raise ProblemError(ELSEWHERE)
        return {"replies": outcome}

    async def take(
        self, message: Message, request: Request, response: Response
    ) -> Replies | Problem:
        """Run one turn; for a danger message first steps come back whatever happens."""
        language.note(request.scope, message.lang)
        outcome = await self._run(message, request, response)
        if not isinstance(outcome, Problem):
            return outcome
        event_log.record("message_refused", status=outcome.status, danger=message.danger)
        self.metrics.turned_away(outcome.status)
        if not message.danger:
            return outcome
        first = first_steps_alone(message, _language(message), "failed_rasa_slow")
        return [reply.to_json() for reply in first]

    async def transcript(self, request: Request, response: Response) -> Json:
        """The session's messages, oldest first, and whether answers can be given now."""
        session = await self._admitted(request, response)
        since = self.clock() - self.retention
        kept = await self.database.read(store.transcript, session.key, since)
        ready = (await self.readiness.recent()).can_answer
        return {
            "messages": [entry for turn in kept for entry in _entries(turn)],
            "ready": ready,
            "switched_off": _off(self.switch.state()),
        }

    async def wipe(self, request: Request, response: Response) -> Json:
        """Forget the session's words; `pending` when Rasa has still to forget them."""
        session = await self._admitted(request, response)
        settled = await self.turns.wipe(session.key)
        event_log.record("wiped", pending=not settled)
        return {"wiped": True, "pending": not settled}

    async def _run(
        self, message: Message, request: Request, response: Response
    ) -> Replies | Problem:
        refusal = self.limits.admit() or await self.limits.admit_address(address_of(request))
        if refusal:
            return refusal
        with self.limits.places.take(message.client_message_id) as refusal:
            return refusal or await self._take(message, request, response)

    async def _take(
        self, message: Message, request: Request, response: Response
    ) -> Replies | Problem:
        try:
            session = await self._session(request)
            if isinstance(session, Problem):
                return session
            if refusal := self.limits.admit_session(session.key):
                return refusal
            choices = store.Choices(
                lang=message.chosen_language(session.page_lang),
                page_lang=message.lang,
                last_lang=session.language(message),
                province=message.province,
            )
            await self.database.write(store.touch_session, session.key, self.clock(), choices)
            self.sessions.keep(session, request, response)
            await self.listener.expects(request, session.key)
            outcome = await self.turns.take(session, message)
            if not isinstance(outcome, Problem):
                await self.listener.heard(request, session.key, message.client_message_id, outcome)
            return outcome
        except StoreUnavailableError as error:
            event_log.record_defect("message_not_kept", error)
            return STORE_DOWN

    async def _admitted(self, request: Request, response: Response) -> Session:
        if refusal := self.limits.admit():
            raise ProblemError(refusal)
        session = await self._session(request)
        if isinstance(session, Problem):
            raise ProblemError(session)
        self.sessions.keep(session, request, response)
        return session

    async def _session(self, request: Request) -> Session | Problem:
        """The request's session, or a new one where its address may have one more."""
        session = await self.sessions.find(request)
        if session is None:
            if refusal := await self.limits.admit_new_session(address_of(request)):
                return refusal
            return await self.sessions.start()
        if language.noted(request.scope) is None:
            language.note(request.scope, session.lang)
        return session


def _language(message: Message) -> Lang:
    """The language to reply in where no session could be had."""
    return message.chosen_language(None) or message.seen_language(None)


def routes(desk: MessageDesk) -> APIRouter:
    """The three routes."""
    router = APIRouter(tags=["messages"])

    @router.post("/api/messages")
    async def send_message(body: MessageBody, request: Request, response: Response) -> Json:
        """Run one turn. A repeated client_message_id gives the same replies and runs once."""
        return await desk.send(body, request, response)

    @router.get("/api/messages")
    async def read_transcript(request: Request, response: Response) -> Json:
        """This session's messages, oldest first, and whether answers can be given now."""
        return await desk.transcript(request, response)

    @router.delete("/api/messages")
    async def wipe_messages(request: Request, response: Response) -> Json:
        """Forget this session's words, here and in Rasa, and start a new conversation."""
        return await desk.wipe(request, response)

    return router


def _off(state: State) -> Json | None:
    """What is switched off, for a line above the question; null when nothing is."""
    if state.everything:
        return {"reason": state.everything.reason, "topics": None}
    topics = {topic: stopped.reason for topic, stopped in state.topics.items()}
    return {"reason": None, "topics": topics} if topics else None


def _entries(turn: TurnRow) -> list[Json]:
    """A turn as the transcript shows it: the masked question, then each reply."""
    shared = {"client_message_id": turn.client_message_id}
    asked = {"role": "officer", "text": turn.text, "at": _moment(turn.at), **shared}
    at = _moment(turn.replied_at or turn.at)
    return [
        asked,
        *({"role": "guidebook", "reply": reply, "at": at, **shared} for reply in turn.replies),
    ]


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
