"""Feedback: a verdict, a reason, and the question only by a second, deliberate tap."""

from officer_page import OfficerPage
from playwright.sync_api import Locator, expect
from scripted_gateway import ScriptedGateway


def judged_answer(officer: OfficerPage) -> Locator:
    answer = officer.ask_and_wait("Can I refuse? CNIC 17301-1234567-1")
    return answer.get_by_role("group", name="Was this useful?")


def test_yes_is_one_tap_and_sends_no_words(officer: OfficerPage, gateway: ScriptedGateway) -> None:
    feedback = judged_answer(officer)
    feedback.get_by_role("button", name="Yes").click()
    expect(feedback.get_by_role("status")).to_contain_text("Your question is not kept")
    assert gateway.judged == [{"receipt": "receipt-1", "verdict": "up", "reason": None}]
    expect(feedback.get_by_role("button", name="Yes")).to_have_attribute("aria-pressed", "true")
    expect(feedback.get_by_role("group", name="What is wrong with it?")).to_be_hidden()


def test_no_asks_why_and_each_tap_replaces_the_last(
    officer: OfficerPage, gateway: ScriptedGateway
) -> None:
    feedback = judged_answer(officer)
    feedback.get_by_role("button", name="No", exact=True).click()
    why = feedback.get_by_role("group", name="What is wrong with it?")
    expect(why.get_by_role("button")).to_have_count(6)
    why.get_by_role("button", name="Out of date").click()
    expect(why.get_by_role("button", name="Out of date")).to_have_attribute("aria-pressed", "true")
    why.get_by_role("button", name="Wrong law").click()
    expect(why.get_by_role("button", name="Out of date")).to_have_attribute("aria-pressed", "false")
    assert [each["reason"] for each in gateway.judged] == [None, "outdated", "wrong_law"]
    assert all("question" not in each for each in gateway.judged)


def test_the_question_goes_only_after_its_very_words_were_shown(
    officer: OfficerPage, gateway: ScriptedGateway
) -> None:
    feedback = judged_answer(officer)
    feedback.get_by_role("button", name="No", exact=True).click()
    feedback.get_by_role("button", name="Send this question to the maintainers").click()
    shown = feedback.locator("blockquote")
    expect(shown).to_have_text("Can I refuse? CNIC [cnic]")
    expect(feedback).to_contain_text("Names are not masked")
    assert all("question" not in each for each in gateway.judged)
    feedback.get_by_role("button", name="Send these words").click()
    expect(feedback).to_contain_text("Sent. These words are kept:")
    expect(feedback.locator("blockquote")).to_have_text("Can I refuse? CNIC [cnic]")
    assert gateway.judged[-1]["question"] == "Can I refuse? CNIC [cnic]"
    expect(feedback.get_by_role("button", name="Send this question")).to_be_hidden()


def test_the_question_can_be_held_back(officer: OfficerPage, gateway: ScriptedGateway) -> None:
    feedback = judged_answer(officer)
    feedback.get_by_role("button", name="Yes").click()
    opener = feedback.get_by_role("button", name="Send this question to the maintainers")
    opener.click()
    feedback.get_by_role("button", name="Do not send").click()
    expect(feedback.locator("blockquote")).to_have_count(0)
    expect(opener).to_be_focused()
    assert all("question" not in each for each in gateway.judged)


def test_a_failure_is_said_and_the_next_tap_sends(
    officer: OfficerPage, gateway: ScriptedGateway
) -> None:
    gateway.takes_feedback = False
    feedback = judged_answer(officer)
    feedback.get_by_role("button", name="Yes").click()
    expect(feedback.get_by_role("status")).to_contain_text("Not sent.")
    gateway.takes_feedback = True
    feedback.get_by_role("button", name="Yes").click()
    expect(feedback.get_by_role("status")).to_contain_text("Thank you.")


def test_a_change_of_language_keeps_what_was_said(officer: OfficerPage) -> None:
    judged_answer(officer).get_by_role("button", name="No", exact=True).click()
    officer.page.locator(".language").click()
    pressed = officer.log.locator(".choice[aria-pressed=true]")
    expect(pressed).to_have_text("نہیں")


def test_in_danger_nobody_is_asked_for_an_opinion(officer: OfficerPage) -> None:
    officer.ask_and_wait("he is attacking her")
    expect(officer.log.locator(".answer-emergency")).to_be_visible()
    expect(officer.log.locator(".feedback")).to_have_count(0)


def test_what_took_no_position_is_not_judged(officer: OfficerPage) -> None:
    answer = officer.ask_and_wait("hello")
    expect(answer.locator(".feedback")).to_have_count(0)
