"""The page in a real Chromium, served over plain http under a name that is no secure context."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from deploy.chromium import arguments, program

sys.path.insert(0, str(Path(__file__).parent))

from officer_page import HOST, PHONE, OfficerPage, watch
from scripted_gateway import ScriptedGateway

WAIT_MS = 15_000
"""Nothing here is about speed, and the other half of the tests runs on the same two cores."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        expect.set_options(timeout=WAIT_MS)
        browser = playwright.chromium.launch(executable_path=program(), args=arguments(HOST))
        yield browser
        browser.close()


@pytest.fixture
def gateway() -> Iterator[ScriptedGateway]:
    server = ScriptedGateway().start()
    yield server
    server.stop()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    opened = chromium.new_context(viewport=PHONE)
    opened.set_default_timeout(WAIT_MS)
    yield opened
    opened.close()


@pytest.fixture
def officer(context: BrowserContext, gateway: ScriptedGateway) -> Iterator[OfficerPage]:
    """An open page on a phone. At the end nothing may have left the host or broken the policy."""
    opened = OfficerPage(context.new_page(), gateway)
    watch(opened)
    yield opened.open()
    assert opened.problems == []
