"""A stand-in for Rasa at the `Rasa` seam: it answers, or fails in each way Rasa can.

For tests, fuzzing and work on the page without a model; the gateway never uses it by itself.
Like the real channel it runs a message id once and forgets a conversation on request.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass, field

from gateway.rasa_client import (
    Down,
    Malformed,
    RasaHealth,
    RasaOutcome,
    RasaReply,
    RasaTurn,
    Replied,
    Silent,
    Slow,
)

GREETING = Replied((RasaReply(text="Hello.", custom=None, status="told_greeting"),))
DOWN = Down("ConnectError")
SILENT = Silent()
MALFORMED = Malformed("replies")


@dataclass
class RasaStandIn:
    """Answers every message with `outcome`, after `open` is set and `delay` has passed."""

    outcome: RasaOutcome = GREETING
    delay: float = 0.0
    open: asyncio.Event = field(default_factory=asyncio.Event)
    store: str = "SQLTrackerStore"
    received: list[RasaTurn] = field(default_factory=list)
    runs: Counter[str] = field(default_factory=Counter)
    forgotten: list[str] = field(default_factory=list)
    _kept: dict[tuple[str, str], RasaOutcome] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.open.set()

    async def send(self, turn: RasaTurn, wait: float) -> RasaOutcome:
        """One turn."""
        self.received.append(turn)
        try:
            async with asyncio.timeout(wait):
                await self.open.wait()
                await asyncio.sleep(self.delay)
        except TimeoutError:
            return Slow()
        if not isinstance(self.outcome, Replied):
            return self.outcome
        key = (turn.conversation_id, turn.message_id)
        if key not in self._kept:
            self.runs[turn.message_id] += 1
            self._kept[key] = self.outcome
        return self._kept[key]

    async def wipe(self, conversation_id: str, wait: float) -> bool:
        """Forget, unless down or out of time."""
        if isinstance(self.outcome, Down) or wait <= 0:
            return False
        self.forgotten.append(conversation_id)
        return True

    async def health(self, wait: float) -> RasaHealth:
        """Well, unless down or out of time."""
        if isinstance(self.outcome, Down) or wait <= 0:
            return RasaHealth(False, reason="Rasa is not reachable; it may still be loading.")
        return RasaHealth(True, tracker_store=self.store, model="stand-in.tar.gz")

    async def close(self) -> None:
        """Nothing to close."""
