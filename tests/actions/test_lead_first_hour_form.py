"""The form's action does what the library decided: asks, answers in between, gives the card."""

import asyncio
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import runtime
from actions.form_slots import ASKED, FORM, PREFIX
from actions.lead_first_hour_form import LeadFirstHourForm
from guidebook import messages
from guidebook.first_hour import QUESTIONS
from guidebook.library import Library
from guidebook.reply import Reply

SECRET_WORD = "zxqvword"


@dataclass
class Officer:
    """One conversation in the form: what the action sets is there at the next message."""

    slots: dict[str, Any]
    metadata: Mapping[str, Any]
    said: list[dict[str, Any]]

    def says(self, text: str, intent: str | None = None, confidence: float = 0.9) -> list[Reply]:
        """The replies of the library's own words; fixed responses are in `said`."""
        message: dict[str, Any] = {
            "text": text,
            "intent": {"name": intent, "confidence": confidence},
            "metadata": self.metadata,
        }
        tracker = Tracker("officer", self.slots, message, [], False, None, {"name": FORM}, None)
        dispatcher = CollectingDispatcher()
        events = asyncio.run(LeadFirstHourForm().run(dispatcher, tracker, {}))
        self.slots |= {event["name"]: event["value"] for event in events}
        assert any(event["name"] != ASKED for event in events), "Rasa would reject the form"
        self.said = dispatcher.messages
        return [Reply.from_json(one["custom"]) for one in self.said if one["custom"]]

    @property
    def asked(self) -> str | None:
        """The question on the table."""
        slot: str | None = self.slots[ASKED]
        return None if slot is None else slot.removeprefix(PREFIX)

    @property
    def responses(self) -> list[str]:
        """The fixed responses of the last turn."""
        return [one["response"] for one in self.said if one.get("response")]


@pytest.fixture
def officer(opened: Library) -> Officer:
    slots = {PREFIX + name: None for name in QUESTIONS}
    return Officer({**slots, ASKED: None, "context": None}, {"province": "kp"}, [])


def test_it_has_the_name_rasa_calls_the_form_by() -> None:
    assert LeadFirstHourForm().name() == "validate_first_hour_form"


def test_a_whole_form_by_sentences_ends_in_a_card(officer: Officer) -> None:
    (opening,) = officer.says("start the first-hour card", "start_first_hour")
    assert opening.status == "asked_case"
    officer.says("girl of 15, raped by her uncle last night")
    assert officer.asked == "danger"
    officer.says("no")
    officer.says("she is bleeding")
    *_, card = officer.says("we are at the hospital")
    assert card.status == "told_first_hour"
    assert officer.slots[ASKED] is None
    assert card.card is not None
    assert {fact.name for fact in card.card.facts} == set(QUESTIONS)
    assert officer.slots["context"]["card_out"] is True


def test_a_new_card_starts_without_the_answers_of_the_last(officer: Officer) -> None:
    officer.slots |= {PREFIX + name: "unknown" for name in QUESTIONS}
    officer.says("start the first-hour card", "start_first_hour")
    assert [officer.slots[PREFIX + name] for name in QUESTIONS] == [None] * len(QUESTIONS)


def test_danger_gets_first_steps_before_the_next_question(officer: Officer) -> None:
    officer.says("first hour card: rape")
    first, asked = officer.says("yes")
    assert (first.status, asked.status) == ("emergency", "asked_age")
    again = officer.says("child")
    assert [reply.status for reply in again] == ["asked_time"]


def test_who_puts_the_card_away_with_a_question_gets_the_answer_and_no_form(
    officer: Officer,
) -> None:
    officer.says("first hour card: rape")
    answer, *more = officer.says("stop card. how soon must a doctor examine her?", "ask_guidance")
    assert "medical" in answer.citations[0].passage_id
    assert (more, officer.asked) == ([], None)


def test_facts_told_with_a_question_are_kept(officer: Officer) -> None:
    officer.says("first hour card: rape")
    officer.says("no danger")
    answer, asked = officer.says("adult. how soon must a doctor examine her?", "ask_guidance")
    assert "medical" in answer.citations[0].passage_id
    assert (asked.status, officer.slots[PREFIX + "age"]) == ("asked_time", "adult")


def test_the_last_fact_told_with_a_question_brings_the_card(officer: Officer) -> None:
    officer.says("first hour card: rape")
    for _ in QUESTIONS[1:-1]:
        officer.says("skip")
    replies = officer.says("at the station. how soon must a doctor examine her?", "ask_guidance")
    assert [reply.status for reply in replies][-1] == "told_first_hour"
    assert (officer.asked, officer.slots[PREFIX + "place"]) == (None, "station")


