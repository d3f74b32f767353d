"""An officer with a phone, on the real stack: ask, read, look at the source, come back."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from deploy.chromium import arguments, program
from tests.end_to_end.phone import DIRECTION, HOST, LAPTOP, PHONE, Phone
from tests.end_to_end.served import Served

QUESTION = "Where and when was the women police conference held?"
URDU_QUESTION = "تیزاب پھینکنے کی سزا کیا ہے؟"
UNTRANSLATED = "یو این سیکرٹری جنرل نے پولیس تعاون کے عالمی دن پر کس کی تعریف کی؟"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for this file alone: while Playwright is open no other event loop can run."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=arguments(HOST))
        yield browser
        browser.close()


@pytest.fixture
def phone(chromium: Browser, served: Served) -> Iterator[Phone]:
    """An open page. At the end nothing may have left the host or broken the policy."""
    context = chromium.new_context(viewport=PHONE)
    context.set_default_timeout(20_000)
    opened = Phone(context.new_page(), f"http://{HOST}:{served.stack.ports.gateway}/")
    yield opened.open()
    context.close()
    assert opened.problems == []


def test_the_cited_words_are_marked_in_the_source_and_escape_leads_back(phone: Phone) -> None:
    answer, response = phone.ask(QUESTION)
    expect(answer).to_contain_text("Nathiagali, 18 August 2022")
    (citation,) = response.json()["replies"][0]["citations"]
    chip = answer.locator(".chip").first
    expect(chip).to_contain_text(citation["title"])
    chip.click()
    phone.panel.locator("mark").first.wait_for()
    assert phone.marked() == citation["quote"].replace("\n\n", "\n")
    phone.page.keyboard.press("Escape")
    expect(phone.panel).to_be_hidden()
    assert "chip" in phone.focused()


def test_a_reload_keeps_the_conversation(phone: Phone) -> None:
    answer, _ = phone.ask(QUESTION)
    words = answer.locator(".lead").inner_text()
    phone.page.reload()
    expect(phone.log.locator(".question")).to_have_count(1)
    expect(phone.log.locator(".question")).to_contain_text(QUESTION)
    expect(phone.log.locator(".answer .lead")).to_have_text(words)
    expect(phone.log.locator(".answer .chip").first).to_be_visible()


def test_an_urdu_question_and_its_translated_answer_run_from_right_to_left(phone: Phone) -> None:
    answer, response = phone.ask(URDU_QUESTION)
    assert response.json()["replies"][0]["lang"] == "ur"
    question = phone.log.locator(".question").get_by_text(URDU_QUESTION)
    assert question.evaluate(DIRECTION) == "rtl"
    assert answer.get_by_text("انگریزی").first.evaluate(DIRECTION) == "rtl"
    assert answer.locator(".lead").evaluate(DIRECTION) == "rtl"


def test_english_words_under_an_urdu_question_run_from_left_to_right(phone: Phone) -> None:
    answer, _ = phone.ask(UNTRANSLATED)
    assert answer.get_by_text("انگریزی").first.evaluate(DIRECTION) == "rtl"
    assert answer.locator(".lead").first.evaluate(DIRECTION) == "ltr"


@pytest.mark.skipif("GUIDEBOOK_SCREENSHOT" not in os.environ, reason="no picture is wanted")
def test_a_picture_of_the_first_answer_is_taken(phone: Phone) -> None:
    phone.page.set_viewport_size(LAPTOP)
    phone.ask(QUESTION)
    target = Path(os.environ["GUIDEBOOK_SCREENSHOT"])
    phone.page.screenshot(path=target)
    assert target.stat().st_size > 10_000
