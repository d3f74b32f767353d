"""The front, over cells whose Rasa is a stand-in: real nginx, PostgreSQL and Redis, in seconds."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from deploy.errors import CellError
from deploy.front import render
from deploy.ports import free_port
from guidebook.settings import ROOT
from tests.end_to_end.served import listens, wait_for
from tests.long.reliability_page import Table
from tests.scale.plain_cell import SLOW_S
from tests.scale.servers import Postgres, nginx_command, running

pytestmark = pytest.mark.scale
DANGER = "he has a knife and is at her door right now"


@dataclass
class PlainCell:
    """One process of tests.scale.plain_cell."""

    home: Path
    environ: dict[str, str]
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.scale.plain_cell", str(self.port)]
        environ = os.environ | self.environ | {"GUIDEBOOK_HOME": str(self.home)}
        self.process = subprocess.Popen(command, cwd=ROOT, env=environ)
        wait_for(lambda: listens(self.port), "a cell to listen")

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()


@dataclass
class Front:
    """nginx before two cells."""

    url: str
    cells: list[PlainCell]
    open: list[httpx.Client] = field(default_factory=list)

    def browser(self, url: str) -> httpx.Client:
        """A client that the end of the test closes."""
        self.open.append(httpx.Client(base_url=url, timeout=40, trust_env=False))
        return self.open[-1]

    def visitor(self) -> httpx.Client:
        """A browser that has opened the page."""
        browser = self.browser(self.url)
        assert browser.get("/api/messages").status_code == 200
        return browser


@pytest.fixture(scope="module")
def front(room: Path, server: Postgres, redis_port: int) -> Iterator[Front]:
    """Everything but Rasa."""
    environ = {
        "GUIDEBOOK_DATABASE_URL": server.make("front"),
        "GUIDEBOOK_REDIS_URL": f"redis://127.0.0.1:{redis_port}/2",
        "GUIDEBOOK_PROXIES": "127.0.0.1",
        "GUIDEBOOK_CORPUS": str(ROOT / "corpus" / "source"),
        "PYTHONPATH": str(ROOT),
        "PGPASSFILE": str(room / "pgpass-front"),
    }
    server.passwords(room / "pgpass-front")
    cells = [PlainCell(room / f"plain-{number}", environ) for number in (1, 2)]
    run, port = room / "plain-front", free_port()
    run.mkdir()
    (run / "nginx.conf").write_text(
        render([f"127.0.0.1:{cell.port}" for cell in cells], f"127.0.0.1:{port}", run, room)
    )
    try:
        cells[0].start()
        shutil.copytree(cells[0].home / "secrets", cells[1].home / "secrets")
        cells[1].start()
        with running(nginx_command(run / "nginx.conf"), port):
            yield Front(f"http://127.0.0.1:{port}", cells)
    finally:
        for cell in cells:
            cell.kill()


@pytest.fixture(autouse=True)
def _both_up(front: Front) -> Iterator[None]:
    """Each test begins with two cells that the front uses."""
    yield
    while front.open:
        front.open.pop().close()
    for cell in front.cells:
        (cell.home / "down").unlink(missing_ok=True)
        if cell.process is not None and cell.process.poll() is not None:
            cell.start()
    time.sleep(5.1)  # fail_timeout of the front


def post(browser: httpx.Client, text: str, message_id: str) -> httpx.Response:
    body = {"text": text, "client_message_id": message_id}
    return browser.post("/api/messages", json=body)


def status_of(response: httpx.Response) -> str:
    assert response.status_code == 200, response.text
    return str(response.json()["replies"][0]["status"])


def test_a_killed_cell_is_not_noticed(front: Front, scale: Table) -> None:
    browsers = [front.visitor() for _ in range(6)]
    for number, browser in enumerate(browsers):
        assert status_of(post(browser, "hello", f"a{number}")) == "told_greeting"
    front.cells[0].kill()
    took = []
    for number, browser in enumerate(browsers):
        started = time.monotonic()
        assert status_of(post(browser, "hello", f"b{number}")) == "told_greeting"
        took.append(time.monotonic() - started)
        kept = browser.get("/api/messages").json()["messages"]
        assert len(kept) == 4
    scale.add("front: a cell killed, six officers go on", f"slowest next reply {max(took):.1f} s")


def test_a_message_in_mid_turn_goes_to_the_other_cell_by_its_id(front: Front, scale: Table) -> None:
    browsers = [front.visitor() for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        asked = [
            pool.submit(post, browser, "slow hello", f"s{number}")
            for number, browser in enumerate(browsers)
        ]
        time.sleep(SLOW_S / 2)
        assert not any(each.done() for each in asked), "the turns were to be in the middle"
        killed = time.monotonic()
        front.cells[0].kill()
        assert [status_of(each.result()) for each in asked] == ["told_greeting"] * 6
    took = time.monotonic() - killed
    for browser in browsers:
        assert len(browser.get("/api/messages").json()["messages"]) == 2
    seen = f"all answered {took:.0f} s after the kill, each kept once"
    scale.add("front: a cell killed with six turns in the middle", seen)


def test_a_cell_whose_rasa_is_down_hands_its_messages_on(front: Front) -> None:
    browsers = [front.visitor() for _ in range(6)]
    (front.cells[0].home / "down").touch()
    for number, browser in enumerate(browsers):
        assert status_of(post(browser, "hello", f"d{number}")) == "told_greeting"
    direct = front.browser(f"http://127.0.0.1:{front.cells[0].port}")
    assert status_of(post(direct, "hello", "d9")).startswith("failed_")


def test_when_every_rasa_is_down_there_is_still_a_sentence_and_first_steps(front: Front) -> None:
    browser = front.visitor()
    for cell in front.cells:
        (cell.home / "down").touch()
    for number in range(3):  # the front knows by now that both failed, and still asks
        assert status_of(post(browser, "hello", f"e{number}")).startswith("failed_")
        assert status_of(post(browser, DANGER, f"e-danger-{number}")) == "emergency"
    assert browser.get("/").status_code == 200


def test_when_no_cell_is_there_the_front_says_so(front: Front) -> None:
    browser = front.visitor()
    for cell in front.cells:
        cell.kill()
    response = post(browser, "hello", "f1")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert set(response.json()) == {"error", "next"}


def test_the_front_refuses_an_address_that_is_none(room: Path) -> None:
    with pytest.raises(CellError, match="nowhere; include"):
        render(["nowhere; include /etc/passwd"], "127.0.0.1:80", room, room)
