"""The database, and the two ways to use it: `read` and `write`. By itself one SQLite file.

A write is one transaction: all of it or nothing. In the file deleted words are overwritten
(secure_delete) and `flush` empties the write-ahead log, so a wipe leaves nothing in it. Any fault
becomes StoreUnavailableError without parameters, because those hold text. store.py asks;
postgres.py opens the database that several cells share.
"""

import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import anyio
from anyio import CapacityLimiter
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from gateway.errors import StoreUnavailableError
from gateway.tables import SCHEMA_VERSION, UPGRADES, metadata
from guidebook.errors import GuidebookError, SettingsError

THREADS = 8

P = ParamSpec("P")
T = TypeVar("T")
Work = Callable[Concatenate[Connection, P], T]

FLUSH_TRIES = 20
FLUSH_PAUSE_S = 0.05


class Database:
    """The open database. Work runs on a few threads of its own, never on the event loop."""

    def __init__(self, readers: Engine, writers: Engine) -> None:
        self._readers = readers
        self._writers = writers
        self._threads: CapacityLimiter | None = None

    async def read(self, work: Work[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Run `work` on a consistent view of the data."""
        return await self._run(self._readers, work, *args, **named)

    async def write(self, work: Work[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Run `work` as one transaction."""
        return await self._run(self._writers, work, *args, **named)

    async def flush(self) -> None:
        """Move everything out of SQLite's write-ahead log and cut it to nothing."""
        if self._readers.dialect.name == "sqlite":
            await self._thread(self._flush)

    def close(self) -> None:
        """Close all connections."""
        self._readers.dispose()

    async def _run(self, engine: Engine, work: Work[P, T], *args: P.args, **named: P.kwargs) -> T:
        def transaction() -> T:
            with engine.begin() as connection:
                return work(connection, *args, **named)

        return await self._thread(transaction)

    async def _thread(self, work: Callable[[], T]) -> T:
        if self._threads is None:
            self._threads = CapacityLimiter(THREADS)
        try:
            return await anyio.to_thread.run_sync(work, limiter=self._threads)
        except (SQLAlchemyError, sqlite3.Error) as error:
            raise StoreUnavailableError(f"The database failed ({type(error).__name__}).") from None

    def _flush(self) -> None:
        connection = self._readers.raw_connection()
        try:
            cursor = connection.cursor()
            for _ in range(FLUSH_TRIES):  # a reader still at it leaves words in the log
                busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                if not busy:
                    break
                time.sleep(FLUSH_PAUSE_S)
            cursor.close()
        finally:
            connection.close()


def open_database(path: Path, lock_wait: float) -> Database:
    """Open the file, making it when missing; a GuidebookError in one sentence when it cannot."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise SettingsError(
            f"{path} cannot be written ({error.strerror}); make the folder writable, "
            "or set GUIDEBOOK_HOME to one that is."
        ) from None
    engine = create_engine(
        f"sqlite:///{path}",
        hide_parameters=True,
        pool_size=THREADS,
        max_overflow=0,
        connect_args={"check_same_thread": False, "timeout": lock_wait},
    )
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    try:
        _prepare(engine, path)
    except (SQLAlchemyError, sqlite3.Error) as error:
        engine.dispose()
        raise GuidebookError(
            f"{path} is not a database this version can open ({type(error).__name__}); "
            "move it away and start again: it holds at most one day of conversations."
        ) from None
    return Database(engine, engine.execution_options(writes=True))


def _prepare(engine: Engine, path: Path) -> None:
    with engine.execution_options(writes=True).begin() as connection:
        version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        while version in UPGRADES:
            for statement in UPGRADES[version]:
                connection.exec_driver_sql(statement)
            version += 1
        if version not in (0, SCHEMA_VERSION):
            raise GuidebookError(
                f"{path} has schema {version}, this version needs {SCHEMA_VERSION}; "
                "move the file away and start again."
            )
        metadata.create_all(connection)
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _on_connect(connection: Any, _: object) -> None:
    connection.isolation_level = None  # we open transactions ourselves, in _on_begin
    for pragma in (
        "journal_mode = WAL",
        "synchronous = NORMAL",  # survives kill -9; only a power cut may lose the last turns
        "secure_delete = ON",
        "foreign_keys = ON",
        "temp_store = MEMORY",  # no spill file with words in it
    ):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    # A write takes its lock at once: a view that is upgraded later can fail with no way to wait.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
