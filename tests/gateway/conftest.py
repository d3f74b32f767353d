"""Folders and a running gateway for each test."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from gateway_under_test import Gateway, running, settings_for
from room_under_test import Room, open_room, write_training

from guidebook.settings import ROOT, Settings


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three source documents, as they are in the corpus."""
    folder = tmp_path_factory.mktemp("corpus")
    shutil.copytree(ROOT / "corpus" / "source", folder / "source")
    return folder


@pytest.fixture(scope="session")
def widget(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of a few files, beside a file that is not the page's."""
    outer = tmp_path_factory.mktemp("page")
    folder = outer / "widget"
    (folder / "fonts").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>Guidebook</title>")
    (folder / "chat.js").write_text("export const a = 1;")
    (folder / "chat.css").write_text("p { color: black }")
    (folder / "fonts" / "urdu.woff2").write_bytes(b"wOF2")
    (folder / "README.md").write_text("not for browsers")
    (folder / ".secret.js").write_text("hidden")
    (outer / "outside.js").write_text("outside")
    (folder / "link.js").symlink_to(outer / "outside.js")
    return folder


@pytest.fixture
def settings(tmp_path: Path, corpus: Path, widget: Path) -> Settings:
    return settings_for(tmp_path / "home", corpus, widget)


@pytest.fixture
async def gateway(settings: Settings) -> AsyncIterator[Gateway]:
    async with running(settings) as started:
        yield started


@pytest.fixture
async def room(settings: Settings, tmp_path: Path) -> AsyncIterator[Room]:
    async with open_room(settings, write_training(tmp_path / "training")) as opened:
        yield opened
