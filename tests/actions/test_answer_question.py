"""The action translates: tracker in, Answer out; what fails becomes a sentence, never silence."""

import logging
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from actions import runtime
from actions.answer_question import AnswerQuestion
from guidebook import messages
from guidebook.commands import Command, command_in
from guidebook.danger import is_danger
from guidebook.evaluation import places
from guidebook.library import Library

if TYPE_CHECKING:
    from .conftest import Run

SECRET_WORD = "zxqvword"
STORY = (
    "Neighbour told patrol that landlord keeps a family of brick kiln workers locked, wife of 30 "
    "with bruises on her back, since ten days, we now stand there and write all names of them"
)


def test_it_has_the_name_the_domain_uses() -> None:
    assert AnswerQuestion().name() == "action_answer_question"


def test_a_question_is_answered_with_the_documents_words(opened: Library, run: "Run") -> None:
    turn = run(AnswerQuestion(), "What principles underlie police cooperation?")
    (citation,) = turn.reply.citations
    document = opened.corpus.document("un-police-cooperation-day-2023")
    assert document is not None
    assert turn.reply.status == "answered"
    assert turn.reply.text == citation.quote == document.text[citation.start : citation.end]
    assert turn.reply.took_ms >= 0


def test_the_context_is_remembered_in_its_slot(opened: Library, run: "Run") -> None:
    turn = run(AnswerQuestion(), "What principles underlie police cooperation?")
    (event,) = turn.events
    assert (event["event"], event["name"]) == ("slot", "context")
    expected = "un-police-cooperation-day-2023/principles-of-cooperation"
    assert event["value"]["answered_passage_ids"][0] == expected


def test_a_follow_up_is_read_in_the_light_of_the_slot(opened: Library, run: "Run") -> None:
    first = run(AnswerQuestion(), "What did the RPO Hazara say about career progression?")
    second = run(AnswerQuestion(), "and who funded it?", context=first.events[0]["value"])
    assert "RPO Hazara" in second.events[0]["value"]["resolved_query"]


@pytest.mark.parametrize("intent", ["ask_guidance", "nlu_fallback", "out_of_scope", None])
def test_evidence_decides_whatever_the_intent(
    opened: Library, run: "Run", intent: str | None
) -> None:
    turn = run(AnswerQuestion(), "What principles underlie police cooperation?", intent=intent)
    assert turn.reply.status == "answered"


def test_an_emergency_that_only_rasa_heard_puts_first_steps_first(
    opened: Library, run: "Run"
) -> None:
    text = "What principles underlie police cooperation?"
    turn = run(AnswerQuestion(), text, intent="report_emergency")
    assert [reply.status for reply in turn.replies] == ["emergency", "answered"]
    assert [contact.number for contact in turn.replies[0].contacts] == ["15", "1122"]


def test_an_emergency_that_only_its_meaning_tells_puts_first_steps_first(
    opened: Library, run: "Run"
) -> None:
    rows = yaml.safe_load((places.NETS / "danger_third.yml").read_text(encoding="utf-8"))
    unheard = (row["text"] for row in rows if row["danger"] and not is_danger(row["text"]))
    text = next(filter(opened.hears_danger, unheard))
    turn = run(AnswerQuestion(), text, intent="ask_guidance")
    assert turn.replies[0].status == "emergency"
    assert len(turn.replies) > 1


def test_first_steps_are_said_once_in_a_conversation(opened: Library, run: "Run") -> None:
    first = run(AnswerQuestion(), "he is strangling her right now", intent="report_emergency")
    assert [reply.status for reply in first.replies].count("emergency") == 1
    kept = first.events[0]["value"]
    second = run(
        AnswerQuestion(), "her face has gone blue and she does not answer us any more", context=kept
    )
    assert second.replies[0].status == "emergency_again"
    third = run(AnswerQuestion(), "he has a knife and he is stabbing her now", context=kept)
    assert third.replies[0].status == "emergency"


