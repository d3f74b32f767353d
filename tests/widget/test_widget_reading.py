"""Everyone can read it: axe in each state, directions, targets, no overlap, keyboard alone."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from officer_page import LAPTOP, PHONE, SMALLEST, OfficerPage
from playwright.sync_api import BrowserContext, ViewportSize, expect
from scripted_gateway import ScriptedGateway

SIZES = pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
OVERLAPS = """() => {
  const root = document.querySelector('guidebook-chat').shadowRoot;
  const parts = 'a, button, textarea, select, summary, label, p, li > span';
  const shown = [...root.querySelectorAll(parts)]
    .filter((e) => e.checkVisibility() && !e.closest('.visually-hidden'));
  const box = (e) => e.getBoundingClientRect();
  const bars = (e) => e.closest('.header, .composer');
  const found = [];
  shown.forEach((a, at) => shown.slice(at + 1).forEach((b) => {
    if (a.contains(b) || b.contains(a) || bars(a) !== bars(b)) return;
    const x = Math.min(box(a).right, box(b).right) - Math.max(box(a).left, box(b).left);
    const y = Math.min(box(a).bottom, box(b).bottom) - Math.max(box(a).top, box(b).top);
    if (x > 1 && y > 1) found.push(a.textContent.slice(0, 30) + ' | ' + b.textContent.slice(0, 30));
  }));
  return found;
}"""
SMALL_TARGETS = """() => {
  const root = document.querySelector('guidebook-chat').shadowRoot;
  const targets = 'a, button, textarea, select, summary, label:has(input), [type=search]';
  return [...root.querySelectorAll(targets)]
    .filter((e) => e.checkVisibility())
    .filter((e) => Math.min(e.getBoundingClientRect().height, e.getBoundingClientRect().width) < 44)
    .map((e) => e.outerHTML.slice(0, 80));
}"""
FOCUS_UNDER_A_BAR = """() => {
  const root = document.querySelector('guidebook-chat').shadowRoot;
  const focused = root.activeElement;
  if (focused.closest('.header, .composer')) return false;
  const { top, bottom } = focused.getBoundingClientRect();
  const above = root.querySelector('.header').getBoundingClientRect().bottom;
  const below = root.querySelector('.composer').getBoundingClientRect().top;
  return top < above - 1 || bottom > below + 1;
}"""
WIDER_THAN_THE_SCREEN = "() => document.documentElement.scrollWidth - window.innerWidth"


def check(officer: OfficerPage) -> None:
    """No axe violation at WCAG 2.2 AA, nothing wider than the screen."""
    officer.page.evaluate("() => Promise.all([document.fonts.ready])")
    options = {
        "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        # A target half scrolled under a bar counts as small; every target's size is tested below.
        "rules": {"target-size": {"enabled": False}},
    }
    noted = len(officer.problems)
    found: list[dict[str, Any]] = Axe().run(officer.page, options=options).response["violations"]
    del officer.problems[noted:]  # axe itself adds inline styles, which the policy blocks
    assert not found, json.dumps(
        [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found], indent=1
    )
    assert officer.page.evaluate(WIDER_THAN_THE_SCREEN) <= 0


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


STATES: list[Callable[[OfficerPage], None]] = [
    *(opening, chat, sheet, failing, right_to_left, menu, card, contents, found, feedback),
    *(offline, about_to_clear, card_from_right_to_left),
]
OVER_THE_PAGE = (sheet, menu, contents, found)


@SIZES
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_axe_finds_nothing_in_light_and_dark(
    officer: OfficerPage, size: ViewportSize, state: Callable[[OfficerPage], None]
) -> None:
    officer.page.emulate_media(reduced_motion="reduce")
    officer.page.set_viewport_size(size)
    state(officer)
    check(officer)
    officer.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    check(officer)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_nothing_overlaps_and_targets_are_large_at_320_px(
    officer: OfficerPage, state: Callable[[OfficerPage], None]
) -> None:
    officer.page.emulate_media(reduced_motion="reduce")
    officer.page.set_viewport_size(SMALLEST)
    state(officer)
    if state not in OVER_THE_PAGE:
        assert officer.page.evaluate(OVERLAPS) == []
    assert officer.page.evaluate(SMALL_TARGETS) == []
    assert officer.page.evaluate(WIDER_THAN_THE_SCREEN) <= 0


def test_at_400_percent_zoom_the_bars_leave_room_to_read(officer: OfficerPage) -> None:
    officer.page.set_viewport_size({"width": 320, "height": 256})
    officer.ask_and_wait("Can I refuse an FIR?")
    position = "(e) => getComputedStyle(e).position"
    assert officer.page.locator(".header").evaluate(position) == "static"
    assert officer.page.locator(".composer").evaluate(position) == "static"
    assert officer.page.evaluate(WIDER_THAN_THE_SCREEN) <= 0


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
