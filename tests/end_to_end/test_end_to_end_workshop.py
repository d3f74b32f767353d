"""A small workshop on the real stack: console, wall, and a phone that loses its Wi-Fi."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from guidebook import messages
from tests.end_to_end.phone import HOST, LAPTOP, PHONE, Phone
from tests.end_to_end.served import Served
from tests.end_to_end.test_end_to_end_page import chromium
from tests.end_to_end.workshop import PIN, open_workshop

__all__ = ["chromium"]
QUESTION = "Can I refuse an FIR because I do not believe her, said the canary room"

WIDER_THAN_THE_SCREEN = "() => document.documentElement.scrollWidth - window.innerWidth"


def say(key: str) -> str:
    return messages.text(f"workshop_{key}", "en")


def accessible(page: Page) -> None:
    """No axe violation at WCAG 2.2 AA, nothing wider than the screen."""
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    found = Axe().run(page, options=options).response["violations"]
    assert not found, [(each["id"], [n["html"][:200] for n in each["nodes"]]) for each in found]
    assert page.evaluate(WIDER_THAN_THE_SCREEN) <= 0


@pytest.fixture
def trainer(chromium: Browser, served: Served) -> Iterator[Page]:
    """The console of an open workshop."""
    open_workshop(served.home)
    context = chromium.new_context(viewport=LAPTOP)
    context.set_default_timeout(20_000)
    console = Phone(context.new_page(), served.url + "/")
    page = console.watch().page
    page.goto(f"{served.url}/trainer")
    page.fill("#pin", PIN)
    page.keyboard.press("Enter")
    page.locator("#figures").wait_for()
    yield page
    context.close()
    # axe adds inline styles, which the policy blocks
    assert [told for told in console.problems if "inline style" not in told] == []


def test_a_workshop_from_joining_to_the_wipe(
    chromium: Browser, served: Served, trainer: Page
) -> None:
    address = f"http://{HOST}:{served.stack.ports.gateway}"
    code = open_workshop(served.home)
    context = chromium.new_context(viewport=PHONE)
    context.set_default_timeout(20_000)
    phone = context.new_page()
    phone.goto(f"{address}/join?code={code}")
    phone.get_by_role("button", name=messages.text("workshop_join_in", "en")).click()
    expect(phone.locator("#part")).to_contain_text(say("in_the_room"))

    asking = Phone(context.new_page(), f"{address}/").open()
    asking.ask(QUESTION)
    expect(trainer.locator("#asked")).to_contain_text(messages.text("topic_fir", "en"))
    expect(trainer.locator("main")).not_to_contain_text(QUESTION)
    assert asking.problems == []
    asking.page.close()

    wall = trainer.context.new_page()
    wall.goto(f"{served.url}/join")
    expect(wall.locator("#wall")).to_contain_text(code)

    trainer.select_option("#start-quiz", "fir")
    trainer.locator("#go-quiz").press("Enter")
    phone.locator("#c0").wait_for()
    context.set_offline(True)
    phone.locator("label:has(#c0)").click()
    phone.locator("#send-answer").click()
    expect(phone.locator("#unsent")).to_be_visible()
    context.set_offline(False)
    expect(phone.locator("#part")).to_contain_text(say("answer_kept"))
    expect(trainer.locator("#playing")).to_contain_text(f"{say('answered')} 1")

    for page in (trainer, phone, wall):
        accessible(page)
    wall.keyboard.press("PageDown")
    expect(wall.locator("#wall")).to_contain_text(say("right_answer"))
    expect(phone.locator("#part")).to_contain_text(say("your_answer"))

    trainer.goto(f"{served.url}/trainer/end")
    trainer.check("#sure")
    trainer.click("#end-now")
    expect(trainer.locator("h1")).to_have_text(say("ended"))
    expect(phone.locator(".answer-failed")).to_contain_text(
        messages.text("error_workshop_ended", "en")
    )
    context.close()
    assert QUESTION.encode() not in served.kept_bytes()
