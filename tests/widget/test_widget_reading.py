"""Everyone can read it: directions, the log, the keyboard alone, motion, paper, forced colours."""

import pytest
from officer_page import OfficerPage
from playwright.sync_api import BrowserContext, expect
from scripted_gateway import ScriptedGateway
from states import right_to_left

FOCUS_UNDER_A_BAR = """() => {
  const root = document.querySelector('guidebook-chat').shadowRoot;
  const focused = root.activeElement;
  if (focused.closest('.header, .composer')) return false;
  const { top, bottom } = focused.getBoundingClientRect();
  const above = root.querySelector('.header').getBoundingClientRect().bottom;
  const below = root.querySelector('.composer').getBoundingClientRect().top;
  return top < above - 1 || bottom > below + 1;
}"""


def test_urdu_turns_the_page_and_mixed_lines_keep_their_own_direction(
    officer: OfficerPage,
) -> None:
    right_to_left(officer)
    html = officer.page.locator("html")
    expect(html).to_have_attribute("dir", "rtl")
    expect(html).to_have_attribute("lang", "ur")
    assert "language" not in officer.page.title().lower()
    steps = officer.log.locator(".answer").first.locator("ol.steps > li > p")
    assert [step.get_attribute("dir") for step in steps.all()] == ["rtl", "ltr"]
    aligned = steps.nth(1).evaluate("(e) => getComputedStyle(e).textAlign")
    assert aligned == "right"  # beside its number, though it runs left to right
    lead = officer.log.locator(".lead").first
    style = "(e) => [getComputedStyle(e).lineHeight, getComputedStyle(e).fontSize].map(parseFloat)"
    line_height, font_size = lead.evaluate(style)
    assert line_height / font_size == pytest.approx(2.1, abs=0.01)
    assert officer.page.evaluate(
        "() => document.fonts.ready.then(() => [...document.fonts].map((face) => face.status))"
    ) == ["loaded"]
    send = officer.page.locator(".send").bounding_box()
    field = officer.field.bounding_box()
    assert send is not None
    assert field is not None
    assert send["x"] < field["x"]
    officer.page.reload()
    expect(html).to_have_attribute("dir", "rtl")


def test_english_alone_fetches_no_urdu_font(officer: OfficerPage, context: BrowserContext) -> None:
    fetched: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(officer.address)
    page.locator("#question").wait_for()
    page.wait_for_load_state("networkidle")
    assert [url for url in fetched if url.endswith("woff2")] == []


def test_only_finished_messages_enter_the_log(
    officer: OfficerPage, gateway: ScriptedGateway
) -> None:
    gateway.faults.append("hold")
    officer.ask("Can I refuse an FIR?")
    expect(officer.unsent).to_have_count(1)
    expect(officer.log.locator("li")).to_have_count(0)
    gateway.released.set()
    expect(officer.log.locator(".turns > li")).to_have_count(2)


def test_the_keyboard_reaches_everything_in_reading_order(officer: OfficerPage) -> None:
    officer.ask_and_wait("Can I refuse an FIR?")
    officer.page.locator(".language").focus()
    seen = [officer.focused()]
    for _ in range(16):
        officer.page.keyboard.press("Tab")
        seen.append(officer.focused())
    assert seen == [
        "bar-button language",
        "bar-button",
        "call call-now",
        "call call-now",
        "button",
        "button",
        "shared-device",
        "chip chip-statute",
        "fact-remove",
        "suggestion",
        "suggestion",
        "button button-quiet",
        "button button-quiet",
        "choice",
        "choice",
        "question",
        "button send",
    ]


def test_what_has_the_focus_is_never_under_a_bar(officer: OfficerPage) -> None:
    officer.ask_and_wait("Can I refuse an FIR?")
    officer.ask_and_wait("card")
    officer.page.locator(".call-now").last.focus()
    for _ in range(30):
        officer.page.keyboard.press("Tab")
        hidden = officer.page.evaluate(FOCUS_UNDER_A_BAR)
        assert hidden is False, officer.focused()
        if officer.focused() == "question":
            return
    pytest.fail("the field was not reached")


def test_tapping_and_judging_leave_the_log_silent(officer: OfficerPage) -> None:
    """Inside the log only its own additions are announced: what opens by a tap is not one."""
    officer.ask_and_wait("card")
    for name in (".card", ".feedback"):
        expect(officer.log.locator(name)).to_have_attribute("aria-live", "off")


def test_motion_stops_where_it_is_not_wanted(officer: OfficerPage) -> None:
    officer.page.emulate_media(reduced_motion="reduce")
    officer.gateway.faults.append("hold")
    officer.ask("slow")
    moving = "(e) => getComputedStyle(e).animationName"
    assert officer.unsent.locator(".dots span").first.evaluate(moving) == "none"
    officer.gateway.released.set()


def test_print_turns_chips_into_a_source_list(officer: OfficerPage) -> None:
    officer.ask_and_wait("Can I refuse an FIR?")
    officer.page.emulate_media(media="print")
    expect(officer.page.locator(".composer")).to_be_hidden()
    expect(officer.log.locator(".chip")).to_be_hidden()
    sources = officer.log.locator(".print-sources")
    expect(sources).to_be_visible()
    expect(sources).to_contain_text("Law; Pakistan; In force since date not known")
    expect(officer.log.get_by_text("Guidance only, not legal advice.")).to_be_visible()


def test_forced_colours_keep_borders_and_words(officer: OfficerPage) -> None:
    officer.page.emulate_media(forced_colors="active")
    answer = officer.ask_and_wait("caution")
    assert answer.evaluate("(e) => getComputedStyle(e).borderTopWidth") == "1px"
    expect(answer.get_by_role("note")).to_contain_text("Caution")
