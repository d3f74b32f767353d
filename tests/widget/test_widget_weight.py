"""What the page weighs on the wire: all an officer needs before the first answer, fonts aside."""

import gzip

from playwright.sync_api import BrowserContext, Response
from scripted_gateway import RULES, WIDGET, ScriptedGateway

from gateway.joined import join

LIMIT = 40 * 1024
RULES_LIMIT = 10 * 1024
LEVEL = 6  # the gateway's


def test_the_whole_page_is_under_its_limit() -> None:
    """The masking rules have a limit of their own: the page can be used before they are here."""
    files = [WIDGET / "index.html", WIDGET / "style.css", WIDGET / "icon.svg"]
    parts = [path.read_bytes() for path in files] + [join(WIDGET / "define.js").encode()]
    assert sum(len(gzip.compress(part, LEVEL)) for part in parts) <= LIMIT
    assert len(gzip.compress(RULES.read_bytes(), LEVEL)) <= RULES_LIMIT


def test_it_comes_in_few_answers(context: BrowserContext, gateway: ScriptedGateway) -> None:
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"http://127.0.0.1:{gateway.port}/")
    page.locator("#question").wait_for()
    page.wait_for_load_state("networkidle")
    paths = {answer.url.split(str(gateway.port), 1)[1] for answer in answers}
    assert paths - {"/favicon.ico", "/widget/icon.svg"} == {
        *("/", "/widget/style.css", "/widget/define.js", "/widget/masking.json"),
        *("/readyz", "/api/messages"),
    }
