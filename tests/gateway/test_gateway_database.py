"""The database file: nothing deleted stays in it, and a change is whole or not made."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from gateway import store
from gateway.database import Database, open_database
from gateway.errors import StoreUnavailableError
from gateway.tables import SCHEMA_VERSION

pytestmark = pytest.mark.anyio


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "gateway.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    opened = open_database(path, lock_wait=0.2)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("secure_delete", 1), ("foreign_keys", 1), ("journal_mode", "wal"), ("temp_store", 2)],
)
async def test_each_connection_has_its_guards(
    database: Database, pragma: str, value: object
) -> None:
    def ask(connection: Connection) -> object:
        return connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one()

    assert await database.read(ask) == value
    assert await database.write(ask) == value


async def test_a_change_that_fails_half_way_leaves_nothing(database: Database) -> None:
    def half(connection: Connection) -> None:
        store.add_session(connection, "key", "conversation", 1.0)
        store.add_session(connection, "key", "conversation", 1.0)

    with pytest.raises(StoreUnavailableError):
        await database.write(half)
    assert await database.read(store.find_session, "key") is None


async def test_a_fault_never_carries_what_was_to_be_kept(database: Database) -> None:
    await database.write(store.add_session, "key", "conversation", 1.0)
    with pytest.raises(StoreUnavailableError) as caught:
        await database.write(store.add_session, "key", "zebra", 1.0)
    assert "zebra" not in str(caught.value)
    assert caught.value.__suppress_context__


async def test_a_session_that_goes_takes_its_words_along(database: Database) -> None:
    await database.write(store.add_session, "key", "conversation", 1.0)
    await database.write(store.begin_turn, "key", "m", "zebra", 1.0)
    assert await database.write(store.purge, 0.5, 2.0) == (0, 0)
    assert await database.write(store.purge, 2.0, 2.0) == (1, 1)
    assert await database.read(store.owed_wipes) == ["conversation"]


async def test_a_message_without_session_is_not_kept(database: Database) -> None:
    assert await database.write(store.begin_turn, "none", "m", "text", 1.0) is None
    assert await database.read(store.find_turn, "none", "m") is None


async def test_a_flush_empties_the_write_ahead_log(database: Database, path: Path) -> None:
    await database.write(store.add_session, "key", "conversation", 1.0)
    log = path.with_name("gateway.db-wal")
    assert log.stat().st_size > 0
    await database.flush()
    assert log.stat().st_size == 0


def test_an_opened_database_can_be_opened_again(path: Path) -> None:
    open_database(path, 0.2).close()
    open_database(path, 0.2).close()
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    connection.close()


async def test_a_file_of_the_first_version_is_taken_over_with_its_sessions(path: Path) -> None:
    open_database(path, 0.2).close()
    with sqlite3.connect(path) as connection:
        for column in ("page_lang", "last_lang"):
            connection.execute(f"ALTER TABLE sessions DROP COLUMN {column}")
        connection.execute("ALTER TABLE receipts DROP COLUMN scores")
        connection.execute(
            "INSERT INTO sessions (key, conversation_id, lang, seen_at) VALUES ('k', 'c', 'ur', 1)"
        )
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    database = open_database(path, 0.2)
    session = await database.read(store.find_session, "k")
    database.close()
    assert session is not None
    assert (session.lang, session.page_lang, session.last_lang) == ("ur", None, None)
