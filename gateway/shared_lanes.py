"""Lanes that hold between cells: a lease in Redis beside the lane of this process.

A message sent again to another cell waits there until the cell that runs it is done or dead: a
lease nobody renews ends after LEASE_S. Without Redis a cell goes on with its own lanes: the front
sends a session to one cell, and Rasa's channel runs a message id once.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from redis.asyncio import Redis
from redis.asyncio.lock import Lock
from redis.exceptions import RedisError

from gateway import event_log
from gateway.lanes import OwnLanes

LEASE_S = 9.0
"""Longer than Rasa waits for an action (8 s): when only the gateway of a cell died, its Rasa has
ended or saved the turn before another cell may run it."""
RENEW_S = LEASE_S / 3
LOOK_S = 0.05


class SharedLanes:
    """Lanes of all cells on one Redis."""

    shared = True

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._own = OwnLanes()

    @asynccontextmanager
    async def alone(self, key: str) -> AsyncIterator[None]:
        """Hold the lane of `key`, here and at every cell."""
        async with self._own.alone(key):
            lease = await self._take(key)
            renewing = None if lease is None else asyncio.create_task(_renew(lease))
            try:
                yield
            finally:
                if renewing is not None and lease is not None:
                    renewing.cancel()
                    with suppress(asyncio.CancelledError):
                        await renewing
                    with suppress(RedisError, OSError):  # it ends by itself
                        await lease.release()

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.aclose()

    async def _take(self, key: str) -> Lock | None:
        """The lease, once it is free; None when there is no Redis to ask."""
        lease = self._redis.lock(
            f"guidebook:lane:{key}", timeout=LEASE_S, sleep=LOOK_S, thread_local=False
        )
        try:
            await lease.acquire()
        except (RedisError, OSError) as error:
            event_log.record_defect("lane_not_shared", error)
            return None
        return lease


async def _renew(lease: Lock) -> None:
    """Keep the lease while the turn runs; a renewal that fails leaves it to end by itself."""
    with suppress(RedisError, OSError):
        while True:
            await asyncio.sleep(RENEW_S)
            await lease.reacquire()
