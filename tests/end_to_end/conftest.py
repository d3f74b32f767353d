"""One real stack, started once, for every test that needs the whole product."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from deploy import doctor
from deploy.stack import Stack
from deploy.training import LIVE
from guidebook.errors import GuidebookError
from guidebook.settings import ROOT, Settings
from tests.end_to_end.officer import Officer
from tests.end_to_end.phone import HOST
from tests.end_to_end.served import ANSWER_S, Served


@pytest.fixture(scope="session")
def real_settings() -> Settings:
    """The repository's own texts, page and index; whatever is missing ends the run at once."""
    settings = replace(
        Settings.from_environ({**os.environ, "GUIDEBOOK_ALLOWED_HOSTS": HOST}),
        corpus=ROOT / "corpus",
        widget=ROOT / "widget",
    )
    for look in (doctor.python_310, doctor.index, doctor.encoder, doctor.model):
        try:
            look(settings)
        except (GuidebookError, OSError) as missing:
            pytest.fail(str(missing), pytrace=False)
    return settings


@pytest.fixture(scope="session")
def served(real_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The whole product, with a home and ports of its own."""
    home = tmp_path_factory.mktemp("served") / "home"
    settings = replace(real_settings, home=home, host="127.0.0.1", port=0)
    with Stack(settings, LIVE) as stack:
        try:
            stack.wait_until("/readyz", ANSWER_S)
        except GuidebookError as error:
            pytest.fail(f"{error}\n{_last_lines(home)}", pytrace=False)
        yield Served(stack)


@pytest.fixture
def officer(served: Served) -> Iterator[Officer]:
    """An officer nobody has seen before."""
    with Officer(served.url) as one:
        yield one


@pytest.fixture
def colleague(served: Served) -> Iterator[Officer]:
    """Another officer, at another desk."""
    with Officer(served.url) as another:
        yield another


def _last_lines(home: Path) -> str:
    logs = sorted((home / "logs").glob("*.log"))
    return "\n".join(f"{log.name}: {log.read_text()[-600:]}" for log in logs)
