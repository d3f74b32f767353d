"""Slow, busy, failing, gone: nothing typed is lost, and nothing is asked twice."""

import pytest
from officer_page import OfficerPage
from playwright.sync_api import BrowserContext, expect
from scripted_gateway import ScriptedGateway

QUESTION = "Can I refuse an FIR?"


def identities(gateway: ScriptedGateway) -> list[str]:
    return [post["client_message_id"] for post in gateway.posts]


def test_a_failure_keeps_the_question_and_sending_again_keeps_its_id(
    officer: OfficerPage, gateway: ScriptedGateway
) -> None:
    gateway.faults.append("500")
    officer.ask(QUESTION)
    expect(officer.unsent).to_contain_text("Something failed")
    expect(officer.unsent.locator(".question-words")).to_have_text(QUESTION)
    officer.unsent.get_by_role("button", name="Try again").click()
    officer.log.locator(".answer").wait_for()
    assert len(set(identities(gateway))) == 1
    assert len(gateway.posts) == 2
    expect(officer.unsent).to_have_count(0)


def test_a_failed_question_survives_a_reload(
    officer: OfficerPage, gateway: ScriptedGateway
) -> None:
    gateway.faults.append("500")
    officer.ask(QUESTION)
    expect(officer.unsent).to_contain_text("Something failed")
    officer.page.reload()
    expect(officer.unsent.locator(".question-words")).to_have_text(QUESTION)
    officer.unsent.get_by_role("button", name="Try again").click()
    officer.log.locator(".answer").wait_for()
    assert len(set(identities(gateway))) == 1


def test_a_question_can_be_taken_back_and_changed(
    officer: OfficerPage, gateway: ScriptedGateway
) -> None:
    gateway.faults.append("500")
    officer.ask(QUESTION)
    officer.unsent.get_by_role("button", name="Change it").click()
    expect(officer.field).to_have_value(QUESTION)
    assert officer.focused() == "question"
    expect(officer.unsent).to_have_count(0)
    officer.ask_and_wait(QUESTION + " She is my neighbour.")
    assert len(set(identities(gateway))) == 2


@pytest.mark.parametrize("status", ["429", "503"])
def test_busy_sends_again_by_itself_under_the_same_id(
    officer: OfficerPage, gateway: ScriptedGateway, status: str
) -> None:
    gateway.faults.extend([status, status])
    officer.ask(QUESTION)
    expect(officer.unsent).to_contain_text("goes by itself")
    officer.log.locator(".answer").wait_for()
    assert len(gateway.posts) == 3
    assert len(set(identities(gateway))) == 1


def test_a_lost_reply_makes_no_double_turn(officer: OfficerPage, gateway: ScriptedGateway) -> None:
    gateway.faults.append("lost")
    officer.ask(QUESTION)
    officer.log.locator(".answer").wait_for()
    assert len(gateway.posts) == 2
    assert gateway.runs == [QUESTION]
    expect(officer.log.locator(".question")).to_have_count(1)


def test_offline_keeps_questions_and_sends_them_when_back(
    officer: OfficerPage, gateway: ScriptedGateway, context: BrowserContext
) -> None:
    context.set_offline(True)
    officer.ask(QUESTION)
    expect(officer.unsent).to_contain_text("No connection")
    expect(officer.page.locator(".banner")).to_contain_text("15 and 1122 still work")
    officer.ask("hello")
    expect(officer.unsent).to_have_count(2)
    context.set_offline(False)
    officer.log.locator(".answer").nth(1).wait_for()
    expect(officer.page.locator(".banner")).to_be_hidden()
    assert sorted(gateway.runs) == sorted([QUESTION, "hello"])


def test_warming_up_is_said_and_ends_by_itself(
    officer: OfficerPage, gateway: ScriptedGateway
) -> None:
    gateway.is_ready = False
    gateway.faults.append("warming_up")
    officer.page.reload()
    expect(officer.page.locator(".banner")).to_contain_text("warming up")
    officer.ask(QUESTION)
    expect(officer.unsent).to_contain_text("goes by itself")
    gateway.is_ready = True
    officer.log.locator(".answer").wait_for()
    assert len(set(identities(gateway))) == 1
    expect(officer.page.locator(".banner")).to_be_hidden()


