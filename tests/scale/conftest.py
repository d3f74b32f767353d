"""A station's home moved to PostgreSQL, then two cells on it, with Redis and nginx in front."""

import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from deploy.cell_release import pack
from deploy.front import render
from deploy.move import Moved, move
from deploy.ports import free_port
from deploy.training import LIVE
from guidebook.settings import Settings
from tests.end_to_end.conftest import real_settings
from tests.end_to_end.officer import Officer
from tests.long.reliability_page import Table
from tests.scale.cells import Cell, share_secrets
from tests.scale.servers import Postgres, nginx_command, postgres, redis_command, running

__all__ = ["real_settings"]

PAGE = Path(__file__).parents[2] / "docs" / "scale.md"


@dataclass
class Moving:
    """A station that was moved: what the moves said, and an officer in the middle of a form."""

    first: list[Moved]
    again: list[Moved]
    cookie: str
    asked: list[str]


@dataclass
class Province:
    """Two cells and what they share, behind the front at this port."""

    port: int
    database: str
    passwords: Path
    cells: list[Cell]
    moving: Moving
    releases: Path
    server: Postgres

    @property
    def url(self) -> str:
        """Where officers come."""
        return f"http://127.0.0.1:{self.port}"


@pytest.fixture(scope="session")
def scale() -> Iterator[Table]:
    """Rows of the table of docs/scale.md."""
    table = Table("scale", page=PAGE)
    yield table
    table.write()


@pytest.fixture(scope="session")
def room() -> Iterator[Path]:
    """A folder that nginx's worker may enter."""
    with tempfile.TemporaryDirectory(prefix="guidebook-scale-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    """A running PostgreSQL."""
    with postgres() as running_server:
        yield running_server


@pytest.fixture(scope="session")
def redis_port(room: Path) -> Iterator[int]:
    """A running Redis."""
    port = free_port()
    with running(redis_command(port, room), port):
        yield port


@pytest.fixture(scope="session")
def province(
    real_settings: Settings, room: Path, server: Postgres, redis_port: int, scale: Table
) -> Iterator[Province]:
    """Everything, started in the order of docs/cells.md."""
    station = Cell("station", room / "station", {})
    database, passwords = server.make("guidebook"), room / "pgpass"
    server.passwords(passwords)
    moving = _move(station, database, passwords)

    shared = {
        "GUIDEBOOK_DATABASE_URL": database,
        "GUIDEBOOK_REDIS_URL": f"redis://127.0.0.1:{redis_port}/0",
        "GUIDEBOOK_PROXIES": "127.0.0.1",
    }
    cells = [Cell(name, room / name, shared) for name in ("cell-1", "cell-2")]
    share_secrets(cells, station.home / "secrets")
    releases, run, front = room / "releases", room / "front", free_port()
    pack(real_settings, LIVE, releases)
    run.mkdir()
    configuration = run / "nginx.conf"
    places = [f"127.0.0.1:{cell.port}" for cell in cells]
    configuration.write_text(render(places, f"127.0.0.1:{front}", run, releases))
    started = time.monotonic()
    try:
        for cell in cells:
            server.passwords(cell.home / "secrets" / "pgpass")
            cell.start()
        for cell in cells:  # at once, as after a power cut
            cell.wait_until_ready()
        took = time.monotonic() - started
        scale.add("two cells started at once", f"both ready after {took:.0f} s")
        with running(nginx_command(configuration), front):
            yield Province(front, database, passwords, cells, moving, releases, server)
    finally:
        for cell in cells:
            cell.stop()


@pytest.fixture
def officer(province: Province) -> Iterator[Officer]:
    """An officer nobody has seen before, in front of the front."""
    with Officer(province.url) as one:
        one.transcript()
        yield one


def _move(station: Cell, database: str, passwords: Path) -> Moving:
    """Serve a station from its files, leave an officer in a form, stop it, and move it, twice."""
    station.start()
    try:
        station.wait_until_ready()
        with Officer(station.url) as one:
            one.answer("Does she get a copy of the FIR, and is it free?")
            assert one.status("start the first-hour card") == "asked_case"
            cookie, asked = one.http.cookies["guidebook_session"], one.asked()
    finally:
        station.stop()
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "PGPASSFILE", str(passwords))
        first = move(station.home, database, 5.0)
        again = move(station.home, database, 5.0)
    return Moving(first, again, cookie, asked)
