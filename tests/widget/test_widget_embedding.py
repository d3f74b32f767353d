"""The element in a page of another port: the real gateway's rules, and a strict host page."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from officer_page import LAPTOP
from playwright.sync_api import BrowserContext, Page, expect

from deploy import demo
from gateway.app import create_app
from gateway.rasa_stand_in import RasaStandIn
from guidebook.settings import ROOT, Settings

EXPECTED = ("Failed to load resource", "The Cross-Origin-Opener-Policy header has been ignored")


@dataclass
class Site:
    """A host page, and the gateway it loads the chat from."""

    page: str
    rasa: RasaStandIn


def serve(tmp_path: Path, told: bool) -> Iterator[Site]:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    gateway = f"http://127.0.0.1:{listener.getsockname()[1]}"
    host = demo.server(0, gateway)
    origin = f"http://127.0.0.1:{host.server_port}"
    environ = {"GUIDEBOOK_HOME": str(tmp_path), "GUIDEBOOK_CORPUS": str(ROOT / "corpus" / "source")}
    settings = Settings.from_environ(environ | ({"GUIDEBOOK_ORIGINS": origin} if told else {}))
    rasa = RasaStandIn()
    app = create_app(settings, rasa=rasa)
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", access_log=False))
    threads = [
        threading.Thread(target=host.serve_forever, daemon=True),
        threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True),
    ]
    for thread in threads:
        thread.start()
    yield Site(f"{origin}/", rasa)
    server.should_exit = True
    host.shutdown()
    host.server_close()
    for thread in threads:
        thread.join(timeout=10)
    listener.close()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    yield from serve(tmp_path, told=True)


@pytest.fixture
def untold(tmp_path: Path) -> Iterator[Site]:
    yield from serve(tmp_path, told=False)


def watched(context: BrowserContext) -> tuple[Page, list[str]]:
    page = context.new_page()
    problems: list[str] = []

    def on_console(kind: str, text: str) -> None:
        if kind in ("error", "warning") and not text.startswith(EXPECTED):
            problems.append(text)

    page.on("console", lambda message: on_console(message.type, message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    return page, problems


def ask(page: Page, text: str) -> None:
    page.locator("#question").fill(text)
    page.locator("#question").press("Enter")


def test_the_chat_works_in_a_page_of_another_port_and_remembers(
    context: BrowserContext, site: Site
) -> None:
    page, problems = watched(context)
    page.goto(site.page)
    ask(page, "hello")
    answer = page.get_by_role("log").locator(".answer")
    expect(answer).to_contain_text("Hello.")
    page.reload()
    expect(answer).to_contain_text("Hello.")  # the cookie came along: the same session
    ask(page, "and again")
    expect(answer).to_have_count(2)
    assert len({turn.conversation_id for turn in site.rasa.received}) == 1
    page.locator(".menu summary").click()
    page.locator(".menu .button-warning").click()
    expect(page.get_by_role("log").locator("li")).to_have_count(0)
    expect(page.locator(".told")).to_contain_text("from the server")
    assert problems == []


def test_the_element_keeps_to_its_place_and_to_its_own_scrolling(
    context: BrowserContext, site: Site
) -> None:
    page, problems = watched(context)
    page.set_viewport_size(LAPTOP)
    page.goto(site.page)
    for _ in range(4):
        ask(page, "hello")
    expect(page.get_by_role("log").locator(".answer")).to_have_count(4)
    assert page.title() == "An office's own page"
    assert page.locator("html").get_attribute("dir") is None
    chat = page.locator("guidebook-chat").bounding_box()
    field = page.locator("#question").bounding_box()
    assert chat is not None
    assert field is not None
    assert chat["height"] == 640
    assert chat["y"] < field["y"] < field["y"] + field["height"] < chat["y"] + chat["height"]
    before = page.evaluate("() => history.length")
    page.get_by_role("button", name="Contents").last.click()
    expect(page.locator(".contents-panel .topic").first).to_be_visible()
    assert page.evaluate("() => history.length") == before
    page.keyboard.press("Escape")
    expect(page.locator(".contents-panel")).to_be_hidden()
    assert problems == []


def test_a_page_the_gateway_was_not_told_of_gets_no_chat(
    context: BrowserContext, untold: Site
) -> None:
    page, problems = watched(context)
    page.goto(untold.page)
    page.wait_for_load_state("networkidle")
    expect(page.locator("#question")).to_have_count(0)
    assert any("CORS" in problem for problem in problems)
    assert untold.rasa.received == []
