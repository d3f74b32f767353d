"""The plain page: the same turn for a browser without script, and nothing in it is markup."""

import asyncio
import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from gateway_under_test import PASSAGE, Gateway, answer, citation, replied, running

from gateway.bounds import Bounds
from gateway.rasa_stand_in import DOWN
from guidebook import messages
from guidebook.emergency import emergency_reply
from guidebook.reply import Beside, Contact, SourceLink, Suggestion
from guidebook.settings import Settings

pytestmark = pytest.mark.anyio

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
HOSTILE = "\"><script>alert(1)</script><img src=x onerror='y'>&amp;"
VOID = {"meta", "link", "input"}


class Page(HTMLParser):
    """A page taken apart; every element must be closed in its place."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.elements if tag == name]


async def post(gateway: Gateway, text: str, mark: str = "", **headers: str) -> httpx.Response:
    fields = {"text": text} | ({"form": mark} if mark else {})
    return await gateway.browser.post("/ask", content=urlencode(fields), headers=FORM | headers)


def page_of(response: httpx.Response) -> Page:
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"
    return Page(response.text)


def full_answer(**changes: Any) -> dict[str, Any]:
    sources = (
        SourceLink(title="CrPC s.154", url="https://example.test/154?a=1&b=2"),
        SourceLink(title="a trap", url="javascript:alert(1)"),
    )
    cited = citation(sources=[source.model_dump() for source in sources])
    first, second = cited.quote.split(". ")[:2]
    return {
        "text": f"{first}\n{second}",
        "lead": first,
        "steps": (second,),
        "more": ("accountability, transparency",),
        "strength": "strong",
        "caution": messages.text("caution_sources_differ", "en"),
        "contacts": (
            Contact(label="Rescue", number="1122", state="call_now"),
            Contact(label="Helpline", number="+92 300-123", state="check_first"),
        ),
        "citations": (cited,),
        "suggestions": (Suggestion(title="And then?", payload="What then?"),),
    } | changes


async def test_the_empty_page_has_the_form_and_the_numbers(gateway: Gateway) -> None:
    page = page_of(await gateway.browser.get("/ask"))
    (form,) = page.all("form")
    assert (form["action"], form["method"]) == ("/ask", "post")
    (field,) = page.all("textarea")
    assert (field["name"], field["maxlength"]) == ("text", "2000")
    assert [link["href"] for link in page.all("a")] == ["tel:15", "tel:1122", "/"]
    assert (page.all("html")[0]["lang"], page.all("script")) == ("en", [])


async def test_the_page_is_urdu_for_a_browser_that_prefers_it(gateway: Gateway) -> None:
    response = await gateway.browser.get("/ask", headers={"Accept-Language": "ur"})
    (html,) = page_of(response).all("html")
    assert (html["lang"], html["dir"]) == ("ur", "rtl")


async def test_an_answer_is_shown_with_everything_it_says_of_itself(gateway: Gateway) -> None:
    reply = answer(**full_answer())
    gateway.rasa.outcome = replied(reply)
    page = page_of(await post(gateway, "What principles?"))
    for words in (
        "What principles?", reply.lead, *reply.steps, *reply.more, reply.caution,
        "Message", "What principles underlie police cooperation?", "Policy message, not law",
        "2026-11-22", "international", "date not known", messages.text("draft_notice", "en"),
        messages.text("strength_strong", "en"), "Rescue", "And then?",
        messages.text("contact_check_first", "en"), messages.text("guidance_only", "en"),
    ):  # fmt: skip
        assert str(words) in page.text, words
    links = [link["href"] for link in page.all("a")]
    assert {"tel:1122", "tel:+92300123", "https://example.test/154?a=1&b=2"} <= set(links)
    assert not any(str(link).startswith("javascript") for link in links)
    assert [b["value"] for b in page.all("button") if b.get("name") == "text"] == ["What then?"]


async def test_the_nearest_text_is_shown_as_not_an_answer(gateway: Gateway) -> None:
    near = citation()
    changes: dict[str, Any] = {"status": "unanswerable_no_passage", "citations": ()}
    gateway.rasa.outcome = replied(answer("I could not find this.", nearest=(near,), **changes))
    page = page_of(await post(gateway, "a question"))
    title = messages.text("plain_nearest", "en")
    assert page.text.index("I could not find this.") < page.text.index(title)
    assert page.text.index(title) < page.text.index(near.quote)


async def test_the_question_a_text_answers_stands_above_it(gateway: Gateway) -> None:
    given = answer()
    gateway.rasa.outcome = replied(given)
    page = page_of(await post(gateway, "a question"))
    assert page.text.index(given.citations[0].heading) < page.text.index(given.text)


async def test_danger_shows_first_steps_first(gateway: Gateway) -> None:
    gateway.rasa.outcome = DOWN
    page = page_of(await post(gateway, "He is beating her now"))
    first = emergency_reply("en")
    assert page.text.index(str(first.lead)) < page.text.index(
        messages.text("failed_warming_up", "en")
    )


HOSTILE_PARTS: dict[str, dict[str, Any]] = {
    "question": {},
    "text": {"text": HOSTILE},
    "lead": {"lead": HOSTILE, "steps": (HOSTILE,), "more": (HOSTILE,)},
    "contact": {"contacts": (Contact(label=HOSTILE, number=HOSTILE, state="call_now"),)},
    "citation": {"citations": (citation(title=HOSTILE, heading=HOSTILE),)},
    "source": {
        "citations": (citation(sources=[{"title": HOSTILE, "url": f"https://a/{HOSTILE}"}]),)
    },
    "suggestion": {"suggestions": (Suggestion(title=HOSTILE, payload=HOSTILE),)},
}


@pytest.mark.parametrize("part", HOSTILE_PARTS)
async def test_nothing_that_comes_from_outside_is_markup(gateway: Gateway, part: str) -> None:
    changes: dict[str, Any] = {"status": "told_source", "citations": (), "text": "x"}
    gateway.rasa.outcome = replied(answer(**(changes | HOSTILE_PARTS[part])))
    page = page_of(await post(gateway, HOSTILE if part == "question" else "a question"))
    assert HOSTILE in "".join(page.words)
    assert {name for name, _ in page.elements}.isdisjoint({"script", "img"})
    assert not any("onerror" in attributes for _, attributes in page.elements)


async def test_a_text_that_differs_stands_in_full_under_what_it_is(gateway: Gateway) -> None:
    words = tuple(PASSAGE.text.split("\n")[:1])
    label = (
        f"{messages.text('differ_second_governs', 'en')} {messages.text('authority_statute', 'en')}"
    )
    beside = Beside(label=label, lines=words, citation=0)
    gateway.rasa.outcome = replied(answer(beside=beside))
    page = page_of(await post(gateway, "a question"))
    assert len(page.all("blockquote")) == 1
    assert label in page.text
    assert words[0] in page.text[page.text.index(label) :]


async def test_the_turn_is_the_same_as_the_apis(gateway: Gateway) -> None:
    response = await post(gateway, "her number is 0301-7654321")
    assert "[phone]" in page_of(response).text
    assert "7654321" not in response.text
    assert gateway.rasa.received[0].text == "her number is [phone]"
    shown = await gateway.transcript()  # the page's cookie opens the same session
    assert [entry["role"] for entry in shown] == ["officer", "guidebook"]


async def test_a_form_sent_twice_is_one_question_and_another_text_is_another(
    gateway: Gateway,
) -> None:
    (field,) = [
        f for f in page_of(await gateway.browser.get("/ask")).all("input") if f["name"] == "form"
    ]
    mark = str(field["value"])
    await gateway.transcript()  # the cookie
    await asyncio.gather(post(gateway, "a question", mark), post(gateway, "a question", mark))
    await post(gateway, "a question", mark)
    assert len(gateway.rasa.received) == 1
    assert (await post(gateway, "another question", mark)).status_code == 200
    await post(gateway, "a question")
    await post(gateway, "a question")
    assert len(gateway.rasa.received) == 4
    ids = {turn.message_id for turn in gateway.rasa.received}
    assert len(ids) == 4
    assert all(re.fullmatch("[A-Za-z0-9_-]{1,64}", message_id) for message_id in ids)


@pytest.mark.parametrize(
    ("text", "key"),
    [("", "text_empty"), ("a\x00b", "text_nul"), ("zebra " * 400, "text_long")],
)
async def test_what_cannot_be_a_message_comes_back_in_the_form(
    gateway: Gateway, text: str, key: str
) -> None:
    response = await post(gateway, text, **{"Accept-Language": "ur"})
    assert response.status_code == 422
    page = page_of(response)
    assert messages.text(f"error_{key}", "ur") in page.text
    assert messages.text(f"next_{key}", "ur") in page.text
    assert page.text.count("zebra") == text.count("zebra")
    assert len(page.all("textarea")) == 1


@pytest.mark.parametrize("content", [b"", b"text=%ff", b"\xff", b"&".join([b"a=1"] * 20)])
async def test_a_broken_form_is_an_empty_question(gateway: Gateway, content: bytes) -> None:
    response = await gateway.browser.post("/ask", content=content, headers=FORM)
    assert response.status_code == 422
    assert messages.text("next_text_empty", "en") in page_of(response).text


async def test_too_fast_keeps_the_question_in_the_form(settings: Settings) -> None:
    async with running(settings, bounds=Bounds(session_burst=1)) as gateway:
        await post(gateway, "first")
        response = await post(gateway, "zebra <question>")
        assert (response.status_code, response.headers["retry-after"]) == (429, "1")
        assert "zebra <question>" in page_of(response).text
        assert (await post(gateway, "He is beating her now")).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://evil.test"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://guidebook.test", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Content-Type": "multipart/form-data; boundary=x"}, 415),
        ({"Content-Type": "application/json"}, 415),
        ({"Content-Type": "text/plain"}, 415),
    ],
)
async def test_only_our_own_form_is_taken(
    gateway: Gateway, headers: dict[str, str], status: int
) -> None:
    response = await post(gateway, "hello", **headers)
    assert response.status_code == status
    page_of(response)
    assert len(gateway.rasa.received) == (status == 200)


async def test_a_form_that_is_too_large_is_told_on_the_page(gateway: Gateway) -> None:
    response = await post(gateway, "x" * 70_000)
    assert response.status_code == 413
    assert messages.text("next_body_too_large", "en") in page_of(response).text


async def test_a_form_is_taken_nowhere_else(gateway: Gateway) -> None:
    response = await gateway.browser.post("/api/messages", content="text=hello", headers=FORM)
    assert response.status_code == 415
