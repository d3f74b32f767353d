"""Talks kept apart are held in order, each from the beginning, and counted by what was said."""

import json
from pathlib import Path

import pytest

from guidebook.answering import Answer
from guidebook.context import Context
from guidebook.corpus import Corpus
from guidebook.evaluation import places
from guidebook.evaluation.errors import EvaluationError
from guidebook.evaluation.talks import Message, figures, hold, load_talks
from guidebook.query import Query
from guidebook.reply import Citation, Reply


def cited(passage: str) -> tuple[Citation, ...]:
    one = Citation.model_construct(passage_id=passage)
    return (one,)


def said(status: str, passage: str | None = None) -> Answer:
    citations = cited(passage) if passage else ()
    reply = Reply.model_construct(status=status, text="", citations=citations)
    return Answer(reply=reply, results=(), rejected=(), probability=0.0)


def question(*right: str, talk: str = "a", text: str = "what now") -> Message:
    return Message(talk, text, "question", right)


def test_a_talk_goes_on_in_its_context_and_the_next_begins_anew() -> None:
    seen: list[Context] = []

    def ask(query: Query, context: Context, now: float) -> tuple[Answer, Context]:
        seen.append(context)
        return said("answered", "d/p"), Context(resolved_query=query.text)

    messages = [question(text="one"), question(text="two"), question(talk="b", text="three")]
    list(hold(messages, ask, 0.0))
    assert [context.resolved_query for context in seen] == [None, "one", None]


def test_what_was_said_is_counted_by_what_was_due() -> None:
    held = [
        (question("d/p"), said("answered", "d/p")),
        (question("d/q", "d/p"), said("answered_caution", "d/p")),
        (question("d/p"), said("answered", "d/other")),
        (question("d/p"), said("unanswerable_no_passage")),
        (question(), said("answered", "d/p")),
        (Message("a", "he ran", "fact", ()), said("clarify_rephrase")),
        (Message("a", "who wins", "none", ()), said("answered", "d/p")),
    ]
    assert [(found.caught, found.total) for found in figures(held)] == [
        (2, 4),
        (1, 4),
        (1, 4),
        (1, 1),
        (0, 1),
        (1, 1),
    ]


def test_the_talks_of_the_tree_are_of_this_corpus() -> None:
    messages = load_talks(places.TALKS, places.corpus())
    assert len({message.talk for message in messages}) == 20
    assert {message.kind for message in messages} == {"question", "fact", "danger", "none"}


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("[]", "no message"),
        ('{"talk": "a"}', "no message"),
        ('{"talk": "a", "said": "x", "kind": "song", "right": []}', "'song'"),
        ('{"talk": "a", "said": "x", "kind": "question", "right": ["no/such"]}', "'no/such'"),
    ],
)
def test_a_line_that_is_none_is_named(tmp_path: Path, line: str, fault: str) -> None:
    path = tmp_path / "talks.jsonl"
    path.write_text(
        json.dumps({"talk": "a", "said": "x", "kind": "fact", "right": []}) + "\n" + line
    )
    empty = Corpus(folder=tmp_path, documents=(), digest="")
    with pytest.raises(EvaluationError, match=f"talks.jsonl:2.*{fault}"):
        load_talks(path, empty)
