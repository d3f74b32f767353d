"""Reach the SQL tracker store under Rasa's wrappers.

Rasa hides its store behind one that falls back to memory without a word. We ask for the real store,
make its failures show, and say in one word which store is in use. What is deleted is overwritten on
disk, and a turn that was saved survives a killed process.
"""

from __future__ import annotations

import sqlite3
from typing import Any

import sqlalchemy.event
from rasa.core.tracker_store import FailSafeTrackerStore, SQLTrackerStore, TrackerStore
from sqlalchemy.engine import Engine

from bot.errors import StoreUnavailableError, TuningTargetMissingError

IN_MEMORY = "InMemoryTrackerStore"
_CALLBACK = "_on_tracker_store_error"


def real_store(store: TrackerStore) -> TrackerStore:
    """Return the store under Rasa's wrappers."""
    while hasattr(store, "_tracker_store"):
        store = store._tracker_store
    return store


def sql_store(store: TrackerStore) -> SQLTrackerStore:
    """Return the SQL store, ready for us; fail by name when Rasa uses another."""
    found = real_store(store)
    if not isinstance(found, SQLTrackerStore):
        raise StoreUnavailableError(
            f"Conversations are in {type(found).__name__}, not in SQL. Check that the folder of "
            "tracker_store.db in endpoints.yml exists and can be written, then start Rasa again."
        )
    _prepare(found.engine)
    return found


def refuse_memory(store: TrackerStore) -> None:
    """Make a failing store raise, where Rasa would go on in memory and lose the conversation."""
    if not isinstance(store, FailSafeTrackerStore):
        return
    if not hasattr(store, _CALLBACK):
        raise TuningTargetMissingError(
            f"FailSafeTrackerStore has no {_CALLBACK}. Pin rasa to 3.6.21, or adapt bot/store.py."
        )
    setattr(store, _CALLBACK, _raise)


def class_in_use(store: TrackerStore) -> str:
    """Return the class of the store that a turn would use now."""
    found = real_store(store)
    if isinstance(found, SQLTrackerStore) and not _can_write(found):
        return IN_MEMORY
    return type(found).__name__


def _raise(error: Exception) -> None:
    raise StoreUnavailableError(
        f"The tracker store failed ({type(error).__name__}). Check the disk and the file named in "
        "endpoints.yml."
    )


def _can_write(store: SQLTrackerStore) -> bool:
    """Try to take SQLite's write lock, briefly, and give it back."""
    if store.engine.dialect.name != "sqlite" or not store.engine.url.database:
        return True
    try:
        connection = sqlite3.connect(
            f"file:{store.engine.url.database}?mode=rw", uri=True, timeout=1.0
        )
        try:
            connection.isolation_level = None
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("SELECT 1 FROM events LIMIT 1")
            connection.execute("ROLLBACK")
        finally:
            connection.close()
    except sqlite3.Error:
        return False
    return True


def _prepare(engine: Engine) -> None:
    if engine.dialect.name == "sqlite" and not sqlalchemy.event.contains(
        engine, "connect", _set_pragmas
    ):
        sqlalchemy.event.listen(engine, "connect", _set_pragmas)
        engine.dispose()


def _set_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.close()
