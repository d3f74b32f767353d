"""/trainer: sign in, the console, and each thing a trainer can do.

Every change is a form with the session's token; after it the browser looks at the console again,
or at the wall where the button stood there.
"""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from gateway import event_log, form_body, language
from gateway.errors import NO_WORKSHOP, NOT_FOUND, SIGNED_OUT, Problem, ProblemError
from gateway.workshop import (
    console_page,
    end_page,
    exports,
    passages,
    pin,
    results_page,
    rooms,
    runs,
    stages,
)
from gateway.workshop.ending import Ending
from gateway.workshop.material import Material, gather
from gateway.workshop.room import Room
from gateway.workshop.room_routes import HOME, RoomDesk, chosen, see, whole
from gateway.workshop.rooms import Trainer, Workshop
from gateway.workshop.runs import KINDS, Kind
from gateway.workshop.trainer_door import TrainerDoor
from guidebook.training.svg import svg
from guidebook.vocabulary import Lang

CONSOLE = "/trainer"
JOIN: dict[str, str] = {}


@dataclass(frozen=True)
class TrainerDesk:
    """What the routes do, over their parts."""

    door: TrainerDoor
    room: Room
    desk: RoomDesk
    ending: Ending

    async def show(self, request: Request) -> Response:
        """The console, or the door."""
        if not pin.is_set(self.door.home):
            raise ProblemError(NO_WORKSHOP)
        trainer = await self.door.trainer(request)
        if trainer is None:
            return HTMLResponse(console_page.sign_in(_asked_language(request)))
        workshop = await self._workshop()
        seen = await self.room.seen(workshop)
        token = self.door.tokens.form_token(trainer.key)
        places = await self.desk.addresses()
        return HTMLResponse(console_page.console(seen, trainer.lang, token, places))

    async def sign_in(self, request: Request) -> Response:
        """Compare the PIN."""
        fields = form_body.fields(await request.body())
        lang = chosen(fields) or language.wanted(request.scope)
        outcome = await self.door.sign_in(fields.get("pin", ""), lang, request)
        if isinstance(outcome, Problem):
            body = outcome.body(lang)
            page = console_page.sign_in(lang, body["error"], body["next"])
            headers = {"Retry-After": str(outcome.retry_after)} if outcome.retry_after else None
            return HTMLResponse(page, status_code=outcome.status, headers=headers)
        response = see(CONSOLE)
        self.door.tokens.give(response, outcome, request)
        return response

    async def sign_out(self, request: Request) -> Response:
        """End the trainer's session."""
        trainer, _ = await self._sender(request)
        response = see(CONSOLE)
        await self.door.sign_out(trainer, response)
        return response

    async def speak(self, request: Request) -> Response:
        """Change the console's language."""
        trainer, fields = await self._sender(request)
        if lang := chosen(fields):
            await self.door.choose_language(trainer, lang)
        return see(CONSOLE)

    async def project(self, request: Request) -> Response:
        """Put something on the wall, frozen as it is now."""
        _, fields = await self._sender(request)
        workshop = await self._workshop()
        kind, passage = fields.get("kind"), fields.get("passage", "")
        shown: dict[str, str | None] = {}
        if kind == "run":
            shown = {"kind": "run"}
        elif kind == "passage":
            digest = passages.digest(await self.room.library.current(), passage)
            if digest is None:
                raise ProblemError(NOT_FOUND)
            shown = {"kind": "passage", "passage": passage, "digest": digest}
        await self.room.database.write(rooms.project, workshop.id, shown)
        return see(CONSOLE)

    async def start(self, request: Request) -> Response:
        """Begin a form, a quiz or a scenario, and show it."""
        _, fields = await self._sender(request)
        workshop = await self._workshop()
        training = await self.room.shelf.current()
        kind, name = _kind(fields.get("kind")), fields.get("name", "")
        if training is None or kind is None or not stages.exists(training, kind, name):
            raise ProblemError(NOT_FOUND)
        now = self.room.clock()
        stage = stages.first(training, kind, name, now)
        write = self.room.database.write
        await write(runs.start, workshop.id, kind, name, stage, now)
        await write(rooms.project, workshop.id, {"kind": "run"})
        event_log.record("run_started", kind=kind)
        return see(CONSOLE)

    async def move(self, request: Request) -> Response:
        """Go on by one stage. A button pressed twice moves once."""
        _, fields = await self._sender(request)
        workshop = await self._workshop()
        training = await self.room.shelf.current()
        run = await self.room.database.read(runs.current, workshop.id)
        back = HOME if fields.get("back") == HOME else CONSOLE
        if run is None or training is None or run.number != whole(fields.get("run")):
            return see(back)
        if fields.get("visit") != f"{run.stage['visit']}.{run.stage['phase']}":
            return see(back)
        now = self.room.clock()
        choice = whole(fields["choice"]) if "choice" in fields else None
        if choice is None and run.kind == "scenario":
            playing = await self.room.played(run, training)
            choice = stages.favourite(playing.counted, playing.choices)
        after = stages.forward(training, run, choice, now)
        if after is None:
            await self._stop(workshop)
        else:
            await self.room.database.write(runs.move, run.number, run.stage, after)
        return see(back)

    async def stop(self, request: Request) -> Response:
        """End what is played; its answers stay until the workshop ends."""
        await self._sender(request)
        await self._stop(await self._workshop())
        return see(CONSOLE)

    async def ask_end(self, request: Request) -> Response:
        """What will be deleted, and what may be kept."""
        trainer = await self.door.trainer(request)
        if trainer is None:
            return see(CONSOLE)
        seen = await self.room.seen(await self._workshop())
        token = self.door.tokens.form_token(trainer.key)
        return HTMLResponse(end_page.ask(seen, trainer.lang, token))

    async def results(self, request: Request) -> Response:
        """Charts of what was played so far."""
        trainer = await self.door.trainer(request)
        if trainer is None:
            return see(CONSOLE)
        found = exports.charts(await self._material(trainer))
        return HTMLResponse(results_page.results(found, trainer.lang))

    async def chart(self, name: str, request: Request) -> Response:
        """One chart as a picture."""
        trainer = await self.door.trainer(request)
        if trainer is None:
            raise ProblemError(SIGNED_OUT)
        found = exports.charts(await self._material(trainer)).get(name)
        if found is None:
            raise ProblemError(NOT_FOUND)
        return Response(svg(found), media_type="image/svg+xml")

    async def _material(self, trainer: Trainer) -> Material:
        seen = await self.room.seen(await self._workshop())
        return await gather(self.room.database, seen, trainer.lang)

    async def end(self, request: Request) -> Response:
        """Export what was ticked, delete the rest, and say what is gone."""
        trainer, fields = await self._sender(request)
        workshop = await self._workshop()
        if fields.get("sure") != "yes":
            return see(f"{CONSOLE}/end")
        report = await self.ending.end(workshop, frozenset(fields), trainer.lang)
        response = HTMLResponse(end_page.report(report, trainer.lang))
        self.door.tokens.take_back(response)
        return response

    async def _sender(self, request: Request) -> tuple[Trainer, dict[str, str]]:
        fields = form_body.fields(await request.body())
        outcome = await self.door.admitted(request, fields)
        if isinstance(outcome, Problem):
            raise ProblemError(outcome)
        language.note(request.scope, outcome.lang)
        return outcome, fields

    async def _workshop(self) -> Workshop:
        found = await self.room.workshop()
        if found is None:
            raise ProblemError(NO_WORKSHOP)
        return found

    async def _stop(self, workshop: Workshop) -> None:
        write = self.room.database.write
        await write(runs.stop, workshop.id, self.room.clock())
        if workshop.projected.get("kind") == "run":
            await write(rooms.project, workshop.id, JOIN)


def routes(desk: TrainerDesk) -> APIRouter:
    """The routes."""
    router = APIRouter(include_in_schema=False)
    router.add_api_route(CONSOLE, desk.show, methods=["GET"])
    router.add_api_route(f"{CONSOLE}/end", desk.ask_end, methods=["GET"])
    router.add_api_route(f"{CONSOLE}/results", desk.results, methods=["GET"])
    router.add_api_route(f"{CONSOLE}/results/{{name}}.svg", desk.chart, methods=["GET"])
    for name, does in (
        ("sign-in", desk.sign_in),
        ("sign-out", desk.sign_out),
        ("language", desk.speak),
        ("project", desk.project),
        ("start", desk.start),
        ("move", desk.move),
        ("stop", desk.stop),
        ("end", desk.end),
    ):
        router.add_api_route(f"{CONSOLE}/{name}", does, methods=["POST"])
    return router


def _kind(text: str | None) -> Kind | None:
    return next((kind for kind in KINDS if kind == text), None)


def _asked_language(request: Request) -> Lang:
    return chosen({"lang": request.query_params.get("lang", "")}) or language.wanted(request.scope)
