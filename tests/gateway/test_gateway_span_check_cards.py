"""A first-hour card, a correction and a support reply are held to their evidence too."""

from typing import Any, get_args

import pytest
from gateway_under_test import (
    PASSAGE,
    answer,
)

from gateway.receipts import issue
from gateway.span_check import faults
from guidebook import messages
from guidebook.corpus import Corpus, load_corpus
from guidebook.correcting import corrected
from guidebook.differing import set_beside
from guidebook.first_hour import CHOICES
from guidebook.first_hour_card import Case, draw
from guidebook.myths import correction_of, myths
from guidebook.query import Query, understand
from guidebook.reply import Beside, Card, CardFact, CardStep, Reply
from guidebook.saying import say
from guidebook.settings import ROOT
from guidebook.supporting import STEPS, support
from guidebook.vocabulary import Lang


@pytest.fixture(scope="module")
def source() -> Corpus:
    return load_corpus(ROOT / "corpus" / "source")


def card_reply(**changes: Any) -> Reply:
    """A card of one step, whose words stand in the passage."""
    words = PASSAGE.text.split("\n")[0]
    step = CardStep(text=words, phase="first_hour", within_hours=None, citation=0)
    return answer(words, status="told_first_hour", card=card_of(step), **changes)


def card_of(*steps: CardStep, **changes: Any) -> Card:
    fact = CardFact(
        name="age",
        label=messages.text("value_fact_age", "en"),
        value=messages.text("value_age_child", "en"),
    )
    given = {"title": messages.text("card_title", "en"), "facts": (fact,), "steps": steps}
    return Card(**(given | changes))


def test_a_card_whose_steps_stand_in_their_citations_holds(source: Corpus) -> None:
    assert faults(card_reply(), source) == []


def test_every_card_the_library_draws_holds(real_corpus: Corpus) -> None:
    for kind in CHOICES["case"]:
        for time in CHOICES["time"]:
            case = Case({"case": kind, "age": "child", "time": time}, ("strangled",), "kp")
            for lang in get_args(Lang):
                assert faults(draw(case, real_corpus, lang), real_corpus) == []


@pytest.mark.parametrize("lang", get_args(Lang))
def test_every_two_texts_the_library_sets_side_by_side_hold(
    real_corpus: Corpus, lang: Lang
) -> None:
    for passage in real_corpus.passages:
        for other in map(real_corpus.passage, passage.differs_from):
            assert other is not None
            question = understand(Query(passage.heading))
            reply = say(
                passage,
                real_corpus,
                understood=question,
                stated=question.facets,
                lang=lang,
                strength="strong",
                suggestions=(),
            )
            assert faults(set_beside(reply, passage, other, real_corpus), real_corpus) == []


@pytest.mark.parametrize(
    ("lines", "citation", "found"),
    [
        (PASSAGE.text.split("\n")[:1], 0, []),
        (["Send her home."], 0, ["uncited_beside"]),
        ([" "], 0, ["uncited_beside"]),
        (PASSAGE.text.split("\n")[:1], 1, ["uncited_beside"]),
        (PASSAGE.text.split("\n")[:1], -1, ["uncited_beside"]),
    ],
)
def test_the_words_beside_an_answer_stand_in_their_own_citation(
    source: Corpus, lines: list[str], citation: int, found: list[str]
) -> None:
    beside = Beside(label="Law", lines=tuple(lines), citation=citation)
    assert faults(answer(beside=beside), source) == found


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"text": "Send her home."}, "uncited_step"),
        ({"text": " "}, "uncited_step"),
        ({"citation": 1}, "uncited_step"),
        ({"citation": -1}, "uncited_step"),
        ({"note": "The officer typed this."}, "unknown_words"),
    ],
)
def test_a_step_that_does_not_hold_is_seen(
    source: Corpus, changes: dict[str, Any], fault: str
) -> None:
    reply = card_reply()
    assert reply.card is not None
    step = reply.card.steps[0].model_copy(update=changes)
    assert faults(reply.model_copy(update={"card": card_of(step)}), source) == [fault]


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Her card"},
        {"facts": (CardFact(name="age", label="Age", value="she said 12"),)},
        {"facts": (CardFact(name="age", label="Name of the girl", value="Child, under 18"),)},
    ],
)
def test_words_on_a_card_that_are_no_message_are_seen(
    source: Corpus, changes: dict[str, Any]
) -> None:
    reply = card_reply()
    assert reply.card is not None
    card = card_of(*reply.card.steps, **changes)
    assert faults(reply.model_copy(update={"card": card}), source) == ["unknown_words"]


def test_a_card_without_citations_does_not_hold(source: Corpus) -> None:
    assert "no_citation" in faults(card_reply(citations=()), source)


def test_a_line_beside_the_cards_steps_must_be_quoted_too(source: Corpus) -> None:
    reply = card_reply()
    longer = reply.model_copy(update={"text": f"{reply.text}\nTell her to go home."})
    assert faults(longer, source) == ["uncited_text"]


def test_a_correction_is_held_to_its_quote(real_corpus: Corpus) -> None:
    correction = correction_of(myths()[0], real_corpus, "en")
    assert correction is not None
    reply = corrected(correction, "en")
    assert faults(reply, real_corpus) == []
    assert faults(reply.model_copy(update={"text": "She is lying."}), real_corpus) == [
        "uncited_text"
    ]
    assert faults(reply.model_copy(update={"citations": ()}), real_corpus)[0] == "no_citation"


def test_a_support_reply_leaves_no_receipt_and_a_correction_does(real_corpus: Corpus) -> None:
    correction = correction_of(myths()[0], real_corpus, "en")
    assert correction is not None
    told = [support(status, None, "kp", "en") for status in STEPS]
    marked, issued = issue([*told, corrected(correction, "en")], 0.0)
    assert [reply.receipt is not None for reply in marked] == [False] * len(told) + [True]
    assert [receipt.status for receipt in issued] == ["told_myth_corrected"]
