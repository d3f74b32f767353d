"""The library behind the actions: opened once a process, on first use, never at import.

When it cannot be opened every answer says so in a sentence; the next question tries again. An index
built anew is noticed and opened at the next question: neither needs a restart.
"""

import logging
import os
import threading
import time

from guidebook.context import Context
from guidebook.errors import GuidebookError
from guidebook.first_hour_meaning import NOTHING, Heard
from guidebook.library import Library, open_library
from guidebook.query import Query
from guidebook.settings import Settings

log = logging.getLogger(__name__)
_lock = threading.Lock()
_library: Library | None = None
_opened: int | None = None  # when the index that _library was opened from was written


def library() -> Library:
    """The opened library; GuidebookError when it cannot be opened."""
    global _library, _opened  # one a process is the point of this module
    settings = Settings.from_environ(os.environ)
    with _lock:
        written = _written(settings)
        if _library is None or written != _opened:
            _library, _opened = open_library(settings), written
            log.info("library_opened passages=%d", len(_library.corpus.passages))
        return _library


def hear_case(text: str) -> Heard:
    """What a message says of a case; nothing beyond the rules while there is no library."""
    try:
        return library().hear_case(text)
    except GuidebookError:
        return NOTHING


def hears_distress(text: str) -> bool:
    """True when a message speaks of the writer's own hurt, by its meaning too."""
    try:
        return library().hears_distress(text)
    except GuidebookError:
        return False


def _written(settings: Settings) -> int | None:
    """When the index was written, in nanoseconds; None when there is none."""
    try:
        return (settings.index / "manifest.json").stat().st_mtime_ns
    except OSError:
        return None


def warm_up() -> None:
    """Open the library before the first question; a failure is told later, to the officer."""
    try:
        library().answer(Query("warm up"), Context(), time.time())  # the first encoding is slow
    except GuidebookError as error:
        log.error("library_not_opened reason=%s", error)
