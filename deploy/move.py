"""Move a home from its SQLite files to PostgreSQL: every row, compared, in one transaction a file.

It only reads the files, and runs while nothing else uses the home. Run again it adds what is not
there yet and changes nothing that is; a row that differs stops it, as the server has gone on since.
So a move that was broken off is repeated, and one that ended is seen to have lost nothing.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    MetaData,
    Table,
    create_engine,
    func,
    inspect,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError

from deploy import home_lock
from deploy.errors import MoveError
from gateway import postgres, tables

AT_ONCE = 500
EVENTS = "events"
EVENTS_TABLE = """
CREATE TABLE IF NOT EXISTS events (
    id SERIAL PRIMARY KEY, sender_id VARCHAR(255) NOT NULL, type_name VARCHAR(255) NOT NULL,
    timestamp FLOAT, intent_name VARCHAR(255), action_name VARCHAR(255), data TEXT)
"""
"""Rasa 3.6's own table, made as Rasa would, for a server that no Rasa has met yet."""
EVENTS_INDEX = "CREATE INDEX IF NOT EXISTS ix_events_sender_id ON events (sender_id)"


@dataclass(frozen=True)
class Moved:
    """One table: how many rows the file holds, and how many of them are new on the server."""

    table: str
    rows: int
    new: int


def move(home: Path, url: str, wait: float) -> list[Moved]:
    """Move everything; MoveError when anything is missing or different at the end."""
    with home_lock.hold(home):
        target = postgres.engine_for(url, wait)
        try:
            postgres.open_postgres(url, wait).close()
            moved = [
                *_file(home / "gateway.db", list(tables.metadata.sorted_tables), target),
                *_file(home / "tracker.db", None, target),
            ]
        except (SQLAlchemyError, sqlite3.Error) as error:
            raise MoveError(
                f"The move ended in {type(error).__name__} and changed nothing in the file it was "
                "at; look at both databases, and run it again."
            ) from None
        finally:
            target.dispose()
    if not moved:
        raise MoveError(f"There is nothing to move in {home}; check GUIDEBOOK_HOME.")
    return moved


def _file(path: Path, known: Sequence[Table] | None, target: Engine) -> list[Moved]:
    """Move one file's tables; `known` is None for Rasa's, whose one table is `events`."""
    if not path.is_file():
        return []
    source = create_engine(
        "sqlite://", creator=lambda: sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    )
    try:
        with source.connect() as reading, target.begin() as writing:
            if known is None:
                writing.execute(text(EVENTS_TABLE))
                writing.execute(text(EVENTS_INDEX))
                known = [Table(EVENTS, MetaData(), autoload_with=writing)]
            else:
                _require_version(path)
            there = set(inspect(source).get_table_names())
            return [_table(table, reading, writing) for table in known if table.name in there]
    finally:
        source.dispose()


def _table(table: Table, reading: Connection, writing: Connection) -> Moved:
    """Copy one table and compare it, row by row."""
    key = list(table.primary_key.columns)
    before = writing.execute(select(func.count()).select_from(table)).scalar_one()
    rows = 0
    for part in _parts(reading, table):
        writing.execute(insert(table).on_conflict_do_nothing(), part)
        rows += len(part)
        for row in part:
            same = [column == row[column.name] for column in key]
            kept = writing.execute(select(table).where(*same)).mappings().first()
            if kept is None or dict(kept) != row:
                raise MoveError(
                    f"A row of {table.name} is another on the server, which has been used since; "
                    "nothing was changed in this file. Move into an empty database."
                )
    for column in key:  # numbers go on after the highest that came
        if column.autoincrement is True or table.name == EVENTS:
            highest = select(func.max(column)).scalar_subquery()
            place = func.pg_get_serial_sequence(table.name, column.name)
            writing.execute(select(func.setval(place, func.coalesce(highest, 1))))
    after = writing.execute(select(func.count()).select_from(table)).scalar_one()
    return Moved(table.name, rows, after - before)


def _parts(reading: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    found = reading.execute(select(table).order_by(*table.primary_key.columns)).mappings()
    for part in found.partitions(AT_ONCE):
        yield [dict(row) for row in part]


def _require_version(path: Path) -> None:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version != tables.SCHEMA_VERSION:
        raise MoveError(
            f"{path} has schema {version}, not {tables.SCHEMA_VERSION}; start this version once "
            "on this home, stop it, and move then."
        )
