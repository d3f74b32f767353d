"""In a turn: a reply that does not hold is replaced by a sentence; a corpus just rebuilt counts."""

import logging
import shutil
from pathlib import Path

import pytest
from gateway_under_test import (
    DOCUMENT_ID,
    Gateway,
    answer,
    citation,
    custom,
    replied,
    running,
    settings_for,
)

from guidebook import messages
from guidebook.corpus import load_corpus
from guidebook.quoting import cite
from guidebook.reply import Citation, Reply
from guidebook.settings import ROOT, Settings

pytestmark = pytest.mark.anyio


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


async def test_ids_that_are_no_ids_do_not_reach_the_log(
    gateway: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    invented = citation(document_id="zebra words", digest="more zebra")
    gateway.rasa.outcome = replied(answer(citations=(invented,)))
    await gateway.ask("a question")
    assert "document=withheld" in caplog.text
    assert "zebra" not in caplog.text


async def test_the_sentence_is_in_the_replys_language_and_the_turn_can_be_tried_again(
    gateway: Gateway,
) -> None:
    gateway.rasa.outcome = replied(answer("غلط", lang="ur"))
    (reply,) = await gateway.ask("سوال", "again")
    assert reply["text"] == messages.text("failed_malformed", "ur")
    gateway.rasa._kept.clear()
    gateway.rasa.outcome = replied(answer())
    assert (await gateway.ask("سوال", "again"))[0]["status"] == "answered"


async def test_a_danger_message_keeps_its_first_steps_when_the_answer_does_not_hold(
    gateway: Gateway,
) -> None:
    gateway.rasa.outcome = replied(answer("invented"))
    replies = await gateway.ask("He is beating her now")
    assert [reply["status"] for reply in replies] == ["emergency", "failed_malformed"]


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


async def test_answers_before_the_corpus_is_loaded_wait_for_it(settings: Settings) -> None:
    async with running(settings) as gateway:
        gateway.app.state.library.held = None
        gateway.app.state.library._stamp = None
        gateway.rasa.outcome = replied(answer())
        assert (await gateway.ask("a question"))[0]["status"] == "answered"


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
