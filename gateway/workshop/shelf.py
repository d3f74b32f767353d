"""The workshop's content as the gateway holds it, kept level with the files on disk.

Content that no longer loads leaves the last good one in use; `fault` is the first thing to mend,
for the trainer to read.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path

from starlette.concurrency import run_in_threadpool

from gateway import event_log
from gateway.library import Stamp, stamp_of
from guidebook.errors import GuidebookError
from guidebook.training.content import Training, load_training


class Shelf:
    """The quizzes, forms and scenarios; `fault` says why they are not the newest."""

    def __init__(self, folder: Path, look_every: float, monotonic: Callable[[], float]) -> None:
        self._folder = folder
        self._look_every = look_every
        self._monotonic = monotonic
        self._looked_at = float("-inf")
        self._stamp: Stamp | None = None
        self._looking = asyncio.Lock()
        self._training: Training | None = None
        self.fault: str | None = None

    async def current(self) -> Training | None:
        """The content, looked after at most every few seconds; None when none ever loaded."""
        async with self._looking:
            if self._monotonic() - self._looked_at < self._look_every:
                return self._training
            self._looked_at = self._monotonic()
            stamp = await run_in_threadpool(stamp_of, self._folder)
            if stamp != self._stamp:
                self._stamp = stamp  # a broken state is not read again until it changes
                await self._load()
            return self._training

    async def _load(self) -> None:
        try:
            self._training = await run_in_threadpool(load_training, self._folder)
        except (GuidebookError, OSError) as error:
            event_log.record_defect("training_not_loaded", error)
            self.fault = str(error).splitlines()[0].replace(f"{self._folder.parent}/", "")
            return
        self.fault = None
