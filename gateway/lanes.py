"""One session, one at a time: whoever is in a session's lane is alone with its conversation.

First come, first served, within this process. shared_lanes.py adds what holds between cells.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol


class Lanes(Protocol):
    """What a turn needs. `shared` says that another process may have run the same message."""

    @property
    def shared(self) -> bool: ...

    def alone(self, key: str) -> AbstractAsyncContextManager[None]: ...

    async def close(self) -> None: ...


@dataclass
class _Lane:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0


class OwnLanes:
    """The lanes of one process; a lane nobody is in is forgotten."""

    shared = False

    def __init__(self) -> None:
        self._lanes: dict[str, _Lane] = {}

    @asynccontextmanager
    async def alone(self, key: str) -> AsyncIterator[None]:
        """Hold the lane of `key`."""
        lane = self._lanes.setdefault(key, _Lane())
        lane.users += 1
        try:
            async with lane.lock:
                yield
        finally:
            lane.users -= 1
            if lane.users == 0:
                self._lanes.pop(key, None)

    async def close(self) -> None:
        """Nothing to close."""
