"""A store that fails is said to fail; Rasa's silent memory is never used."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
from rasa.core.tracker_store import (
    FailSafeTrackerStore,
    InMemoryTrackerStore,
    SQLTrackerStore,
    TrackerStore,
)
from rasa.shared.core.domain import Domain

from bot.errors import StoreUnavailableError, TuningTargetMissingError
from bot.store import IN_MEMORY, class_in_use, refuse_memory, sql_store


@pytest.fixture
def wrapped(tmp_path: Path) -> TrackerStore:
    return FailSafeTrackerStore(SQLTrackerStore(Domain.empty(), db=str(tmp_path / "t.db")))


def test_names_the_store_in_use(wrapped: TrackerStore) -> None:
    assert class_in_use(wrapped) == "SQLTrackerStore"
    assert class_in_use(FailSafeTrackerStore(InMemoryTrackerStore(Domain.empty()))) == IN_MEMORY


def test_a_locked_database_counts_as_memory(wrapped: TrackerStore, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "t.db") as holder:
        holder.execute("BEGIN EXCLUSIVE")
        assert class_in_use(wrapped) == IN_MEMORY
    assert class_in_use(wrapped) == "SQLTrackerStore"


def test_a_lost_file_counts_as_memory(wrapped: TrackerStore, tmp_path: Path) -> None:
    (tmp_path / "t.db").unlink()
    assert class_in_use(wrapped) == IN_MEMORY
    assert not (tmp_path / "t.db").exists()


def test_memory_is_refused_by_name() -> None:
    with pytest.raises(StoreUnavailableError, match="InMemoryTrackerStore"):
        sql_store(FailSafeTrackerStore(InMemoryTrackerStore(Domain.empty())))


def test_a_failing_store_raises(wrapped: FailSafeTrackerStore, tmp_path: Path) -> None:
    (tmp_path / "t.db").write_bytes(b"not a database, not even nearly one" * 100)
    assert asyncio.run(wrapped.retrieve("c")) is None  # as Rasa does it: silence
    refuse_memory(wrapped)
    with pytest.raises(StoreUnavailableError, match="DatabaseError"):
        asyncio.run(wrapped.retrieve("c"))


def test_a_moved_callback_is_named(wrapped: FailSafeTrackerStore) -> None:
    del wrapped._on_tracker_store_error
    with pytest.raises(TuningTargetMissingError, match="_on_tracker_store_error"):
        refuse_memory(wrapped)


def test_deleted_bytes_are_overwritten(wrapped: TrackerStore) -> None:
    store = sql_store(wrapped)
    with store.engine.connect() as connection:
        for pragma, value in (("secure_delete", 1), ("journal_mode", "wal"), ("synchronous", 1)):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
