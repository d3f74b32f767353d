"""A reply goes into JSON and comes back the same, or is refused with the field that is wrong."""

import json
from typing import Any

import pytest

from guidebook.answering import answer
from guidebook.context import Context
from guidebook.emergency import emergency_reply
from guidebook.errors import ReplyFormatError
from guidebook.library import Library
from guidebook.query import Query
from guidebook.reply import Reply

GOOD = {"status": "answered", "lang": "en", "text": "Yes."}
CITATION = {
    "passage_id": "a/b", "document_id": "a", "digest": "d", "title": "t", "heading": "h",
    "quote": "q", "start": 0, "end": 1, "kind": "guidance", "authority": "statute",
    "jurisdiction": "kp", "in_force_from": None, "checked_on": "2026-11-22",
    "review_status": "draft", "sources": [{"title": "t", "url": "u"}],
}  # fmt: skip


def test_an_emergency_reply_survives_the_way_through_json() -> None:
    reply = emergency_reply("ur")
    assert Reply.from_json(json.loads(json.dumps(reply.to_json()))) == reply


def test_a_real_answer_survives_the_way_through_json(library: Library) -> None:
    query = Query("Where and when was the women police conference held?")
    reply = answer(query, Context(), library.retriever, 0.0)[0].reply
    assert reply.citations
    assert Reply.from_json(json.loads(json.dumps(reply.to_json()))) == reply


def test_the_least_reply_has_a_status_a_language_and_a_text() -> None:
    reply = Reply.from_json(GOOD)
    assert (reply.status, reply.text, reply.citations, reply.card) == ("answered", "Yes.", (), None)


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"status": "confused"}, "status: Value error, status 'confused' is not in the closed"),
        ({"lang": "fr"}, "lang: Input should be 'en' or 'ur'"),
        ({"text": None}, "text: Input should be a valid string"),
        ({"mood": "good"}, "mood: Extra inputs are not permitted"),
        ({"citations": [CITATION | {"page": 3}]}, "citations.0.page: Extra inputs"),
        ({"citations": [CITATION | {"kind": "leaflet"}]}, "citations.0.kind: Input should be"),
        ({"contacts": [{"label": "a", "number": "15", "state": "maybe"}]}, "contacts.0.state: "),
    ],
)
def test_a_reply_of_another_shape_is_refused_by_field(changed: dict[str, Any], where: str) -> None:
    with pytest.raises(ReplyFormatError) as caught:
        Reply.from_json(GOOD | changed)
    assert str(caught.value).startswith(where)


def test_a_refusal_never_quotes_the_value_it_refuses() -> None:
    with pytest.raises(ReplyFormatError) as caught:
        Reply.from_json(GOOD | {"text": ["what the officer typed"]})
    assert "typed" not in str(caught.value)


@pytest.mark.parametrize("value", [None, [], "answered", 3, {}])
def test_anything_that_is_not_a_reply_is_refused(value: object) -> None:
    with pytest.raises(ReplyFormatError, match="processes"):
        Reply.from_json(value)
