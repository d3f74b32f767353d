"""What is read from a folder, kept level with the files on disk.

`current` looks for changed files at most every few seconds; `latest` looks now. Files that no
longer load leave what was held last in use, and `defect` says why; they are not read again until
one of them changes. What is held, and how its defect is told, are library.py's and shelf.py's.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from starlette.concurrency import run_in_threadpool

from gateway import event_log
from guidebook.errors import GuidebookError

T = TypeVar("T")
Stamp = frozenset[tuple[str, int, int]]


class Watched(Generic[T]):
    """What `load` makes of a folder; `name` is what the log calls it."""

    def __init__(
        self,
        name: str,
        folder: Path,
        load: Callable[[Path], T],
        look_every: float,
        monotonic: Callable[[], float],
    ) -> None:
        self._name = name
        self._folder = folder
        self._load = load
        self._look_every = look_every
        self._monotonic = monotonic
        self._looked_at = float("-inf")
        self._stamp: Stamp | None = None
        self._looking = asyncio.Lock()
        self.held: T | None = None
        self.defect: GuidebookError | OSError | None = None

    async def current(self) -> T | None:
        """What is held, looked after at most every few seconds; None when nothing ever loaded."""
        if self._monotonic() - self._looked_at < self._look_every:
            return self.held
        return await self.latest()

    async def latest(self) -> T | None:
        """What is held, as the files are now."""
        async with self._looking:
            self._looked_at = self._monotonic()
            stamp = await run_in_threadpool(stamp_of, self._folder)
            if stamp != self._stamp:
                self._stamp = stamp
                await self._read()
            return self.held

    async def _read(self) -> None:
        try:
            self.held = await run_in_threadpool(self._load, self._folder)
        except (GuidebookError, OSError) as error:
            event_log.record_defect(f"{self._name}_not_loaded", error)
            self.defect = error
            return
        self.defect = None


def stamp_of(folder: Path) -> Stamp:
    """Path, time and size of every file: another stamp means other files."""
    found = set()
    for path in folder.rglob("*"):
        try:
            state = path.stat()
        except OSError:
            continue  # gone between the two looks
        found.add((str(path), state.st_mtime_ns, state.st_size))
    return frozenset(found)
