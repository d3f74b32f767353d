"""No reply leaves whose evidence does not stand, byte for byte, in the corpus held here."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from gateway_under_test import (
    DOCUMENT_ID,
    PASSAGE,
    answer,
    citation,
)

from gateway.span_check import faults
from guidebook import messages
from guidebook.composition import compose
from guidebook.corpus import Corpus, load_corpus
from guidebook.emergency import emergency_reply
from guidebook.quoting import cite
from guidebook.reply import Reply
from guidebook.settings import ROOT

FIRST = PASSAGE.text.split(". ")[0]


def of_passages(corpus: Corpus) -> list[tuple[str, Reply]]:
    """The answer that each passage of the corpus makes when it is found."""
    found = []
    for passage in corpus.passages:
        document = corpus.document(passage.document_id)
        assert document is not None
        composed = compose(passage, document)
        parts: dict[str, Any] = {
            "lead": composed.lead.cut(document),
            "steps": tuple(span.cut(document) for span in composed.steps),
            "more": tuple(span.cut(document) for span in composed.more),
        }
        text = "\n".join(span.cut(document) for span in composed.spans)
        cited = (cite(document, passage, composed),)
        found.append((passage.id, answer(text, citations=cited, **parts)))
    return found


@pytest.fixture(scope="module")
def source() -> Corpus:
    return load_corpus(ROOT / "corpus" / "source")


def test_the_answer_of_every_passage_holds(real_corpus: Corpus) -> None:
    replies = of_passages(real_corpus)
    assert len(replies) > 300
    assert {name: faults(reply, real_corpus) for name, reply in replies} == {
        name: [] for name, _ in replies
    }


def test_one_changed_letter_anywhere_in_a_quote_is_seen(source: Corpus) -> None:
    for place in range(len(PASSAGE.text)):
        letter = "x" if PASSAGE.text[place] != "x" else "y"
        quote = PASSAGE.text[:place] + letter + PASSAGE.text[place + 1 :]
        reply = answer(citations=(citation(quote=quote),), text="")
        assert "other_words" in faults(reply, source)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"document_id": "invented"}, "unknown"),
        ({"digest": "0" * 64}, "other_digest"),
        ({"passage_id": f"{DOCUMENT_ID}/invented"}, "outside_passage"),
        ({"passage_id": f"{DOCUMENT_ID}/commends-law-enforcement"}, "outside_passage"),
        ({"start": PASSAGE.start - 1}, "outside_passage"),
        ({"end": PASSAGE.end + 1}, "outside_passage"),
        ({"start": -1}, "outside_passage"),
        ({"start": PASSAGE.end, "end": PASSAGE.end}, "outside_document"),
        ({"start": PASSAGE.end, "end": PASSAGE.start}, "outside_document"),
        ({"start": PASSAGE.start + 1}, "other_words"),
        ({"quote": PASSAGE.text + " "}, "other_words"),
        ({"quote": ""}, "other_words"),
    ],
)
def test_a_citation_that_does_not_hold_is_named(
    source: Corpus, changes: dict[str, Any], fault: str
) -> None:
    wrong = citation(**changes)
    assert fault in faults(answer(citations=(citation(), wrong)), source)
    nearest = {"status": "unanswerable_no_passage", "citations": (), "nearest": (wrong,)}
    assert faults(answer("I could not find this.", **nearest), source) == [fault]
    assert faults(answer("From:", status="told_source", citations=(wrong,)), source) == [fault]


@pytest.mark.parametrize(
    "changes",
    [
        {"lead": "No. You may refuse."},
        {"lead": f"{FIRST} or not"},
        {"lead": f"{FIRST}\nand more"},
        {"lead": ""},
        {"steps": (FIRST, "1. " + FIRST)},
        {"steps": (" ",)},
        {"more": ("Law: none.",)},
        {"text": f"{FIRST}\nand words of somebody else"},
        {"text": "What the officer typed"},
        {"citations": ()},
        {"citations": (citation("accountability"),)},
    ],
)
def test_an_answer_with_words_outside_its_quotes_does_not_hold(
    source: Corpus, changes: dict[str, Any]
) -> None:
    for status in ("answered", "answered_caution"):
        good = {"status": status, "text": FIRST, "lead": FIRST}
        assert faults(answer(**good), source) == []
        assert faults(answer(**(good | changes)), source) != []


def test_a_line_may_stand_in_any_of_several_quotes(source: Corpus) -> None:
    two = (citation("accountability"), citation("transparency"))
    held = answer("accountability\ntransparency", steps=("transparency",), citations=two)
    assert faults(held, source) == []


def test_fixed_messages_may_stand_in_the_text_but_not_among_the_steps(source: Corpus) -> None:
    said = messages.text("caution_sources_differ", "en")
    assert faults(answer(f"{said}\n{FIRST}"), source) == []
    assert faults(answer(FIRST, steps=(said,)), source) == ["uncited_line"]


def test_without_a_corpus_no_answer_holds_and_first_steps_do() -> None:
    assert faults(answer(), None) == ["unknown"]
    assert faults(emergency_reply("en"), None) == []


def test_a_superseded_text_never_answers(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "corpus" / "source", tmp_path / "corpus")
    path = tmp_path / "corpus" / f"{DOCUMENT_ID}.md"
    path.write_text(path.read_text().replace("superseded_by: null", "superseded_by: newer"))
    corpus = load_corpus(tmp_path / "corpus")
    document = corpus.document(DOCUMENT_ID)
    assert document is not None
    passage = document.passages[0]
    cited = cite(document, passage, None)
    assert faults(answer(passage.text, citations=(cited,)), corpus) == ["superseded"]
    assert faults(answer("Nearest:", status="told_source", citations=(cited,)), corpus) == []