def test_what_may_be_danger_is_asked_about_in_a_line_and_once(opened: Library, run: "Run") -> None:
    rows = yaml.safe_load((places.NETS / "danger_third.yml").read_text(encoding="utf-8"))
    doubtful = (row["text"] for row in rows if not opened.hears_danger(row["text"]))
    text = next(filter(opened.suspects_danger, doubtful))
    asked, *answered = run(AnswerQuestion(), text).replies
    assert asked.status == "emergency_perhaps"
    assert is_danger(asked.suggestions[0].payload)
    assert answered
    again = run(AnswerQuestion(), text, context={"alarm": asked.status, "at": time.time()})
    assert "emergency_perhaps" not in [reply.status for reply in again.replies]


def test_who_reports_danger_is_not_told_that_nothing_was_found(opened: Library, run: "Run") -> None:
    first, then = run(AnswerQuestion(), "bachao bachao", context={"failures": 1}).replies
    assert (first.status, then.status) == ("emergency", "told_after_danger")


def test_an_officer_in_despair_reads_words_for_himself_first(opened: Library, run: "Run") -> None:
    text = "I will shoot myself tonight with my service pistol"
    replies = run(AnswerQuestion(), text, intent="report_emergency").replies
    assert [reply.status for reply in replies] == ["told_support_exhausted", "emergency_perhaps"]


def test_despair_that_only_its_meaning_tells_is_not_asked_about_after_first_steps(
    opened: Library, run: "Run"
) -> None:
    text = "sometimes i look at my pistol and think all will be quiet"
    replies = run(AnswerQuestion(), text).replies
    assert [reply.status for reply in replies] == ["emergency", "told_support_exhausted"]


def test_to_a_case_told_at_length_the_first_hour_card_is_offered(
    opened: Library, run: "Run"
) -> None:
    turn = run(AnswerQuestion(), STORY)
    *_, offered = turn.replies
    assert offered.status == "told_first_hour_offered"
    assert command_in(offered.suggestions[0].payload) == Command("start")
    assert [event["event"] for event in turn.events] == ["slot"]  # no form opens unasked


def test_a_case_is_never_told_that_nothing_was_found(opened: Library, run: "Run") -> None:
    text = (
        "Salam sir. aurat ayi hai, shohar 2 saal se marta hai, kal raat bhi mara, "
        "uski pension ka kagaz bhi le gaya. tareeqa batao"
    )
    kept = {"failures": 1, "at": time.time()}
    turn = run(AnswerQuestion(), text, context=kept)
    assert turn.replies[-1].status == "told_first_hour_offered"
    assert turn.events[0]["value"]["failures"] == 1  # no guess that failed


@pytest.mark.parametrize("button", ["Yes, danger now", "ہاں، ابھی خطرہ ہے"])
def test_the_button_of_danger_gives_the_steps_and_no_passage(
    opened: Library, run: "Run", button: str
) -> None:
    replies = run(AnswerQuestion(), button).replies
    assert [reply.status for reply in replies] == ["emergency", "told_after_danger"]


def test_a_question_is_not_met_with_an_offer(opened: Library, run: "Run") -> None:
    replies = run(AnswerQuestion(), f"{STORY}. Which section do I write?").replies
    assert "told_first_hour_offered" not in [reply.status for reply in replies]


def test_first_steps_speak_the_officers_language(opened: Library, run: "Run") -> None:
    turn = run(AnswerQuestion(), "پولیس تعاون کے اصول کیا ہیں؟", intent="report_emergency")
    assert turn.replies[0].lang == "ur"
    chosen = run(
        AnswerQuestion(), "پولیس تعاون", intent="report_emergency", metadata={"lang": "en"}
    )
    assert chosen.replies[0].lang == "en"


