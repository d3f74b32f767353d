"""The real stack of the end-to-end tests, and the pages' tables that long tests write."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from deploy.stack import Stack
from deploy.training import LIVE
from guidebook.settings import ROOT, Settings
from tests.end_to_end.conftest import officer, real_settings, served
from tests.end_to_end.served import ANSWER_S, Served, wait_for
from tests.long.faulted import Start
from tests.long.reliability_page import FAULTS, INPUT, LOAD, OPERATIONS, WORKSHOP, Table

__all__ = ["bad_input", "faults", "load", "officer", "real_settings", "served", "workshop_load"]


@pytest.fixture(scope="session")
def faults() -> Iterator[Table]:
    """Rows of the table of faults."""
    table = Table(FAULTS)
    yield table
    table.write()


@pytest.fixture(scope="session")
def load() -> Iterator[Table]:
    """Rows of the table of load."""
    table = Table(LOAD)
    yield table
    table.write()


@pytest.fixture(scope="session")
def workshop_load() -> Iterator[Table]:
    """Rows of the table of a full room, among the operations."""
    table = Table(WORKSHOP, page=OPERATIONS)
    yield table
    table.write()


@pytest.fixture(scope="session")
def bad_input() -> Iterator[Table]:
    """Rows of the table of bad input."""
    table = Table(INPUT)
    yield table
    table.write()


@pytest.fixture
def own_stack(real_settings: Settings, tmp_path: Path) -> Start:
    """A stack of the test's own, where the shared one could not be mended afterwards."""

    @contextmanager
    def started(
        home: Path | None = None,
        index: Path | None = None,
        model: Path = LIVE,
        ready: str = "/readyz",
    ) -> Iterator[Served]:
        settings = replace(
            real_settings,
            home=home or tmp_path / "home",
            index=index or real_settings.index,
            host="127.0.0.1",
            port=0,
        )
        with Stack(settings, model) as stack:
            stack.wait_until(ready, ANSWER_S)
            yield Served(stack)

    return started


@pytest.fixture(autouse=True)
def _well_again(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "served" in request.fixturenames:
        request.getfixturevalue("served").wait_until_well()


@pytest.fixture
def echoing(tmp_path: Path) -> Iterator[tuple[int, int]]:
    """A gateway process over the echoing stand-in: its port and process id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = os.environ | {"GUIDEBOOK_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.long.echoing_gateway", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=environ, stderr=subprocess.DEVNULL) as process:
        url = f"http://127.0.0.1:{port}"
        try:
            wait_for(lambda: _answers(url), "the gateway")
            yield port, process.pid
        finally:
            process.kill()


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz", trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False
