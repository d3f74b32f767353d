"""The first-hour card: facts, steps to tick, sources, and one sheet of paper."""

import re

import pytest
from officer_page import OfficerPage
from playwright.sync_api import Locator, expect
from scripted_gateway import ScriptedGateway


def card(officer: OfficerPage) -> Locator:
    return officer.ask_and_wait("the card please")


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "Start the first-hour card"), ("ur", "پہلے گھنٹے کا کارڈ شروع کریں")],
)
def test_the_button_sends_the_words_that_start_the_card(
    officer: OfficerPage, gateway: ScriptedGateway, lang: str, words: str
) -> None:
    if lang == "ur":
        officer.page.locator(".language").click()
    officer.page.locator(".opening .button").first.click()
    expect(officer.log.locator(".card")).to_be_visible()
    assert gateway.posts[0]["text"] == words


def test_facts_phases_hours_and_sources_are_in_words(officer: OfficerPage) -> None:
    answer = card(officer)
    expect(answer.locator(".card-facts")).to_contain_text("Kind of case")
    expect(answer.locator(".phase")).to_have_text(
        ["In the first hour", "In the first day", "After that"]
    )
    assert [w.inner_text().strip() for w in answer.locator(".within").all()] == [
        "Within 1 hour:",
        "Within 24 hours:",
        "Within 72 hours:",
    ]
    expect(answer.locator(".card-steps > li").nth(3)).to_have_attribute("value", "4")
    answer.get_by_role("button", name="Source 2").click()
    expect(officer.panel.locator("mark").first).to_have_text("Ask whether she needs a doctor.")


def test_ticks_survive_a_reload_and_another_language_and_go_with_the_conversation(
    officer: OfficerPage,
) -> None:
    answer = card(officer)
    answer.get_by_role("checkbox").nth(0).check()
    answer.get_by_role("checkbox").nth(3).check()
    expect(answer.locator(".card-progress")).to_have_text("2 of 6 done")
    officer.page.reload()
    boxes = officer.log.get_by_role("checkbox")
    expect(boxes.nth(0)).to_be_checked()
    expect(boxes.nth(3)).to_be_checked()
    expect(officer.log.locator(":checked")).to_have_count(2)
    officer.page.locator(".language").click()
    expect(officer.log.locator(":checked")).to_have_count(2)
    officer.page.locator(".menu summary").click()
    officer.page.locator(".menu .button-warning").click()
    expect(officer.log.locator("li")).to_have_count(0)
    expect(officer.page.locator(".told")).to_be_visible()  # the server has cleared it too
    assert "ticks" not in officer.page.evaluate("() => JSON.stringify({...sessionStorage})")
    assert officer.page.evaluate("() => JSON.stringify({...localStorage})") == (
        '{"guidebook.language":"\\"ur\\""}'
    )


def test_two_cards_keep_their_own_ticks(officer: OfficerPage) -> None:
    card(officer).get_by_role("checkbox").nth(1).check()
    expect(card(officer).locator(":checked")).to_have_count(0)
    officer.page.reload()
    expect(officer.log.locator(".card").nth(0).locator(":checked")).to_have_count(1)
    expect(officer.log.locator(".card").nth(1).locator(":checked")).to_have_count(0)


def test_the_card_prints_alone_on_one_page_with_its_sources(officer: OfficerPage) -> None:
    officer.ask_and_wait("Can I refuse an FIR?")
    answer = officer.ask_and_wait("the long card please")
    officer.page.evaluate("() => { window.print = () => {} }")
    answer.get_by_role("button", name="Print this card").click()
    paper = officer.page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    answer.get_by_role("button", name="Print this card").click()
    officer.page.emulate_media(media="print")
    expect(officer.log.locator(".lead")).to_be_hidden()
    numbers = " ".join(f"[{number}]" for number in range(1, 19))
    expect(answer.locator(".print-sources > li")).to_have_text(
        f"{numbers} Recording the first report; Law; Pakistan; draft; Last checked 22 November 2026"
    )
    expect(answer.locator(".card-source").nth(1).locator(".print-only")).to_have_text("[2]")
    expect(officer.page.locator(".printed-on")).to_contain_text("not legal advice")
    officer.page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    expect(officer.log.locator(".lead")).to_be_visible()


def test_a_copied_card_has_its_facts_hours_and_numbered_sources(officer: OfficerPage) -> None:
    answer = card(officer)
    answer.get_by_role("button", name="Copy with source").click()
    officer.field.focus()
    officer.page.keyboard.press("Control+v")
    copied = officer.field.input_value()
    assert "Kind of case: rape" in copied
    assert "2. Ask whether she needs a doctor. (Within 1 hour:) [2]" in copied
    assert "[6] Recording the first report" in copied
    assert "Guidance only, not legal advice." in copied