def test_the_language_chosen_in_the_page_is_used(opened: Library, run: "Run") -> None:
    text = "What principles underlie police cooperation?"
    turn = run(AnswerQuestion(), text, metadata={"lang": "ur", "province": "kp"})
    assert turn.reply.lang == "ur"
    assert turn.reply.notice == messages.text("english_text", "ur")


# -- what fails


def test_a_missing_index_is_a_sentence_and_no_exception(
    unopened: None, run: "Run", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUIDEBOOK_INDEX", str(tmp_path / "none"))
    turn = run(AnswerQuestion(), "What principles underlie police cooperation?")
    assert turn.reply.status == "failed_index"
    assert turn.reply.text == messages.text("failed_index", "en")
    assert turn.events == ()


def test_a_missing_index_is_told_in_urdu_to_who_reads_urdu(
    unopened: None, run: "Run", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUIDEBOOK_INDEX", str(tmp_path / "none"))
    turn = run(AnswerQuestion(), metadata={"lang": "ur"})
    assert turn.reply.text == messages.text("failed_index", "ur")


def test_a_bad_setting_is_a_sentence_and_no_exception(
    unopened: None, run: "Run", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", "high")
    assert run(AnswerQuestion()).reply.status == "failed_index"


def test_the_next_question_heals_once_the_index_is_there(
    unopened: None,
    run: "Run",
    real_places: Mapping[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GUIDEBOOK_INDEX", str(tmp_path / "none"))
    assert run(AnswerQuestion()).reply.status == "failed_index"
    monkeypatch.setenv("GUIDEBOOK_INDEX", str(real_places["GUIDEBOOK_INDEX"]))
    assert run(AnswerQuestion()).reply.status == "answered"


def test_first_steps_go_out_even_when_the_index_is_missing(
    unopened: None, run: "Run", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUIDEBOOK_INDEX", str(tmp_path / "none"))
    turn = run(AnswerQuestion(), "come and see this", intent="report_emergency")
    assert [reply.status for reply in turn.replies] == ["emergency", "failed_index"]


class Breaking:
    """A library whose parts quote what they were given when they break, as real ones do."""

    def answer(self, query: Any, context: Any, now: float) -> Any:
        raise RuntimeError(f"cannot read {query.text!r}")


def test_an_exception_inside_is_a_sentence_and_never_leaves(
    run: "Run", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runtime, "_library", Breaking())
    turn = run(AnswerQuestion(), f"{SECRET_WORD} hello")
    assert turn.reply.status == "failed_internal"
    assert turn.reply.text == messages.text("failed_internal", "en")
    assert SECRET_WORD not in turn.reply.to_json().__repr__()


@pytest.mark.parametrize(
    "metadata", [None, {}, "text", [], {"lang": "fr"}, {"lang": ["en"]}, {"province": "mars"}]
)
def test_odd_metadata_never_raises(opened: Library, run: "Run", metadata: object) -> None:
    assert run(AnswerQuestion(), metadata=metadata).reply.status == "answered"


@pytest.mark.parametrize("slot", ["text", [], {"at": "now"}, {"facets": 3, "at": 1}])
def test_an_odd_slot_never_raises(opened: Library, run: "Run", slot: object) -> None:
    assert run(AnswerQuestion(), context=slot).reply.status == "answered"


@pytest.mark.parametrize("broken", [False, True])
def test_no_word_of_the_message_reaches_a_log(
    opened: Library,
    run: "Run",
    remembered: Mapping[str, Any],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    broken: bool,
) -> None:
    caplog.set_level(logging.DEBUG)
    if broken:
        monkeypatch.setattr(runtime, "_library", Breaking())
    for intent in ("ask_guidance", "report_emergency"):
        run(AnswerQuestion(), f"and {SECRET_WORD}?", intent=intent, context=remembered)
    assert "answer_composed status=" in caplog.text or "action_failed action=" in caplog.text
    assert SECRET_WORD not in caplog.text
    assert "RPO" not in caplog.text
