"""What cannot be a message is refused calmly by the whole product, and the next message works."""

import json

import pytest

from guidebook.vocabulary import family
from tests.end_to_end.officer import Officer, new_id
from tests.end_to_end.served import Served

JSON = {"Content-Type": "application/json"}
ACID = "What is the punishment for an acid attack?"


def body_with(text: str) -> bytes:
    """A body whose text is written in JSON exactly so."""
    return f'{{"text": "{text}", "client_message_id": "m"}}'.encode()


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"not json", 400),
        (b"\xff\xfe{}", 400),
        (b"", 422),
        (b"[]", 422),
        (body_with(""), 422),
        (body_with("   "), 422),
        (body_with("a" * 1_000_000), 413),
        (body_with("a" * 2_001), 422),
        (body_with(r"a\u0000b"), 422),
        (body_with(r"\u200b\u200c\u200d"), 422),
        (body_with(r"\ud800"), 422),
        (body_with(r"help \udfff me"), 422),
        (b'{"text": "hello"}', 422),
        (b'{"text": ["hello"], "client_message_id": "m"}', 422),
    ],
    ids=[
        "not JSON", "not UTF-8", "no body", "a list", "empty", "spaces", "1 MB", "2001 letters",
        "NUL", "zero-width", "half a character", "half within", "no id", "text in a list",
    ],
)  # fmt: skip
def test_a_message_that_is_none_is_refused_in_two_sentences_and_the_next_one_works(
    officer: Officer, content: bytes, status: int
) -> None:
    response = officer.http.post("/api/messages", content=content, headers=JSON)
    assert response.status_code == status
    assert set(response.json()) == {"error", "next"}
    assert officer.status("hello") == "told_greeting"
    assert officer.asked() == ["hello"]


def test_what_is_not_marked_as_json_is_refused(officer: Officer) -> None:
    headers = {"Content-Type": "text/plain"}
    response = officer.http.post("/api/messages", content=body_with("hello"), headers=headers)
    assert response.status_code == 415
    assert officer.status("hello") == "told_greeting"


def test_a_page_of_another_site_is_refused(officer: Officer) -> None:
    headers = {**JSON, "Origin": "http://elsewhere.test"}
    response = officer.http.post("/api/messages", content=body_with("hello"), headers=headers)
    assert response.status_code == 403
    assert officer.transcript() == []
    own = {**JSON, "Origin": str(officer.http.base_url)}
    response = officer.http.post("/api/messages", content=body_with("hello"), headers=own)
    assert response.status_code == 200


@pytest.mark.parametrize("cookie", ["forged", "x.y", "a" * 4000, "%00%0d%0a"])
def test_a_forged_cookie_starts_a_new_session(served: Served, cookie: str) -> None:
    with Officer(served.url, cookie) as forger:
        assert forger.status("hello") == "told_greeting"
        assert forger.asked() == ["hello"]


def test_a_cookie_changed_by_one_letter_opens_nothing(served: Served, officer: Officer) -> None:
    officer.answer(ACID)
    cookie = officer.http.cookies["guidebook_session"]
    # Not the last letter: of that one some bits carry nothing.
    middle = len(cookie) // 2
    changed = cookie[:middle] + ("a" if cookie[middle] != "a" else "b") + cookie[middle + 1 :]
    with Officer(served.url, changed) as forger:
        assert forger.transcript() == []
    swapped = ("a" if cookie[0] != "a" else "b") + cookie[1:]
    with Officer(served.url, swapped) as forger:
        assert forger.transcript() == []
    with Officer(served.url, cookie) as myself:
        assert myself.asked() == [ACID]


def test_an_intent_typed_with_a_slash_is_plain_text(served: Served, officer: Officer) -> None:
    message = new_id()
    (reply,) = officer.ask("/greet{}", message)
    assert family(reply.status) in {"told", "answered", "unanswerable", "clarify"}
    (event,) = served.user_events(message)
    assert event["text"] == "/greet{}"
    assert event["parse_data"]["intent"]["confidence"] < 1.0
    assert officer.answer(f'/goodbye{{"reason": "{ACID}"}}').citations


@pytest.mark.parametrize("command", ["/restart", "/back", "/session_start", "/"])
def test_a_command_of_rasa_does_nothing_to_the_conversation(
    served: Served, officer: Officer, command: str
) -> None:
    officer.answer(ACID)
    message = new_id()
    replies = officer.ask(command, message)
    assert all(family(reply.status) != "failed" for reply in replies)
    assert len(served.user_events(message)) == 1
    assert served.events("restart") == []
    assert served.events("rewind") == []
    assert officer.asked() == [ACID, command]


@pytest.mark.parametrize(
    "text",
    ["😀" * 200, "?" * 500, "ا" * 2000, "<script>alert(1)</script>", "a\u202eb\u2066c", "{{7*7}}"],
    ids=["signs", "question marks", "2000 Urdu letters", "markup", "direction", "template"],
)
def test_an_odd_message_gets_a_calm_reply_and_its_words_are_never_repeated(
    officer: Officer, text: str
) -> None:
    replies = officer.ask(text)
    assert all(family(reply.status) != "failed" for reply in replies)
    assert all(text not in json.dumps(reply.to_json(), ensure_ascii=False) for reply in replies)
    assert officer.status("hello") == "told_greeting"
