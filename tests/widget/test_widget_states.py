"""Every state of the page: axe finds nothing, nothing overlaps, every target is large enough."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from officer_page import LAPTOP, PHONE, SMALLEST, OfficerPage
from playwright.sync_api import ViewportSize
from states import OVER_THE_PAGE, STATES, card, chat

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
BROKEN_NUMBERS = """() => {
  const root = document.querySelector('guidebook-chat').shadowRoot;
  return [...root.querySelectorAll('.call-number')]
    .filter((e) => e.offsetHeight > 1.5 * parseFloat(getComputedStyle(e).lineHeight))
    .map((e) => e.textContent);
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
    assert officer.page.evaluate(BROKEN_NUMBERS) == []
    assert officer.page.evaluate(WIDER_THAN_THE_SCREEN) <= 0


def test_at_400_percent_zoom_the_bars_leave_room_to_read(officer: OfficerPage) -> None:
    officer.page.set_viewport_size({"width": 320, "height": 256})
    officer.ask_and_wait("Can I refuse an FIR?")
    position = "(e) => getComputedStyle(e).position"
    assert officer.page.locator(".header").evaluate(position) == "static"
    assert officer.page.locator(".composer").evaluate(position) == "static"
    check(officer)


@pytest.mark.parametrize("media", [{"media": "print"}, {"forced_colors": "active"}], ids=str)
def test_axe_finds_nothing_on_paper_and_in_forced_colours(
    officer: OfficerPage, media: dict[str, Any]
) -> None:
    chat(officer)
    card(officer)
    officer.page.emulate_media(**media)
    check(officer)