def test_danger_does_not_queue_behind_a_waiting_question(
    officer: OfficerPage, gateway: ScriptedGateway
) -> None:
    gateway.faults.append("hold")
    officer.ask(QUESTION)
    expect(officer.unsent).to_have_count(1)
    answer = officer.ask_and_wait("he is attacking her")
    expect(officer.log.locator(".answer-emergency")).to_be_visible()
    expect(answer).to_be_visible()
    gateway.released.set()
    expect(officer.unsent).to_have_count(0)


def test_a_reply_that_only_reports_a_failure_leaves_the_question_here(
    officer: OfficerPage, gateway: ScriptedGateway
) -> None:
    gateway.faults.append("failed")
    officer.ask(QUESTION)
    expect(officer.unsent).to_contain_text("Something failed on this side.")
    expect(officer.log.locator("li")).to_have_count(0)
    officer.unsent.get_by_role("button", name="Try again").click()
    officer.log.locator(".answer").wait_for()
    assert len(set(identities(gateway))) == 1


def test_waiting_shows_a_row_then_words_then_a_way_out(
    officer: OfficerPage, gateway: ScriptedGateway
) -> None:
    officer.page.clock.install()
    officer.page.reload()
    officer.field.wait_for()
    gateway.faults.append("hold")
    officer.ask(QUESTION)
    row = officer.unsent.locator(".pending-row")
    expect(row.locator(".dots")).to_be_visible()
    expect(row.locator("p")).to_have_count(0)
    officer.page.clock.run_for(6_000)
    expect(row).to_contain_text("Still looking")
    expect(row.get_by_role("button")).to_have_count(0)
    officer.page.clock.run_for(25_000)
    expect(row).to_contain_text("longer than it should")
    row.get_by_role("button", name="Try again").click()
    gateway.released.set()
    officer.log.locator(".answer").wait_for()
    assert len(set(identities(gateway))) == 1
    assert gateway.runs == [QUESTION]


def test_what_is_half_typed_survives_a_reload_masked(officer: OfficerPage) -> None:
    officer.field.fill("Her CNIC is 17301-1234567-1 and")
    expect(officer.page.locator("#question-status")).to_contain_text("CNIC number")
    stored = officer.page.evaluate("() => JSON.stringify({...sessionStorage, ...localStorage})")
    assert "1234567" not in stored
    officer.page.reload()
    expect(officer.field).to_have_value("Her CNIC is [cnic] and")


def test_what_is_answered_while_the_conversation_is_fetched_stands_there_once(
    officer: OfficerPage, gateway: ScriptedGateway
) -> None:
    gateway.held_transcript = "as released"
    officer.page.reload()
    officer.ask_and_wait(QUESTION)
    with officer.page.expect_response(lambda reply: reply.request.method == "GET"):
        gateway.released.set()
    officer.ask_and_wait("urdu please")
    expect(officer.log.locator(".answer")).to_have_count(2)
    expect(officer.log.locator(".question-words")).to_have_text([QUESTION, "urdu please"])


def test_what_is_cleared_while_it_is_fetched_does_not_come_back(
    officer: OfficerPage, gateway: ScriptedGateway
) -> None:
    officer.ask_and_wait(QUESTION)
    gateway.held_transcript = "as asked"
    officer.page.reload()
    officer.page.locator(".menu summary").click()
    with officer.page.expect_response(lambda reply: reply.request.method == "DELETE"):
        officer.page.get_by_role("button", name="Hide and clear from this device").click()
    with officer.page.expect_response(lambda reply: reply.request.method == "GET"):
        gateway.released.set()
    officer.ask_and_wait("urdu please")
    expect(officer.log.locator(".answer")).to_have_count(1)
