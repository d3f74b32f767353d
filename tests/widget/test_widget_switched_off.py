"""What is switched off is said before anybody types, and no longer than it is true."""

import pytest
from officer_page import LAPTOP, PHONE, OfficerPage
from playwright.sync_api import ViewportSize, expect
from scripted_gateway import ScriptedGateway

REASON = "The section on bail changed; being corrected."


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_it_is_said_with_its_reason_before_the_first_question(
    officer: OfficerPage, gateway: ScriptedGateway, size: ViewportSize
) -> None:
    banner = officer.page.locator(".switched-off", has_text="switched off")
    expect(banner).to_have_count(0)
    gateway.switched_off = {"reason": REASON, "topics": None}
    officer.page.set_viewport_size(size)
    officer.page.reload()
    expect(banner).to_be_in_viewport()
    expect(banner).to_contain_text(REASON)
    expect(banner).to_contain_text("15 and 1122, and the contents still work")
    expect(officer.page.locator(".starters")).to_be_hidden()
    expect(officer.field).to_be_enabled()
    officer.page.locator(".language").click()
    expect(
        officer.page.locator(".switched-off", has_text="جوابات فی الحال بند ہیں")
    ).to_be_visible()


def test_topics_are_named_each_with_its_reason(
    officer: OfficerPage, gateway: ScriptedGateway
) -> None:
    gateway.switched_off = {"reason": None, "topics": {"medical": "Hospital list is checked."}}
    officer.page.reload()
    row = officer.page.locator(".switched-off li")
    expect(row).to_have_text("Medical examination: Hospital list is checked.")
    expect(officer.page.locator(".starters")).to_be_visible()


def test_a_refusal_brings_it_up_and_the_first_answer_after_it_takes_it_away(
    officer: OfficerPage, gateway: ScriptedGateway
) -> None:
    gateway.switched_off = {"reason": REASON, "topics": None}
    answer = officer.ask_and_wait("refused while off")
    expect(answer.locator(".answer-label")).to_have_text("Answers are switched off for now.")
    banner = officer.page.locator(".switched-off", has_text=REASON)
    expect(banner).to_be_visible()
    gateway.switched_off = None
    officer.ask_and_wait("Can I refuse an FIR?")
    expect(banner).to_have_count(0)
