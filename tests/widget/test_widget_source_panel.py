"""The source panel: the exact words by their offsets, what they are worth, and the way back."""

import pytest
from officer_page import LAPTOP, PHONE, OfficerPage
from playwright.sync_api import BrowserContext, ViewportSize, expect
from scripted_gateway import URDU_HEADING, URDU_TITLE, ScriptedGateway
from scripted_replies import LEAD, QUOTE, URDU_QUOTE

MARKED = (
    "() => [...document.querySelector('guidebook-chat').shadowRoot.querySelectorAll('mark')]"
    ".map((mark) => { const range = document.createRange(); range.selectNodeContents(mark);"
    " return range.toString() }).join('\\n')"
)


def open_source(officer: OfficerPage, question: str = "Can I refuse an FIR?") -> None:
    answer = officer.ask_and_wait(question)
    answer.locator(".chip").first.click()
    officer.panel.locator("mark").first.wait_for()


def test_exactly_the_cited_words_are_marked(officer: OfficerPage) -> None:
    open_source(officer)
    without_blank_lines = QUOTE.replace("\n\n", "\n")
    assert officer.page.evaluate(MARKED) == without_blank_lines


def test_urdu_words_after_letters_of_two_units_are_marked(officer: OfficerPage) -> None:
    open_source(officer, "urdu please")
    assert officer.page.evaluate(MARKED) == URDU_QUOTE


@pytest.mark.parametrize("question", ["Can I refuse an FIR?", "urdu please"])
def test_the_marked_words_are_in_sight_below_the_title(officer: OfficerPage, question: str) -> None:
    officer.page.emulate_media(reduced_motion="reduce")
    open_source(officer, question)
    mark = officer.panel.locator("mark").first.bounding_box()
    head = officer.panel.locator(".panel-head").bounding_box()
    panel = officer.panel.bounding_box()
    assert mark is not None
    assert head is not None
    assert panel is not None
    assert panel["y"] <= head["y"] < panel["y"] + 8
    assert head["y"] + head["height"] < mark["y"] < PHONE["height"] - mark["height"]


def test_the_panel_says_what_the_text_is_and_how_old(officer: OfficerPage) -> None:
    open_source(officer)
    about = officer.panel.locator(".about")
    for words in (
        "Law",
        "Draft, not signed by an office",
        "Can I refuse an FIR because I do not believe her?",
        "Guidance note",
        "Pakistan",
        "date not known",
        "22 November 2026",
    ):
        expect(about).to_contain_text(words)
    link = about.get_by_role("link")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(officer.panel.locator(".panel-summary")).to_have_text("Law · Pakistan · draft")


def test_the_same_passage_is_a_tap_away_in_the_other_language(officer: OfficerPage) -> None:
    open_source(officer)
    officer.panel.get_by_role("button", name="اردو").click()
    title = officer.panel.locator("#source-title")
    expect(title).to_have_text(URDU_TITLE)
    expect(title).to_have_attribute("dir", "rtl")
    cited = officer.panel.locator(".block-cited")
    expect(cited).to_have_count(1)
    expect(cited.locator("h3")).to_have_text(URDU_HEADING)
    expect(officer.panel.locator(".about")).to_contain_text(URDU_HEADING)
    assert officer.focused() == "source-title"
    officer.panel.get_by_role("button", name="English").click()
    expect(title).to_have_text("Recording the first report")
    officer.page.keyboard.press("Escape")
    assert "chip" in officer.focused()


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
@pytest.mark.parametrize("way", ["escape", "back", "button"])
def test_every_way_out_returns_the_focus(
    officer: OfficerPage, size: ViewportSize, way: str
) -> None:
    officer.page.set_viewport_size(size)
    open_source(officer)
    assert officer.focused() == "source-title"
    if way == "escape":
        officer.page.keyboard.press("Escape")
    elif way == "back":
        officer.page.go_back()
    else:
        officer.panel.get_by_role("button", name="Close").click()
    expect(officer.panel).to_be_hidden()
    assert "chip" in officer.focused()
    expect(officer.log.locator(".answer")).to_have_count(1)


def test_a_sheet_on_a_phone_is_modal_and_a_panel_on_a_laptop_is_not(officer: OfficerPage) -> None:
    open_source(officer)
    assert officer.panel.evaluate("(e) => e.matches(':modal')")
    officer.page.keyboard.press("Escape")
    officer.page.set_viewport_size(LAPTOP)
    officer.log.locator(".chip").first.click()
    assert not officer.panel.evaluate("(e) => e.matches(':modal')")
    officer.field.fill("The chat stays usable")
    panel, field = officer.panel.bounding_box(), officer.field.bounding_box()
    assert panel is not None
    assert field is not None
    assert field["x"] + field["width"] <= panel["x"]


def test_a_changed_document_shows_the_words_of_then_and_marks_nothing(
    officer: OfficerPage, gateway: ScriptedGateway
) -> None:
    gateway.has_changed_document = True
    officer.ask_and_wait("Can I refuse an FIR?").locator(".chip").click()
    expect(officer.panel).to_contain_text("has changed since the answer")
    expect(officer.panel.locator("blockquote")).to_contain_text(LEAD)
    expect(officer.panel.locator("mark")).to_have_count(0)


def test_without_a_connection_the_quoted_words_are_still_there(
    officer: OfficerPage, context: BrowserContext
) -> None:
    answer = officer.ask_and_wait("Can I refuse an FIR?")
    context.set_offline(True)
    answer.locator(".chip").click()
    expect(officer.panel).to_contain_text("could not be opened")
    expect(officer.panel.locator("blockquote")).to_contain_text(LEAD)
    context.set_offline(False)
    officer.panel.get_by_role("button", name="Open again").click()
    expect(officer.panel.locator("mark").first).to_be_visible()
