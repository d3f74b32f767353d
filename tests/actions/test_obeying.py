"""Outside the form the words decide: settings, repetition, the card's start and correction."""

import asyncio
import time
from typing import Any

import pytest
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answer_question import AnswerQuestion
from actions.change_setting import ChangeSetting
from actions.form_slots import ASKED, PREFIX
from actions.redraw_card import RedrawCard
from actions.repeat_answer import RepeatAnswer
from guidebook import messages
from guidebook.emergency import emergency_reply
from guidebook.first_hour import CHOICES
from guidebook.library import Library
from guidebook.normalise import urdu_share
from guidebook.reply import Reply

Event = dict[str, Any]


def act(
    action: Action,
    text: str,
    *,
    intent: str = "ask_guidance",
    slots: dict[str, Any] | None = None,
    events: list[Event] | None = None,
    province: str = "kp",
) -> tuple[list[Event], list[Event]]:
    """What was said, and the events."""
    message = {"text": text, "intent": {"name": intent}, "metadata": {"province": province}}
    asked = [*(events or []), {"event": "user", "text": text}]
    tracker = Tracker("officer", slots or {}, message, asked, False, None, {}, None)
    dispatcher = CollectingDispatcher()
    found = asyncio.run(action.run(dispatcher, tracker, {}))
    return dispatcher.messages, found


def replies(said: list[Event]) -> list[Reply]:
    return [Reply.from_json(one["custom"]) for one in said]


def card_out(**context: Any) -> dict[str, Any]:
    answers = {PREFIX + name: values[0] for name, values in CHOICES.items()}
    known = {"at": time.time() - 60, "card_out": True, **context}
    return {**answers, ASKED: None, "context": known}


ACTIONS = [AnswerQuestion(), ChangeSetting(), RepeatAnswer(), RedrawCard()]


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name())
def test_each_action_obeys_whatever_intent_led_to_it(action: Action) -> None:
    said, events = act(action, "main Sindh se hun")
    (reply,) = replies(said)
    assert reply.status == "told_province"
    assert events[0]["value"]["province"] == "sindh"


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name())
def test_what_is_no_command_is_answered_as_a_question(opened: Library, action: Action) -> None:
    said, _ = act(action, "What principles underlie police cooperation?")
    assert replies(said)[0].status == "answered"


def test_the_province_said_is_used_for_the_questions_that_follow(opened: Library) -> None:
    def answered_for(slots: dict[str, Any]) -> str:
        said, _ = act(
            AnswerQuestion(), "Which domestic violence law is in force here?", slots=slots
        )
        return replies(said)[0].citations[0].jurisdiction

    _, events = act(AnswerQuestion(), "I am in Punjab")
    assert answered_for({"context": events[0]["value"]}) == "punjab"
    assert answered_for({}) == "kp"


def test_a_province_named_in_one_question_is_not_remembered(opened: Library) -> None:
    _, events = act(AnswerQuestion(), "In Punjab, who protects a woman beaten at home?")
    assert events[0]["value"]["province"] is None


def test_the_province_a_question_is_said_to_be_of_holds_for_the_next(opened: Library) -> None:
    _, events = act(AnswerQuestion(), "this is Punjab actually. which law for violence at home")
    assert events[0]["value"]["province"] == "punjab"
    _, back = act(
        AnswerQuestion(), "no sorry it is KP. same question", slots={"context": events[0]["value"]}
    )
    assert back[0]["value"]["province"] == "kp"


def test_a_province_told_in_passing_sets_none(opened: Library) -> None:
    question = "A girl of 16 is to be married in KP. Is that child marriage, as it is in Islamabad?"
    _, events = act(AnswerQuestion(), question)
    assert events[0]["value"]["province"] is None


def test_a_language_is_acknowledged_in_itself() -> None:
    said, _ = act(ChangeSetting(), "Urdu mein batao")
    (reply,) = replies(said)
    assert (reply.status, reply.lang) == ("told_language", "ur")


def test_the_last_answer_is_said_again_in_the_language_wished_for(opened: Library) -> None:
    asked, _ = act(AnswerQuestion(), "which section for acid on a woman")
    events: list[Event] = [
        {"event": "user", "text": "first"},
        *({"event": "bot", "data": one, "metadata": {}} for one in asked),
        {"event": "user", "text": "a word between"},
    ]
    english = replies(asked)[-1]
    said, _ = act(ChangeSetting(), "Urdu mein batao", events=events)
    told, urdu = replies(said)
    assert (told.status, urdu.lang) == ("told_language", "ur")
    assert urdu.status == english.status
    assert [c.passage_id for c in urdu.citations] == [c.passage_id for c in english.citations]
    assert urdu.text != english.text
    assert all(line in urdu.citations[0].quote for line in urdu.steps)
    assert urdu.notice is not None
    assert urdu.notice.endswith(messages.text("translated_text", "ur"))
    assert urdu.strength == english.strength
    assert len(urdu.suggestions) > 1
    assert all(urdu_share(one.title) > 0.5 for one in urdu.suggestions)


def test_the_last_replies_are_said_again_in_order() -> None:
    reply = emergency_reply("en").to_json()
    events: list[Event] = [
        {"event": "user", "text": "first"},
        {"event": "bot", "data": {"custom": {"status": "of another turn"}}, "metadata": {}},
        {"event": "user", "text": "second"},
        {"event": "bot", "data": {"custom": reply}, "metadata": {}},
        {"event": "bot", "data": {}, "metadata": {"utter_action": "utter_thank"}},
    ]
    said, _ = act(RepeatAnswer(), "repeat", events=events)
    assert said[0]["custom"] == reply
    assert said[1]["response"] == "utter_thank"


