"""One turn, once: keep the masked message, ask Rasa, check the evidence, keep the reply.

Within a session turns run one after another. A repeated client_message_id joins the turn in
flight, gets the kept reply of a final one, and runs a failed one again; Rasa's channel runs a
message id once, so that a repeat after a crash is safe too. A turn goes on when the browser goes
away. Retrying by itself, and deciding what replies say, are left to others.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from gateway import event_log, receipts, store, switched_off
from gateway.bounds import Bounds
from gateway.database import Database
from gateway.errors import BUSY, ID_TAKEN, Problem, StoreUnavailableError
from gateway.incoming import Message
from gateway.lanes import Lanes, OwnLanes
from gateway.metrics import Metrics
from gateway.rasa_client import Rasa, RasaOutcome, RasaTurn, Replied, Slow
from gateway.replies import Composed, compose, replies_while_off
from gateway.sessions import Session, new_conversation_id
from gateway.span_check import SpanCheck
from gateway.store import ReplyJson
from gateway.switch import Stopped, Switch
from gateway.versions import Versions
from gateway.warm_up import WarmUp
from guidebook.reply import Reply

Replies = list[ReplyJson]

ENDED_BY_RASA = ("failed_silent", "failed_malformed", "failed_index", "failed_internal")


@dataclass
class _Flight:
    """A turn that is running, and the text it was started with."""

    text: str
    task: "asyncio.Task[Replies | Problem]"


@dataclass(frozen=True)
class _Ended:
    """Another cell ended the turn while its message waited here."""

    replies: Replies


class Turns:
    """Runs turns and wipes. `clock` dates what is kept; `rasa_wait` is a turn's whole time."""

    def __init__(
        self,
        database: Database,
        rasa: Rasa,
        bounds: Bounds,
        warm_up: WarmUp,
        span_check: SpanCheck,
        rasa_wait: float,
        clock: Callable[[], float],
        versions: Versions,
        switch: Switch,
        metrics: Metrics,
        lanes: Lanes | None = None,
    ) -> None:
        self._switch = switch
        self._metrics = metrics
        self._versions = versions
        self._database = database
        self._rasa = rasa
        self._bounds = bounds
        self._warm_up = warm_up
        self._span_check = span_check
        self._rasa_wait = rasa_wait
        self._clock = clock
        self._flights: dict[tuple[str, str], _Flight] = {}
        self._lanes = lanes or OwnLanes()

    async def take(self, session: Session, message: Message) -> Replies | Problem:
        """The replies to a message, by running, joining or remembering its turn."""
        key = (session.key, message.client_message_id)
        flight = self._flights.get(key)
        if flight is None:
            if len(self._flights) >= self._bounds.turns_at_once:
                return BUSY
            flight = _Flight(message.text, asyncio.create_task(self._run(session, message)))
            self._flights[key] = flight
            flight.task.add_done_callback(lambda task: self._landed(key, task))
        elif flight.text != message.text:
            return ID_TAKEN
        return await asyncio.shield(flight.task)

    async def wipe(self, session_key: str) -> bool:
        """Forget the session's words here at once, and in Rasa; False when Rasa still has to."""
        async with self._lanes.alone(session_key):
            old = await self._database.write(
                store.wipe_session, session_key, new_conversation_id(), self._clock()
            )
            settled = old is None or await self._forget(old)
        await self._database.flush()
        return settled

    async def renew(self, session_key: str) -> None:
        """Give the session a new conversation and have Rasa forget the old one."""
        async with self._lanes.alone(session_key):
            old = await self._database.write(
                store.renew_conversation, session_key, new_conversation_id(), self._clock()
            )
            if old is not None:
                await self._forget(old)

    async def settle_wipes(self) -> int:
        """Ask Rasa again to forget what it still has to; how many are left."""
        owed = await self._database.read(store.owed_wipes)
        for count, conversation_id in enumerate(owed):
            if not await self._forget(conversation_id):
                return len(owed) - count
        return 0

    async def finish(self) -> None:
        """Wait for the turns in flight, before the process ends."""
        tasks = [flight.task for flight in self._flights.values()]
        await asyncio.gather(*tasks, return_exceptions=True)

    @property
    def in_flight(self) -> int:
        """How many turns are running or queued."""
        return len(self._flights)

    async def _run(self, session: Session, message: Message) -> Replies | Problem:
        started = time.monotonic()
        key, message_id = session.key, message.client_message_id
        known = await self._database.read(store.find_turn, key, message_id)
        if known is not None and known.text != message.text:
            return ID_TAKEN
        if known is not None and known.state == "final":
            return known.replies
        outcome = await self._ask(session, message, known, started)
        if isinstance(outcome, _Ended):
            return outcome.replies
        if isinstance(outcome, Replied):
            self._warm_up.rasa_answered()
        lang = session.language(message)
        if isinstance(outcome, Stopped):
            composed = replies_while_off(message, switched_off.everything(outcome, lang))
        else:
            composed = compose(outcome, message, lang, warming_up=self._warm_up.is_warming_up())
            with self._metrics.timed("check"):
                composed = Composed(await self._checked(composed.replies))
        with self._metrics.timed("keep"):
            replies = await self._keep(key, message_id, composed)
        self._count(outcome, composed, message, time.monotonic() - started)
        event_log.record(
            "turn",
            outcome=type(outcome).__name__,
            reason=getattr(outcome, "reason", "none"),
            first=composed.replies[0].status,
            replies=len(replies),
            masked=len(message.masked),
            characters=len(message.text),
            took_ms=(time.monotonic() - started) * 1000,
        )
        return replies

    def _count(
        self, outcome: RasaOutcome | Stopped, composed: Composed, message: Message, took: float
    ) -> None:
        self._metrics.took("turn", took)
        name = type(outcome).__name__
        corpus = self._span_check.corpus
        self._metrics.turn(name, composed.replies, message.masked, corpus)

    async def _ask(
        self, session: Session, message: Message, known: store.TurnRow | None, started: float
    ) -> RasaOutcome | Stopped | _Ended:
        """Wait for this session's earlier turns, keep the message, then ask Rasa unless off."""
        total = self._rasa_wait
        if message.danger:
            total = min(total, self._bounds.danger_wait)
        conversation_id = None
        try:
            async with asyncio.timeout(total), self._lanes.alone(session.key):
                self._metrics.took("wait", time.monotonic() - started)
                if self._lanes.shared:
                    known = await self._database.read(
                        store.find_turn, session.key, message.client_message_id
                    )
                    if known is not None and known.state == "final":
                        return _Ended(known.replies)
                conversation_id = await self._begin(session, message)
                if stopped := self._switch.state().everything:
                    return stopped
                left = max(0.05, total - (time.monotonic() - started))
                turn = RasaTurn(
                    conversation_id=conversation_id,
                    message_id=_rasa_id(message, known),
                    text=message.text,
                    lang=session.language(message),
                    province=message.province or session.province,
                )
                with self._metrics.timed("rasa"):
                    return await self._rasa.send(turn, left)
        except TimeoutError:
            if conversation_id is None:
                await self._begin(session, message)
            return Slow()

    async def _checked(self, replies: Sequence[Reply]) -> tuple[Reply, ...]:
        """The replies whose evidence holds and whose topics are on."""
        checked = await self._span_check.check(replies)
        state = self._switch.state()
        return switched_off.without_stopped_topics(checked, state, self._span_check.corpus)

    async def _begin(self, session: Session, message: Message) -> str:
        conversation_id = await self._database.write(
            store.begin_turn, session.key, message.client_message_id, message.text, self._clock()
        )
        if conversation_id is None:
            raise StoreUnavailableError("The session was purged while its message waited.")
        return conversation_id

    async def _keep(self, key: str, message_id: str, composed: Composed) -> Replies:
        """Keep the replies with their receipts. A reply that cannot be kept is still given."""
        now = self._clock()
        marked, issued = receipts.issue(composed.replies, now, self._versions.now())
        replies = [reply.to_json() for reply in marked]
        state: store.State = "final" if composed.final else "failed"
        try:
            await self._database.write(store.end_turn, key, message_id, state, replies, issued, now)
        except StoreUnavailableError as error:
            event_log.record_defect("reply_not_kept", error)
        return replies

    async def _forget(self, conversation_id: str) -> bool:
        forgotten = await self._rasa.wipe(conversation_id, self._bounds.wipe_wait)
        if forgotten:
            await self._database.write(store.settle_wipe, conversation_id)
        return forgotten

    def _landed(self, key: tuple[str, str], task: "asyncio.Task[Replies | Problem]") -> None:
        self._flights.pop(key, None)
        with suppress(asyncio.CancelledError):
            task.exception()  # looked at, so that an absent browser leaves no trace in the log


def _rasa_id(message: Message, known: store.TurnRow | None) -> str:
    """The id Rasa runs this message under: a new one once Rasa itself ended it without an answer.

    Rasa runs an id once and would give the same failure again for ever. After a silence of the
    line nobody knows whether it ran: then the id stays.
    """
    base = message.client_message_id
    if known is None or known.state != "failed" or known.replied_at is None:
        return base
    ended = any(reply.get("status") in ENDED_BY_RASA for reply in known.replies)
    return f"{base[:100]}:{int(known.replied_at * 1000)}" if ended else base
