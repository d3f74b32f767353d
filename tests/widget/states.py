"""The states the page can be in, each as the steps that lead there from a fresh page."""

from collections.abc import Callable

from officer_page import OfficerPage
from playwright.sync_api import expect


def chat(officer: OfficerPage) -> None:
    for question in ("Can I refuse? 0300-1234567", "caution", "acid", "attacking", "unclear"):
        officer.ask_and_wait(question)


def sheet(officer: OfficerPage) -> None:
    officer.ask_and_wait("Can I refuse an FIR?").locator(".chip").first.click()
    officer.panel.locator("mark").first.wait_for()


def failing(officer: OfficerPage) -> None:
    officer.gateway.faults.append("500")
    officer.ask("this fails")
    expect(officer.unsent).to_contain_text("Something failed")


def right_to_left(officer: OfficerPage) -> None:
    officer.page.locator(".language").click()
    officer.ask_and_wait("urdu")
    officer.ask_and_wait("caution")


def menu(officer: OfficerPage) -> None:
    officer.page.get_by_text("Menu", exact=True).click()


def opening(officer: OfficerPage) -> None:
    expect(officer.page.locator(".starters")).to_be_visible()


def card(officer: OfficerPage) -> None:
    officer.ask_and_wait("card").get_by_role("checkbox").first.check()


def contents(officer: OfficerPage) -> None:
    officer.page.locator(".opening .button").nth(1).click()
    officer.page.locator(".topic summary").first.click()
    expect(officer.page.locator(".place").first).to_be_visible()


def found(officer: OfficerPage) -> None:
    officer.page.locator(".opening .button").nth(1).click()
    officer.page.locator("#contents-search").fill("report")
    expect(officer.page.locator(".place").first).to_be_visible()


def feedback(officer: OfficerPage) -> None:
    answer = officer.ask_and_wait("province")
    answer.get_by_role("button", name="No", exact=True).click()
    answer.get_by_role("button", name="Send this question").click()
    expect(answer.get_by_role("button", name="Send these words")).to_be_visible()


def offline(officer: OfficerPage) -> None:
    officer.page.context.set_offline(True)
    officer.ask("hello")
    expect(officer.unsent).to_contain_text("No connection")
    officer.page.context.set_offline(False)


def about_to_clear(officer: OfficerPage) -> None:
    officer.page.clock.install()
    officer.page.locator(".shared-choice input").check()
    officer.ask_and_wait("hello")
    officer.page.clock.run_for(546_000)
    expect(officer.page.locator(".idle-warning")).to_be_visible()


def card_from_right_to_left(officer: OfficerPage) -> None:
    officer.page.locator(".language").click()
    officer.ask_and_wait("card")


def switched_off(officer: OfficerPage) -> None:
    officer.gateway.switched_off = {"reason": "Being corrected.", "topics": None}
    officer.page.reload()
    expect(officer.page.locator(".switched-off")).to_be_visible()


def warming_up(officer: OfficerPage) -> None:
    officer.gateway.faults.append("warming_up")
    officer.gateway.is_ready = False
    officer.ask("Can I refuse an FIR?")
    expect(officer.page.locator(".banner", has_text="warming up")).to_be_visible()


STATES: list[Callable[[OfficerPage], None]] = [
    *(opening, chat, sheet, failing, right_to_left, menu, card, contents, found, feedback),
    *(offline, about_to_clear, card_from_right_to_left, switched_off, warming_up),
]

OVER_THE_PAGE = (sheet, menu, contents, found)
