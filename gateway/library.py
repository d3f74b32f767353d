"""The corpus as the gateway holds it, kept level with the files on disk.

`current` looks for changed files at most every few seconds; `latest` looks now. Documents that no
longer load leave the last good ones in use, and `fault` says so. What a document says over HTTP
is documents.py's and contents.py's.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path

from starlette.concurrency import run_in_threadpool

from gateway import event_log
from guidebook.corpus import Corpus, load_corpus
from guidebook.errors import GuidebookError

Stamp = frozenset[tuple[str, int, int]]

LOADING = "The documents are still loading."
BROKEN = "The documents do not load; run `guidebook corpus check`."
OUTDATED = "The documents on disk do not load; the last good ones are in use."


class Library:
    """The corpus; `fault` says why there is none, or why it is not the newest."""

    def __init__(self, folder: Path, look_every: float, monotonic: Callable[[], float]) -> None:
        self._folder = folder
        self._look_every = look_every
        self._monotonic = monotonic
        self._looked_at = float("-inf")
        self._stamp: Stamp | None = None
        self._looking = asyncio.Lock()
        self.corpus: Corpus | None = None
        self.fault: str | None = LOADING

    async def current(self) -> Corpus | None:
        """The corpus, looked after at most every few seconds; None when none ever loaded."""
        if self._monotonic() - self._looked_at < self._look_every:
            return self.corpus
        return await self.latest()

    async def latest(self) -> Corpus | None:
        """The corpus as the files are now."""
        async with self._looking:
            self._looked_at = self._monotonic()
            stamp = await run_in_threadpool(stamp_of, self._folder)
            if stamp != self._stamp:
                self._stamp = stamp  # a broken state is not read again until it changes
                await self._load()
            return self.corpus

    async def _load(self) -> None:
        try:
            self.corpus = await run_in_threadpool(load_corpus, self._folder)
        except (GuidebookError, OSError) as error:
            event_log.record_defect("corpus_not_loaded", error)
            self.fault = BROKEN if self.corpus is None else OUTDATED
            return
        self.fault = None
        event_log.record("corpus_loaded", documents=len(self.corpus.documents))


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
