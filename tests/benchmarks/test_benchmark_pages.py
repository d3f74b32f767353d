"""What the pages show is what was measured: each follows from the committed figures."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks import growth_page, peer_page, turn_cost_page
from benchmarks.surroundings import PLOTS, RESULTS

PAGES: dict[str, tuple[Path, Callable[[Any], Iterator[str]]]] = {
    "peers": (peer_page.PAGE, peer_page.lines),
    "turn_cost": (turn_cost_page.PAGE, turn_cost_page.lines),
    "growth": (growth_page.PAGE, growth_page.lines),
}
MEASURED = [name for name in PAGES if (RESULTS / f"{name}.json").is_file()]


def test_every_page_has_its_figures_and_every_figure_its_page() -> None:
    assert MEASURED
    assert [name for name, (page, _) in PAGES.items() if page.is_file()] == MEASURED


@pytest.mark.parametrize("name", MEASURED)
def test_the_page_follows_from_the_figures(name: str) -> None:
    page, lines = PAGES[name]
    found = json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
    assert page.read_text(encoding="utf-8") == "\n".join(lines(found)) + "\n"


@pytest.mark.parametrize("name", MEASURED)
def test_every_picture_of_a_page_is_there(name: str) -> None:
    text = PAGES[name][0].read_text(encoding="utf-8")
    shown = [part.partition(")")[0] for part in text.split("](plots/")[1:]]
    assert [picture for picture in shown if not (PLOTS / picture).is_file()] == []
