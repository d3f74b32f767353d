"""Who is the trainer: a PIN, then a cookie that scripts cannot read, for one day.

Wrong guesses are counted by lockout.py. Every form of a trainer carries a token of its session, so
that no other page can send it. Without a PIN set by `make workshop` nobody is let in.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from gateway import event_log
from gateway.database import Database
from gateway.errors import LOCKED_OUT, NO_WORKSHOP, OLD_FORM, SIGNED_OUT, WRONG_PIN, Problem
from gateway.limits import address_of
from gateway.workshop import pin, rooms
from gateway.workshop.lockout import Lockout
from gateway.workshop.rooms import Trainer
from gateway.workshop.tokens import Tokens
from guidebook.vocabulary import Lang

DAY_S = 12 * 3600
IDLE_S = 3 * 3600
TOUCH_EVERY_S = 60.0


@dataclass(frozen=True)
class TrainerDoor:
    """Signs trainers in and out."""

    home: Path
    database: Database
    tokens: Tokens
    lockout: Lockout
    clock: Callable[[], float]

    async def trainer(self, request: Request) -> Trainer | None:
        """The trainer behind a request; None when nobody is signed in."""
        key = self.tokens.key(request)
        found = await self.database.read(rooms.find_trainer, key) if key else None
        now = self.clock()
        if found is None or not pin.is_set(self.home):
            return None
        if found.signed_in_at < now - DAY_S or found.seen_at < now - IDLE_S:
            await self.database.write(rooms.drop_trainers, found.key)
            return None
        if found.seen_at < now - TOUCH_EVERY_S:
            await self.database.write(rooms.touch_trainer, found.key, now)
        return found

    async def sign_in(self, given: str, lang: Lang, request: Request) -> str | Problem:
        """A cookie for the right PIN, or why there is none."""
        address = address_of(request)
        if not pin.is_set(self.home):
            return NO_WORKSHOP
        if wait := self.lockout.wait(address):
            return LOCKED_OUT.after(wait)
        self.lockout.failed(address)  # before the slow comparison: many at once all count
        if not await run_in_threadpool(pin.matches, self.home, given.strip()):
            event_log.record("trainer_refused")
            wait = self.lockout.wait(address)
            return LOCKED_OUT.after(wait) if wait else WRONG_PIN
        self.lockout.passed(address)
        value, key = self.tokens.new()
        await self.database.write(rooms.drop_trainers, None, self.clock() - DAY_S)
        await self.database.write(rooms.add_trainer, key, lang, self.clock())
        event_log.record("trainer_signed_in")
        return value

    async def admitted(self, request: Request, fields: dict[str, str]) -> Trainer | Problem:
        """The trainer who sent this form, or why it does not count."""
        found = await self.trainer(request)
        if found is None:
            return SIGNED_OUT
        if not self.tokens.is_form_token(found.key, fields.get("token", "")):
            return OLD_FORM
        return found

    async def choose_language(self, trainer: Trainer, lang: Lang) -> Trainer:
        """Speak this language from now on."""
        await self.database.write(rooms.touch_trainer, trainer.key, self.clock(), lang)
        return replace(trainer, lang=lang)

    async def sign_out(self, trainer: Trainer, response: Response) -> None:
        """End this trainer's session."""
        await self.database.write(rooms.drop_trainers, trainer.key)
        self.tokens.take_back(response)
