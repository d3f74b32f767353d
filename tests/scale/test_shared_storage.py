"""Gateways on one PostgreSQL and one Redis, over stand-ins for Rasa: what they share holds."""

import asyncio
import shutil
import sqlite3
import uuid
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import text

from deploy.errors import MoveError
from deploy.move import move
from deploy.ports import free_port
from gateway.postgres import engine_for, open_postgres
from guidebook.errors import GuidebookError
from guidebook.settings import ROOT, Settings
from tests.gateway.gateway_under_test import Clock, Gateway, running, settings_for
from tests.scale.servers import Postgres

pytestmark = [pytest.mark.scale, pytest.mark.anyio]
WAIT = 5.0


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def database(server: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty database of this test's own, and the way to its password."""
    server.passwords(tmp_path / "pgpass")
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pgpass"))
    return server.make(f"test_{uuid.uuid4().hex}")


@pytest.fixture
def station(tmp_path: Path) -> Settings:
    """A home on files."""
    return settings_for(tmp_path / "station", ROOT / "corpus" / "source", ROOT / "widget")


@dataclass(frozen=True)
class Shared:
    """The servers of one test."""

    database: str
    redis: str

    def on(self, settings: Settings) -> Settings:
        """These settings on the servers instead of files."""
        return replace(settings, database_url=self.database, redis_url=self.redis)


@pytest.fixture
def shared(database: str, redis_port: int) -> Shared:
    return Shared(database, f"redis://127.0.0.1:{redis_port}/1")


def value(database: str, statement: str) -> object:
    """The one value a statement gives."""
    engine = engine_for(database, WAIT)
    try:
        with engine.begin() as connection:
            found: object = connection.execute(text(statement)).scalar()
            return found
    finally:
        engine.dispose()


async def two(stack: AsyncExitStack, station: Settings, shared: Shared) -> tuple[Gateway, Gateway]:
    """Two gateways as cells have them: homes of their own, the same secrets, one clock."""
    clock = Clock()
    started: list[Gateway] = []
    for name in ("one", "two"):
        home = station.home.parent / name
        if started:
            shutil.copytree(started[0].home / "secrets", home / "secrets")
        settings = replace(shared.on(station), home=home)
        started.append(await stack.enter_async_context(running(settings, clock=clock)))
    return started[0], started[1]


async def test_a_message_at_both_at_once_runs_once(station: Settings, shared: Shared) -> None:
    async with AsyncExitStack() as stack:
        one, other = await two(stack, station, shared)
        await one.transcript()
        same = other.another_browser(**dict(one.browser.cookies))
        one.rasa.delay = other.rasa.delay = 0.3
        body = {"text": "hello", "client_message_id": "m"}
        answers = await asyncio.gather(
            one.browser.post("/api/messages", json=body), same.post("/api/messages", json=body)
        )
        assert [answer.status_code for answer in answers] == [200, 200]
        assert answers[0].json() == answers[1].json()
        assert len(one.rasa.received) + len(other.rasa.received) == 1
        assert len(await one.transcript()) == 2


async def test_turns_of_one_session_run_one_after_another_at_both(
    station: Settings, shared: Shared
) -> None:
    async with AsyncExitStack() as stack:
        one, other = await two(stack, station, shared)
        await one.transcript()
        same = other.another_browser(**dict(one.browser.cookies))
        one.rasa.open.clear()
        first = asyncio.create_task(one.ask("hello", "m1"))
        while not one.rasa.received:
            await asyncio.sleep(0.01)
        body = {"text": "hello again", "client_message_id": "m2"}
        second = asyncio.create_task(same.post("/api/messages", json=body))
        await asyncio.sleep(0.3)
        assert not other.rasa.received
        one.rasa.open.set()
        await first
        assert (await second).status_code == 200
        assert len(other.rasa.received) == 1


async def test_an_address_has_one_bucket_at_both(station: Settings, shared: Shared) -> None:
    async with AsyncExitStack() as stack:
        gateways = await two(stack, station, shared)
        codes = []
        for number in range(24):
            stranger = gateways[number % 2].another_browser("203.0.113.9")
            body = {"text": "hello", "client_message_id": "m"}
            codes.append((await stranger.post("/api/messages", json=body)).status_code)
        assert codes[:20] == [200] * 20
        assert 429 in codes[20:]


async def test_without_redis_a_gateway_goes_on_by_itself(station: Settings, database: str) -> None:
    nowhere = Shared(database, f"redis://127.0.0.1:{free_port()}/0")
    async with running(nowhere.on(station)) as alone:
        assert (await alone.ask("hello", "m"))[0]["status"] == "told_greeting"
        stranger = alone.another_browser("203.0.113.9")
        body = {"text": "hello", "client_message_id": "m"}
        assert (await stranger.post("/api/messages", json=body)).status_code == 200


async def test_a_wipe_and_the_purge_hold_on_the_server(station: Settings, shared: Shared) -> None:
    async with running(shared.on(station)) as gateway:
        await gateway.ask("hello zebra", "m1")
        assert (await gateway.browser.delete("/api/messages")).json() == {
            "wiped": True,
            "pending": False,
        }
        assert await gateway.transcript() == []
        await gateway.ask("hello zebra", "m2")
        gateway.clock.forward(hours=25)
        await gateway.purge()
        assert value(shared.database, "SELECT count(*) FROM turns") == 0
        assert value(shared.database, "SELECT count(*) FROM wipes") == 0


async def test_a_home_is_moved_whole_and_again_and_goes_on(
    station: Settings, shared: Shared
) -> None:
    async with running(station) as gateway:
        for number in range(3):
            await gateway.ask(f"hello {number}", f"m{number}")
        cookies, told = dict(gateway.browser.cookies), await gateway.transcript()
    _rasa_events(station.home, 5)
    first = move(station.home, shared.database, WAIT)
    rows = {moved.table: (moved.rows, moved.new) for moved in first}
    assert rows["sessions"] == (1, 1)
    assert rows["turns"] == (3, 3)
    assert rows["events"] == (5, 5)
    assert all(moved.new == 0 for moved in move(station.home, shared.database, WAIT))
    async with running(shared.on(station)) as moved_gateway:
        officer = moved_gateway.another_browser(**cookies)
        assert (await officer.get("/api/messages")).json()["messages"] == told
        body = {"text": "and now", "client_message_id": "m9"}
        assert (await officer.post("/api/messages", json=body)).status_code == 200
        kept = (await officer.get("/api/messages")).json()["messages"]
        assert kept[: len(told)] == told  # numbers go on after those that came


async def test_a_server_that_went_on_is_not_written_over(station: Settings, shared: Shared) -> None:
    async with running(station) as gateway:
        await gateway.ask("hello", "m1")
    move(station.home, shared.database, WAIT)
    state = "UPDATE turns SET state = 'failed' RETURNING state"
    assert value(shared.database, state) == "failed"
    with pytest.raises(MoveError, match="turns is another on the server"):
        move(station.home, shared.database, WAIT)
    assert value(shared.database, "SELECT state FROM turns") == "failed"


def test_a_wrong_password_is_a_sentence_without_it(database: str, tmp_path: Path) -> None:
    passwords = tmp_path / "pgpass"
    passwords.write_text(passwords.read_text().replace("for-this-run", "zebra"))
    with pytest.raises(GuidebookError, match="GUIDEBOOK_DATABASE_URL cannot be used") as caught:
        open_postgres(database, WAIT)
    assert "zebra" not in str(caught.value)


def _rasa_events(home: Path, count: int) -> None:
    """A tracker store as Rasa leaves it."""
    with sqlite3.connect(home / "tracker.db") as tracker:
        tracker.execute(
            "CREATE TABLE events (id INTEGER NOT NULL PRIMARY KEY, sender_id VARCHAR(255) NOT NULL,"
            " type_name VARCHAR(255) NOT NULL, timestamp FLOAT, intent_name VARCHAR(255),"
            " action_name VARCHAR(255), data TEXT)"
        )
        rows = [
            (n, "c", "user", n + 0.123456, None, None, '{"text": "سلام"}') for n in range(count)
        ]
        tracker.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
