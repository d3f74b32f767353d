"""/join and /room: the way in, the phone's page, its answers, its way out."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from gateway import form_body, language
from gateway.errors import OLD_FORM, Problem, ProblemError
from gateway.workshop import phone_page, rooms, runs, stages, wall_page
from gateway.workshop.addresses import own_addresses
from gateway.workshop.participant_door import ParticipantDoor
from gateway.workshop.room import Room
from gateway.workshop.rooms import Participant, Trainer, Workshop
from gateway.workshop.trainer_door import TrainerDoor
from guidebook.vocabulary import Lang

MOST_CODE = 12
HOME, ROOM = "/join", "/room"


@dataclass(frozen=True)
class RoomDesk:
    """What the routes do, over their parts."""

    room: Room
    trainers: TrainerDoor
    participants: ParticipantDoor
    port: int

    async def addresses(self) -> list[str]:
        """Where phones reach this machine, with the port where browsers need it."""
        found = await run_in_threadpool(own_addresses)
        return found if self.port == 80 else [f"{address}:{self.port}" for address in found]

    async def door(self, request: Request) -> Response:
        """The projector's page for a trainer; for everybody else the form for the code."""
        trainer = await self.trainers.trainer(request)
        workshop = await self.room.workshop()
        if trainer is not None and workshop is not None:
            return await self._wall(trainer, workshop)
        if await self.participants.participant(request) is not None:
            return see(ROOM)
        code = request.query_params.get("code", "")[:MOST_CODE]
        ended = self.participants.joined_before(request) or workshop is None
        return HTMLResponse(phone_page.way_in(code, language.wanted(request.scope), ended))

    async def join(self, request: Request) -> Response:
        """Let a phone in."""
        fields = form_body.fields(await request.body())
        lang = chosen(fields) or language.wanted(request.scope)
        if await self.participants.participant(request) is not None:
            return see(ROOM)  # sent twice
        outcome = await self.participants.join(fields.get("code", ""), lang, request)
        if isinstance(outcome, Problem):
            return refuse_entry(outcome, fields.get("code", "")[:MOST_CODE], lang)
        response = see(ROOM)
        self.participants.tokens.give(response, outcome, request)
        return response

    async def phone(self, request: Request) -> Response:
        """The phone's page."""
        participant = await self.participants.participant(request)
        workshop = await self.room.workshop()
        if participant is None or workshop is None:
            return see(HOME)
        playing = await self.room.playing(workshop)
        own = await self.room.own(participant, playing) if playing else None
        corpus = await self.room.library.current()
        token = self.participants.tokens.form_token(participant.key)
        return HTMLResponse(phone_page.phone(participant, workshop, playing, own, corpus, token))

    async def answer(self, request: Request) -> Response:
        """Keep an answer, if it belongs to what is open. Late and doubled ones change nothing."""
        participant, fields = await self._sender(request)
        if participant is None:
            return see(HOME)
        if refusal := self.participants.admit(participant):
            raise ProblemError(refusal)
        number, choice = whole(fields.get("run")), whole(fields.get("choice"))
        item = fields.get("item", "")
        training = await self.room.shelf.current()
        database = self.room.database
        run = await database.read(runs.find, participant.workshop, number)
        if run is not None and training and stages.takes(training, run, item, choice):
            given = (run, participant.key, item, choice, self.room.clock())
            await database.write(runs.submit, *given)
        return see(ROOM)

    async def speak(self, request: Request) -> Response:
        """Change the phone's language."""
        participant, fields = await self._sender(request)
        if participant is not None and (lang := chosen(fields)):
            await self.participants.choose_language(participant, lang)
        return see(ROOM)

    async def leave(self, request: Request) -> Response:
        """Forget this phone."""
        participant, _ = await self._sender(request)
        response = see(HOME)
        if participant is not None:
            await self.participants.leave(participant, response)
        return response

    async def _sender(self, request: Request) -> tuple[Participant | None, dict[str, str]]:
        fields = form_body.fields(await request.body())
        participant = await self.participants.participant(request)
        tokens = self.participants.tokens
        if participant and not tokens.is_form_token(participant.key, fields.get("token", "")):
            raise ProblemError(OLD_FORM)
        if participant:
            language.note(request.scope, participant.lang)
        return participant, fields

    async def _wall(self, trainer: Trainer, workshop: Workshop) -> Response:
        playing = await self.room.playing(workshop)
        corpus = await self.room.library.current()
        joined = await self.room.database.read(rooms.count_participants, workshop.id)
        token = self.trainers.tokens.form_token(trainer.key)
        places = await self.addresses()
        shown = (workshop, playing, corpus, places, joined, trainer.lang, token)
        return HTMLResponse(wall_page.wall(*shown))


def routes(desk: RoomDesk) -> APIRouter:
    """The routes."""
    router = APIRouter(include_in_schema=False)
    router.add_api_route(HOME, desk.door, methods=["GET"])
    router.add_api_route(HOME, desk.join, methods=["POST"])
    router.add_api_route(ROOM, desk.phone, methods=["GET"])
    router.add_api_route(f"{ROOM}/answer", desk.answer, methods=["POST"])
    router.add_api_route(f"{ROOM}/language", desk.speak, methods=["POST"])
    router.add_api_route(f"{ROOM}/leave", desk.leave, methods=["POST"])
    return router


def see(path: str) -> Response:
    """Look there next: a reload sends nothing again."""
    return RedirectResponse(path, status_code=303)


def chosen(fields: dict[str, str]) -> Lang | None:
    """The language a form asks for."""
    given = fields.get("lang")
    return "ur" if given == "ur" else "en" if given == "en" else None


def whole(text: str | None) -> int:
    """A whole number from a form; -1 when it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else -1


def refuse_entry(problem: Problem, code: str, lang: Lang) -> Response:
    """The form for the code again, with what went wrong."""
    body = problem.body(lang)
    page = phone_page.way_in(code, lang, False, body["error"], body["next"])
    headers = {"Retry-After": str(problem.retry_after)} if problem.retry_after else None
    return HTMLResponse(page, status_code=problem.status, headers=headers)
