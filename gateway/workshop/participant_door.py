"""Who is in the room: whoever typed the code. No account, no name, a cookie for three days.

One address may join a few times only, so that one phone cannot fill the room; the laptop itself is
not bounded. Wrong codes are bounded too.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from gateway import event_log
from gateway.database import Database
from gateway.errors import (
    ROOM_FULL,
    TOO_MANY,
    TOO_MANY_CODES,
    TOO_MANY_JOINS,
    WORKSHOP_ENDED,
    WRONG_CODE,
    Problem,
)
from gateway.limits import Buckets, address_of
from gateway.workshop import rooms
from gateway.workshop.rooms import Participant, Workshop
from gateway.workshop.tokens import PARTICIPANT, Tokens
from guidebook.vocabulary import Lang

LIFETIME_S = 3 * 24 * 3600
MOST_PARTICIPANTS = 150
"""Forty is a full room; three rooms' worth is somebody's script."""
JOINS_BURST, JOINS_PER_SECOND = 5.0, 1 / 600
"""Joins of one address: a phone whose cookies were cleared comes back, a script does not."""
CODES_BURST, CODES_PER_SECOND = 10.0, 1 / 10
"""Codes tried from one address: a million codes would take four months."""
SENDS_BURST, SENDS_PER_SECOND = 30.0, 1.0
"""Answers of one participant."""
SEEN_EVERY_S = 20.0

DIGITS = {
    ord(digit): str(value)
    for value in range(10)
    for digit in (chr(0x6F0 + value), chr(0x660 + value))
}
"""Urdu and Arabic digits, as an Urdu keyboard types them."""


@dataclass(frozen=True)
class ParticipantDoor:
    """Lets phones in and knows them again."""

    database: Database
    tokens: Tokens
    codes: Buckets
    joins: Buckets
    sends: Buckets
    clock: Callable[[], float]

    @classmethod
    def build(
        cls, database: Database, secret: str, clock: Callable[[], float], ticks: Callable[[], float]
    ) -> "ParticipantDoor":
        """A door with its buckets. `ticks` is a clock that never goes back."""
        return cls(
            database,
            Tokens(secret, PARTICIPANT, LIFETIME_S),
            Buckets(CODES_BURST, CODES_PER_SECOND, ticks),
            Buckets(JOINS_BURST, JOINS_PER_SECOND, ticks),
            Buckets(SENDS_BURST, SENDS_PER_SECOND, ticks),
            clock,
        )

    async def participant(self, request: Request) -> Participant | None:
        """The participant behind a request; None when it has not joined, or all is over."""
        key = self.tokens.key(request)
        found = await self.database.read(rooms.find_participant, key) if key else None
        now = self.clock()
        if found is not None and found.seen_at < now - SEEN_EVERY_S:
            await self.database.write(rooms.touch_participant, found.key, now)
        return found

    def joined_before(self, request: Request) -> bool:
        """True when this browser joined a workshop of this laptop, open or ended."""
        return self.tokens.key(request) is not None

    async def join(self, code: str, lang: Lang, request: Request) -> str | Problem:
        """A cookie for the right code, or why there is none."""
        address = address_of(request)
        if address is not None and (wait := self.codes.take(address)):
            return TOO_MANY_CODES.after(wait)
        workshop = await self.database.read(rooms.open_workshop)
        if workshop is None:
            return WORKSHOP_ENDED
        if "".join(filter(str.isdecimal, code)).translate(DIGITS) != workshop.code:
            event_log.record("join_refused")
            return WRONG_CODE
        if address is not None and (wait := self.joins.take(address)):
            return TOO_MANY_JOINS.after(wait)
        return await self._add(workshop, lang)

    async def choose_language(self, participant: Participant, lang: Lang) -> Participant:
        """Speak this language from now on."""
        await self.database.write(rooms.touch_participant, participant.key, self.clock(), lang)
        return replace(participant, lang=lang)

    async def leave(self, participant: Participant, response: Response) -> None:
        """Forget this phone and what it answered."""
        await self.database.write(rooms.drop_participant, participant.key)
        await self.database.flush()
        self.tokens.take_back(response)

    def admit(self, participant: Participant) -> Problem | None:
        """Admit one answer of this participant, or say when to come back."""
        wait = self.sends.take(participant.key)
        return TOO_MANY.after(wait) if wait else None

    async def _add(self, workshop: Workshop, lang: Lang) -> str | Problem:
        value, key = self.tokens.new()
        given = (key, workshop.id, lang, self.clock(), MOST_PARTICIPANTS)
        if not await self.database.write(rooms.add_participant, *given):
            return ROOM_FULL
        event_log.record("joined")
        return value
