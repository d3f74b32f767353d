"""No reply leaves whose evidence does not stand, byte for byte, in the corpus held here."""

import logging
import shutil
from pathlib import Path
from typing import Any, get_args

import pytest
from gateway_under_test import (
    DOCUMENT_ID,
    PASSAGE,
    Gateway,
    answer,
    citation,
    custom,
    replied,
    running,
    settings_for,
)

from gateway.receipts import issue
from gateway.span_check import faults
from guidebook import messages
from guidebook.composition import compose
from guidebook.corpus import Corpus, load_corpus
from guidebook.correcting import corrected
from guidebook.emergency import emergency_reply
from guidebook.first_hour import CHOICES
from guidebook.first_hour_card import Case, draw
from guidebook.myths import correction_of, myths
from guidebook.quoting import cite
from guidebook.reply import Card, CardFact, CardStep, Citation, Reply
from guidebook.settings import ROOT, Settings
from guidebook.supporting import STEPS, support
from guidebook.vocabulary import Lang

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


@pytest.mark.anyio
async def test_a_reply_that_does_not_hold_is_replaced_and_the_log_has_no_words(
    gateway: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    bad = answer("zebra words", lead="zebra words")
    gateway.rasa.outcome = replied(answer(), bad)
    good, replaced = await gateway.ask("a question for 0301-7654321")
    assert good["status"] == "answered"
    assert (replaced["status"], replaced["text"]) == (
        "failed_malformed",
        messages.text("failed_malformed", "en"),
    )
    assert (replaced["citations"], replaced["receipt"]) == ([], None)
    assert replaced["masked"] == ["phone"]
    (line,) = [m for m in caplog.messages if m.startswith("span_check_failed")]
    assert line == (
        "span_check_failed status=answered faults=2 first=uncited_line citations=1 nearest=0 "
        f"document={DOCUMENT_ID} digest={citation().digest[:12]}"
    )
    assert "zebra" not in caplog.text
    assert b"zebra" not in gateway.kept_bytes()


@pytest.mark.anyio
async def test_ids_that_are_no_ids_do_not_reach_the_log(
    gateway: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    invented = citation(document_id="zebra words", digest="more zebra")
    gateway.rasa.outcome = replied(answer(citations=(invented,)))
    await gateway.ask("a question")
    assert "document=withheld" in caplog.text
    assert "zebra" not in caplog.text


@pytest.mark.anyio
async def test_the_sentence_is_in_the_replys_language_and_the_turn_can_be_tried_again(
    gateway: Gateway,
) -> None:
    gateway.rasa.outcome = replied(answer("غلط", lang="ur"))
    (reply,) = await gateway.ask("سوال", "again")
    assert reply["text"] == messages.text("failed_malformed", "ur")
    gateway.rasa._kept.clear()
    gateway.rasa.outcome = replied(answer())
    assert (await gateway.ask("سوال", "again"))[0]["status"] == "answered"


@pytest.mark.anyio
async def test_a_danger_message_keeps_its_first_steps_when_the_answer_does_not_hold(
    gateway: Gateway,
) -> None:
    gateway.rasa.outcome = replied(answer("invented"))
    replies = await gateway.ask("He is beating her now")
    assert [reply["status"] for reply in replies] == ["emergency", "failed_malformed"]


@pytest.mark.anyio
async def test_an_answer_from_a_corpus_just_rebuilt_is_given_at_once(
    tmp_path: Path, widget: Path
) -> None:
    folder = tmp_path / "corpus"
    shutil.copytree(ROOT / "corpus" / "source", folder)
    path = folder / f"{DOCUMENT_ID}.md"
    async with running(settings_for(tmp_path / "home", folder, widget)) as gateway:
        before = _cited(folder)
        gateway.rasa.outcome = replied(_of(before))
        assert (await gateway.ask("a question"))[0]["status"] == "answered"
        path.write_text(path.read_text().replace("title: The", "title: Now the"))
        after = _cited(folder)
        assert after.digest != before.digest
        gateway.rasa.outcome = replied(_of(after))  # the gateway's clock stands still
        assert (await gateway.ask("a question"))[0]["status"] == "answered"
        gateway.rasa.outcome = replied(_of(before))
        assert (await gateway.ask("a question"))[0]["status"] == "failed_malformed"


@pytest.mark.anyio
async def test_answers_before_the_corpus_is_loaded_wait_for_it(settings: Settings) -> None:
    async with running(settings) as gateway:
        gateway.app.state.library.corpus = None
        gateway.app.state.library._stamp = None
        gateway.rasa.outcome = replied(answer())
        assert (await gateway.ask("a question"))[0]["status"] == "answered"


@pytest.mark.anyio
async def test_small_talk_and_refusals_need_no_corpus(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    bare = settings_for(settings.home, tmp_path / "empty", settings.widget)
    async with running(bare) as gateway:
        assert (await gateway.ask("hello"))[0]["status"] == "told_greeting"
        refusal = answer("No.", status="refused_verdict", citations=())
        gateway.rasa.outcome = replied(refusal)
        assert (await gateway.ask("a question"))[0]["status"] == "refused_verdict"
        gateway.rasa.outcome = custom([answer().to_json()])
        assert (await gateway.ask("a question"))[0]["status"] == "failed_malformed"


def _cited(folder: Path) -> Citation:
    document = load_corpus(folder).document(DOCUMENT_ID)
    assert document is not None
    return cite(document, document.passages[0], None)


def _of(cited: Citation) -> Reply:
    return answer(cited.quote, citations=(cited,))


# -- a card is held to the same


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
    correction = correction_of(myths()[0], real_corpus)
    assert correction is not None
    reply = corrected(correction, "en")
    assert faults(reply, real_corpus) == []
    assert faults(reply.model_copy(update={"text": "She is lying."}), real_corpus) == [
        "uncited_text"
    ]
    assert faults(reply.model_copy(update={"citations": ()}), real_corpus)[0] == "no_citation"


def test_a_support_reply_leaves_no_receipt_and_a_correction_does(real_corpus: Corpus) -> None:
    correction = correction_of(myths()[0], real_corpus)
    assert correction is not None
    told = [support(status, None, "kp", "en") for status in STEPS]
    marked, issued = issue([*told, corrected(correction, "en")], 0.0)
    assert [reply.receipt is not None for reply in marked] == [False] * len(told) + [True]
    assert [receipt.status for receipt in issued] == ["told_myth_corrected"]
