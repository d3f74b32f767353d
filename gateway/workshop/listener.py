"""Note what the room asks: for a turn of a participant who joined, its topics and how it ended.

It hears of every turn after its replies were kept. It never delays or fails a turn: what cannot be
noted is a line in the log.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.requests import Request

from gateway import event_log
from gateway.database import Database
from gateway.errors import StoreUnavailableError
from gateway.library import Library
from gateway.store import ReplyJson
from gateway.workshop import asked
from gateway.workshop.participant_door import ParticipantDoor


@dataclass(frozen=True)
class Listener:
    """Hears turns."""

    database: Database
    library: Library
    participants: ParticipantDoor
    clock: Callable[[], float]

    async def expects(self, request: Request, session: str) -> None:
        """Remember that this session is one of the room's, before its words are kept."""
        try:
            participant = await self.participants.participant(request)
            if participant is not None:
                await self.database.write(asked.note_chat, participant.workshop, session)
        except StoreUnavailableError as error:
            event_log.record_defect("chat_not_noted", error)

    async def heard(
        self, request: Request, session: str, client_message_id: str, replies: Sequence[ReplyJson]
    ) -> None:
        """Keep what a trainer may see of this turn, if a participant of the room made it."""
        try:
            participant = await self.participants.participant(request)
            if participant is None or not replies:
                return
            key = asked.turn_key(session, client_message_id)
            kept = asked.digest(replies, self.library.corpus, key, self.clock())
            await self.database.write(asked.note, participant.workshop, kept)
        except StoreUnavailableError as error:
            event_log.record_defect("turn_not_noted", error)
