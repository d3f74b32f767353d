"""Forget: words live 24 hours, here and in Rasa, whether or not anybody asks.

A purge deletes old turns and idle sessions, moves sessions still in use to a new conversation
once theirs is old, and asks Rasa again for every wipe it still owes. Receipts and feedback, which
hold no words, live 90 days. What else has a time of its own is `also`. The clock is given, so that
a test can move it.
"""

import asyncio
from collections.abc import Awaitable, Callable

from gateway import event_log, store
from gateway.database import Database
from gateway.turns import Turns

RECEIPT_SECONDS = 90 * 24 * 3600
"""A quarter: the rhythm in which an office reviews its texts. Longer, and the times of receipts
would begin to tell how a station works."""


class Retention:
    """Purges on demand, and again and again while the gateway runs."""

    def __init__(
        self,
        database: Database,
        turns: Turns,
        lifetime: float,
        every: float,
        clock: Callable[[], float],
        also: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._database = database
        self._turns = turns
        self._lifetime = lifetime
        self._every = every
        self._clock = clock
        self._also = also

    async def purge(self) -> None:
        """Forget everything older than the lifetime."""
        now = self._clock()
        before = now - self._lifetime
        turns, sessions = await self._database.write(store.purge, before, now)
        receipts = await self._database.write(store.purge_receipts, now - RECEIPT_SECONDS)
        old = await self._database.read(store.old_conversations, before)
        for key in old:
            await self._turns.renew(key)
        if self._also is not None:
            await self._also()
        owed = await self._turns.settle_wipes()
        await self._database.flush()
        if turns or sessions or receipts or old or owed:
            event_log.record(
                "purged",
                turns=turns,
                sessions=sessions,
                receipts=receipts,
                renewed=len(old),
                owed=owed,
            )

    async def run(self) -> None:
        """Purge now and then for ever. A failed purge is noted and tried again."""
        while True:
            try:
                await self.purge()
            except Exception as error:  # the purge must outlive any fault of one round
                event_log.record_defect("purge_failed", error)
            await asyncio.sleep(self._every)
