"""The library behind the actions: opened once a process, on first use, never at import.

When it cannot be opened the reason is kept and every answer says so in a sentence; the next
question tries again, so that a rebuilt index heals without a restart.
"""

import logging
import os
import threading
import time

from guidebook.context import Context
from guidebook.errors import GuidebookError
from guidebook.library import Library, open_library
from guidebook.query import Query
from guidebook.settings import Settings

log = logging.getLogger(__name__)
_lock = threading.Lock()
_library: Library | None = None


def library() -> Library:
    """The opened library; GuidebookError when it cannot be opened."""
    global _library  # one a process is the point of this module
    with _lock:
        if _library is None:
            _library = open_library(Settings.from_environ(os.environ))
            log.info("library_opened passages=%d", len(_library.corpus.passages))
        return _library


def warm_up() -> None:
    """Open the library before the first question; a failure is told later, to the officer."""
    try:
        library().answer(Query("warm up"), Context(), time.time())  # the first encoding is slow
    except GuidebookError as error:
        log.error("library_not_opened reason=%s", error)