def test_first_steps_are_said_once_while_the_card_is_asked_for(officer: Officer) -> None:
    officer.says("first hour card: rape")
    first, asked = officer.says("he is strangling her right now")
    assert (first.status, asked.status) == ("emergency", "asked_age")
    again, asked = officer.says("child, her face is blue and she does not answer us any more")
    assert (again.status, asked.status) == ("emergency_again", "asked_time")


def test_a_question_in_between_is_answered_for_the_case_and_asked_again(officer: Officer) -> None:
    officer.says("first hour card: rape")
    answer, asked = officer.says("how soon must a doctor examine her?", "ask_guidance")
    assert answer.status.startswith("answered")
    assert "medical" in answer.citations[0].passage_id
    assert (asked.status, officer.asked) == ("asked_danger", "danger")


def test_a_refused_question_does_not_count_as_an_unreadable_answer(officer: Officer) -> None:
    officer.says("first hour card: rape")
    officer.says("what is the price of onions on mars?", "out_of_scope")
    (asked,) = officer.says("qwer zxcv")
    assert asked.status == "asked_danger"
    (asked,) = officer.says("qwer zxcv")
    assert asked.status == "asked_age"


def test_talk_that_no_passage_firmly_answers_is_an_unreadable_answer(officer: Officer) -> None:
    officer.says("first hour card: rape")
    (asked,) = officer.says("cricket is a game of eleven players", "ask_guidance")
    assert asked.text.startswith(messages.text("first_hour_unreadable", "en"))


@pytest.mark.parametrize(
    ("intent", "response"),
    [
        ("thank", "utter_thank"),
        ("greet", "utter_greet"),
        ("ask_capabilities", "utter_capabilities"),
    ],
)
def test_a_courtesy_is_returned_and_the_question_asked_again(
    officer: Officer, intent: str, response: str
) -> None:
    officer.says("first hour card: rape")
    (asked,) = officer.says("well well", intent)
    assert (officer.responses, asked.status) == ([response], "asked_danger")


def test_an_unsure_courtesy_is_an_answer_not_understood(officer: Officer) -> None:
    officer.says("first hour card: rape")
    officer.says("well well", "greet", confidence=0.3)
    assert officer.responses == []


def test_documents_and_sources_can_be_asked_for_in_between(officer: Officer) -> None:
    officer.says("first hour card: rape")
    documents, _ = officer.says("which documents do you have", "list_documents")
    source, _ = officer.says("show me the source", "show_source")
    assert (documents.status, source.status) == ("told_documents", "told_no_source")


def test_a_province_said_in_between_decides_the_card(officer: Officer) -> None:
    officer.says("first hour card")
    told, asked = officer.says("main Lahore se hun")
    assert (told.status, asked.status) == ("told_province", "asked_case")
    for _ in QUESTIONS:
        replies = officer.says("skip")
    assert {c.jurisdiction for c in replies[0].citations} <= {"punjab", "pakistan", "international"}
    assert replies[0].assumed == ()


def test_a_language_said_in_between_is_the_next_questions_language(officer: Officer) -> None:
    officer.says("first hour card")
    told, asked = officer.says("Urdu mein batao")
    assert (told.lang, asked.lang) == ("ur", "ur")


def test_stop_ends_the_form_and_forgets(officer: Officer) -> None:
    officer.says("first hour card: rape of a child")
    (stopped,) = officer.says("bas")
    assert (stopped.status, officer.asked) == ("told_first_hour_stopped", None)
    assert officer.slots[PREFIX + "case"] is None
    assert officer.slots["context"]["card_out"] is False


def test_a_goodbye_ends_it_with_a_goodbye(officer: Officer) -> None:
    officer.says("first hour card")
    assert officer.says("khuda hafiz", "goodbye") == []
    assert (officer.responses, officer.asked) == (["utter_goodbye"], None)


def test_a_missing_index_is_a_sentence_and_the_form_stays(
    unopened: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUIDEBOOK_INDEX", str(tmp_path / "none"))
    slots = {PREFIX + name: None for name in QUESTIONS}
    context = {"at": time.time(), "failures": 1}
    one = Officer({**slots, ASKED: f"{PREFIX}danger", "context": context}, {}, [])
    (failed,) = one.says("can the medical wait?")
    assert failed.status == "failed_index"
    assert (one.asked, one.slots["context"]) == ("danger", context)


class Breaking:
    """A library that quotes what it was given when it breaks."""

    def answer(self, query: Any, context: Any, now: float) -> Any:
        raise RuntimeError(f"cannot read {query.text!r}")


def test_no_word_of_an_answer_reaches_a_log(
    officer: Officer, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    officer.says(f"first hour card {SECRET_WORD}")
    officer.says(f"her uncle {SECRET_WORD} did it")
    monkeypatch.setattr(runtime, "_library", Breaking())
    (failed,) = officer.says(f"can {SECRET_WORD} wait?")
    assert failed.status == "failed_internal"
    assert SECRET_WORD not in caplog.text
    assert SECRET_WORD not in repr(officer.slots)
