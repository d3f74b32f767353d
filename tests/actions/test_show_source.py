"""The source of the last answer is shown while it is remembered, and asked for when it is not."""

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pytest

from actions.show_source import ShowSource
from guidebook import messages
from guidebook.library import Library

if TYPE_CHECKING:
    from .conftest import Run


def test_it_has_the_name_the_domain_uses() -> None:
    assert ShowSource().name() == "action_show_source"


def test_the_last_answers_source_is_cited(
    opened: Library, run: "Run", remembered: Mapping[str, Any]
) -> None:
    reply = run(ShowSource(), "source?", context=remembered).reply
    (citation,) = reply.citations
    passage = opened.corpus.passage(remembered["answered_passage_ids"][0])
    assert passage is not None
    assert reply.status == "told_source"
    assert reply.text == messages.text("told_source", "en")
    assert (citation.passage_id, citation.quote) == (passage.id, passage.text)


def test_only_the_last_of_several_answers_is_cited(
    opened: Library, run: "Run", remembered: Mapping[str, Any]
) -> None:
    ids = [passage.id for passage in opened.corpus.passages[:3]]
    reply = run(ShowSource(), "source?", context={**remembered, "answered_passage_ids": ids}).reply
    assert [citation.passage_id for citation in reply.citations] == ids[:1]


@pytest.mark.parametrize(
    "changed",
    [
        {"answered_passage_ids": []},
        {"answered_passage_ids": ["gone/passage"]},
        {"answered_passage_ids": "broken"},
        {"at": time.time() - 31 * 60},
    ],
)
def test_without_a_remembered_answer_it_asks_for_a_question(
    opened: Library, run: "Run", remembered: Mapping[str, Any], changed: dict[str, Any]
) -> None:
    reply = run(ShowSource(), "source?", context={**remembered, **changed}).reply
    assert reply.status == "told_no_source"
    assert reply.text == messages.text("told_no_source", "en")
    assert reply.citations == ()


def test_an_empty_slot_asks_for_a_question_in_urdu(opened: Library, run: "Run") -> None:
    reply = run(ShowSource(), "source?", metadata={"lang": "ur"}).reply
    assert reply.text == messages.text("told_no_source", "ur")
