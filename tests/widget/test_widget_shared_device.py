"""A device that others use: nothing stays in the browser, and an idle page clears itself."""

from officer_page import OfficerPage
from playwright.sync_api import expect
from scripted_gateway import ScriptedGateway

SECOND = 1_000
LASTING = "() => Object.keys(localStorage)"


def shared(officer: OfficerPage) -> None:
    officer.page.clock.install()
    officer.page.get_by_label("This is a shared device").check()


def test_nothing_is_kept_beyond_the_tab_and_the_gateway_is_told(
    officer: OfficerPage, gateway: ScriptedGateway
) -> None:
    officer.page.locator(".language").click()
    officer.page.locator(".language").click()
    assert officer.page.evaluate(LASTING) == ["guidebook.language"]
    officer.ask_and_wait("hello")
    officer.page.get_by_label("This is a shared device").check()
    assert officer.page.evaluate(LASTING) == []
    officer.ask_and_wait("hello")
    officer.page.locator(".language").click()
    officer.page.reload()
    expect(officer.page.locator("html")).to_have_attribute("lang", "ur")
    expect(officer.page.locator(".shared-choice input")).to_be_checked()
    assert officer.page.evaluate(LASTING) == []
    assert gateway.devices == [None, "shared"]


def test_after_nine_minutes_it_warns_and_after_ten_it_clears(
    officer: OfficerPage, gateway: ScriptedGateway
) -> None:
    shared(officer)
    officer.ask_and_wait("Can I refuse an FIR?")
    officer.page.clock.run_for(534 * SECOND)
    expect(officer.page.locator(".idle-warning")).to_have_count(0)
    officer.page.clock.run_for(12 * SECOND)
    expect(officer.page.get_by_role("alert")).to_contain_text("The conversation is cleared at")
    assert gateway.wipes == 0
    officer.page.clock.run_for(60 * SECOND)
    expect(officer.log.locator("li")).to_have_count(0)
    expect(officer.page.locator(".told")).to_contain_text("nobody used the page for 10 minutes")
    expect(officer.page.locator(".idle-warning")).to_have_count(0)
    assert gateway.wipes == 1


def test_keep_starts_the_time_again(officer: OfficerPage, gateway: ScriptedGateway) -> None:
    shared(officer)
    officer.ask_and_wait("Can I refuse an FIR?")
    officer.page.clock.run_for(546 * SECOND)
    officer.page.get_by_role("button", name="Keep it").click()
    expect(officer.page.locator(".idle-warning")).to_have_count(0)
    assert officer.focused() == "question"
    officer.page.clock.run_for(480 * SECOND)
    expect(officer.log.locator(".answer")).to_have_count(1)
    assert gateway.wipes == 0


def test_time_that_passed_while_the_device_slept_counts(
    officer: OfficerPage, gateway: ScriptedGateway
) -> None:
    shared(officer)
    officer.ask_and_wait("Can I refuse an FIR?")
    with officer.page.expect_response(lambda response: response.request.method == "DELETE"):
        officer.page.clock.fast_forward(1500 * SECOND)
    expect(officer.log.locator("li")).to_have_count(0)
    assert gateway.wipes == 1


def test_an_empty_page_is_left_alone(officer: OfficerPage, gateway: ScriptedGateway) -> None:
    shared(officer)
    officer.page.clock.run_for(1800 * SECOND)
    expect(officer.page.locator(".idle-warning")).to_have_count(0)
    assert gateway.wipes == 0


def test_an_own_device_is_never_cleared_by_itself(
    officer: OfficerPage, gateway: ScriptedGateway
) -> None:
    officer.page.clock.install()
    officer.ask_and_wait("Can I refuse an FIR?")
    officer.page.clock.run_for(3600 * SECOND)
    expect(officer.log.locator(".answer")).to_have_count(1)
    assert gateway.wipes == 0