@pytest.mark.parametrize(
    "events",
    [
        [],
        [{"event": "user", "text": "a"}],
        [
            {"event": "user", "text": "a"},
            {"event": "bot", "data": {"custom": {"status": "invented"}}, "metadata": None},
        ],
        [{"event": "user", "text": "a"}, {"event": "bot", "data": None}],
    ],
)
def test_without_anything_to_repeat_it_says_so(events: list[Event]) -> None:
    said, _ = act(RepeatAnswer(), "dobara", events=events)
    assert [reply.status for reply in replies(said)] == ["told_nothing_to_repeat"]


def test_the_card_is_started_also_when_the_classifier_took_it_for_a_question() -> None:
    said, events = act(AnswerQuestion(), "first hour card please")
    assert said == []
    assert events == [{"event": "followup", "timestamp": None, "name": "first_hour_form"}]


def test_a_correction_draws_the_card_again(opened: Library) -> None:
    said, events = act(RedrawCard(), "no, she is 19", intent="correct_fact", slots=card_out())
    heard, card = replies(said)
    assert heard.text.startswith("Changed. Age: Adult")
    assert card.card is not None
    assert {fact.name: fact.value for fact in card.card.facts}["age"] == "Adult, 18 or older"
    kept = {event["name"]: event["value"] for event in events}
    assert kept[f"{PREFIX}age"] == "adult"
    assert kept["context"]["card_out"] is True


def test_a_correction_that_changes_no_step_is_heard_in_a_line(opened: Library) -> None:
    slots = {**card_out(), f"{PREFIX}family": "yes"}
    said, events = act(AnswerQuestion(), "no, a stranger did it", slots=slots)
    (heard,) = replies(said)
    assert heard.text.startswith("Changed. Suspect: Not family.")
    assert heard.text.endswith("To see it, write: my card.")
    assert {event["name"]: event["value"] for event in events}[f"{PREFIX}family"] == "no"


@pytest.mark.parametrize("words", ["show my card again", "mera card dikhao", "میرا کارڈ"])
def test_the_card_that_is_out_is_shown_again(opened: Library, words: str) -> None:
    said, _ = act(AnswerQuestion(), words, slots=card_out())
    (card,) = replies(said)
    assert card.card is not None


def test_what_is_told_with_the_wish_for_the_card_stands_on_it(opened: Library) -> None:
    slots = {**card_out(), f"{PREFIX}injuries": "no"}
    said, _ = act(AnswerQuestion(), "show my card again, her arm is broken", slots=slots)
    heard, card = replies(said)
    assert "Injuries" in heard.text
    assert card.card is not None
    assert {fact.name: fact.value for fact in card.card.facts}["injuries"] == "Someone is hurt"


def test_danger_told_with_the_wish_for_the_card_comes_before_it(opened: Library) -> None:
    slots = {**card_out(), f"{PREFIX}danger": "no"}
    said, events = act(AnswerQuestion(), "show my card again, she is unconscious now", slots=slots)
    statuses = [reply.status for reply in replies(said)]
    assert statuses[0] == "emergency"
    assert statuses[-1] == "told_first_hour"
    assert {event["name"]: event["value"] for event in events}[f"{PREFIX}danger"] == "yes"


def test_without_a_card_the_wish_for_it_starts_one() -> None:
    _, events = act(AnswerQuestion(), "show my card again")
    assert events == [{"event": "followup", "timestamp": None, "name": "first_hour_form"}]


def test_danger_that_arose_after_the_card_gets_first_steps(opened: Library) -> None:
    slots = {**card_out(), f"{PREFIX}danger": "no"}
    said, _ = act(AnswerQuestion(), "no, she is not safe", slots=slots)
    first, *_ = replies(said)
    assert first.status == "emergency"


def test_without_a_card_a_correction_is_a_question(opened: Library) -> None:
    said, _ = act(RedrawCard(), "no, she is 19", intent="correct_fact")
    assert replies(said)[0].card is None


def test_a_card_of_an_earlier_hour_is_not_corrected(opened: Library) -> None:
    said, _ = act(RedrawCard(), "no, she is 19", slots=card_out(at=time.time() - 3600))
    assert replies(said)[0].card is None


def test_two_refusals_in_a_row_end_in_whom_to_ask(opened: Library) -> None:
    slots: dict[str, Any] = {}
    statuses = []
    for text in ("What is the colour of the register cover in Kohat?", "zzz fff ggg"):
        said, events = act(AnswerQuestion(), text, intent="nlu_fallback", slots=slots)
        slots = {"context": events[0]["value"]}
        statuses.append(replies(said)[0].status)
    assert statuses == ["unanswerable_no_passage", "unanswerable_ask_person"]
    assert replies(said)[0].contacts
    _, events = act(AnswerQuestion(), "What principles underlie police cooperation?", slots=slots)
    assert events[0]["value"]["failures"] == 0


@pytest.mark.parametrize("word", ["bas", "stop", "بس کریں"])
def test_a_wish_to_stop_gets_one_line_and_no_search(word: str) -> None:
    said, events = act(AnswerQuestion(), word)
    assert said == []
    assert [(event["event"], event["name"]) for event in events] == [("followup", "utter_stop")]
