"""What the page weighs on the wire: all an officer needs before the first answer, fonts aside."""

from playwright.sync_api import BrowserContext, Response
from scripted_gateway import WIDGET, ScriptedGateway

from gateway import page
from gateway.bounds import Bounds
from gateway.conditional import etag_of
from gateway.packed import Packed

LIMIT = 40 * 1024


def test_the_page_and_the_masking_rules_are_under_their_limit() -> None:
    """Both languages, every panel: nothing is fetched later but typeface, answers and documents."""
    packed, parts = Packed(Bounds().compress_from_bytes), page.first_visit(WIDGET)
    packed.pack(parts)
    assert len(parts) == 5
    assert sum(len(packed.get(etag_of(part)) or part) for part in parts) <= LIMIT


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
