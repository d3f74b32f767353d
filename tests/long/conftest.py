"""The real stack of the end-to-end tests, and the pages' tables that long tests write."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from deploy.stack import Stack
from deploy.training import LIVE
from guidebook.settings import Settings
from tests.end_to_end.conftest import officer, real_settings, served
from tests.end_to_end.served import ANSWER_S, Served
from tests.long.faulted import Start
from tests.long.reliability_page import FAULTS, LOAD, Table

__all__ = ["faults", "load", "officer", "real_settings", "served"]


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
