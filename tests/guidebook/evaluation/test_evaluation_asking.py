"""Askers at their seam: a small conversation in this process, a small bot behind HTTP."""

import json
from collections.abc import Callable

import httpx
import pytest
from examination import question

from guidebook.evaluation.asking import Conversation, HttpAsker, LibraryAsker, Turn
from guidebook.evaluation.errors import EvaluationError
from guidebook.reply import Citation, Reply
from guidebook.vocabulary import family


def citation(passage_id: str) -> Citation:
    return Citation(
        passage_id=passage_id, document_id="d", digest="0", title="t", heading="h", quote="q",
        start=0, end=1, kind="guidance", authority="practice", jurisdiction="pakistan",
        in_force_from=None, checked_on="2026-11-22", review_status="draft",
    )  # fmt: skip


def reply(status: str, cited: str = "", nearest: str = "") -> Reply:
    return Reply(
        status=status,
        lang="en",
        text="words",
        strength="strong" if family(status) == "answered" else None,
        citations=tuple(citation(name) for name in cited.split()),
        nearest=tuple(citation(name) for name in nearest.split()),
    )


class Remembering:
    """A stand-in library: answers with passages named for the turns of this conversation."""

    def __init__(self) -> None:
        self.opened = 0

    def __call__(self) -> Conversation:
        self.opened += 1
        heard: list[str] = []

        def turn(text: str) -> Turn:
            heard.append(text)
            return [reply("answered", cited="+".join(heard))], ["+".join(heard), "other"]

        return turn


def test_the_library_is_asked_both_turns_in_one_conversation_and_a_new_one_each_time() -> None:
    library = Remembering()
    asker = LibraryAsker(library)
    first = asker.ask(question(turns=["one", "two"]))
    second = asker.ask(question("fir-002", turns=["three"]))
    assert first.cited == ("one+two",)
    assert first.ranked == ("one+two", "other")
    assert second.cited == ("three",)
    assert library.opened == 2


def test_the_library_puts_the_emergency_first_as_the_gateway_does() -> None:
    asked = question(turns=["he is beating her right now"], expect="emergency")
    response = LibraryAsker(Remembering()).ask(asked)
    assert response.statuses == ("emergency", "answered")
    assert response.status == "answered"
    assert response.strength == "strong"


def http(answer: Callable[[httpx.Request], httpx.Response]) -> tuple[HttpAsker, list[float]]:
    slept: list[float] = []
    client = httpx.Client(base_url="http://bot", transport=httpx.MockTransport(answer))
    return HttpAsker(client, slept.append), slept


def told(*replies: Reply) -> httpx.Response:
    return httpx.Response(
        200,
        json={"replies": [item.to_json() for item in replies]},
        headers={"Set-Cookie": "session=abc; Path=/"},
    )


def test_over_http_each_question_has_a_fresh_cookie_and_both_turns_share_it() -> None:
    seen: list[tuple[str, str | None]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append((json.loads(request.content)["text"], request.headers.get("Cookie")))
        return told(reply("answered", cited="a/b", nearest="c/d a/b"))

    asker, _ = http(answer)
    response = asker.ask(question(turns=["one", "two"]))
    asker.ask(question("fir-002", turns=["three"]))
    assert seen == [("one", None), ("two", "session=abc"), ("three", None)]
    assert response.ranked == ("a/b", "c/d")
    assert response.cited == ("a/b",)


def test_a_busy_bot_is_given_the_time_it_asks_for() -> None:
    answers = [
        httpx.Response(429, headers={"Retry-After": "2"}),
        told(reply("told_support_victim")),
    ]
    asker, slept = http(lambda _: answers.pop(0))
    assert asker.ask(question()).statuses == ("told_support_victim",)
    assert slept == [2.0]


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (httpx.Response(500), "failed_silent"),
        (httpx.Response(200, json={"replies": [{"status": "answered"}]}), "failed_malformed"),
        (httpx.Response(200, json={"nothing": 1}), "failed_malformed"),
        (httpx.Response(200, text="no json"), "failed_malformed"),
    ],
)
def test_a_broken_reply_is_a_finding_not_the_end(answer: httpx.Response, status: str) -> None:
    asker, _ = http(lambda _: answer)
    assert asker.ask(question()).status == status


def test_no_replies_at_all_is_silence() -> None:
    asker, _ = http(lambda _: told())
    assert asker.ask(question()).status == "failed_silent"


def test_nobody_at_the_address_is_said_at_once() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    asker, _ = http(refuse)
    with pytest.raises(EvaluationError, match="make serve"):
        asker.ask(question())
