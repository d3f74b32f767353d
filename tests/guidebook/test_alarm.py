"""First steps once; a line where they were said; a question where danger is only possible."""

import pytest

from guidebook import alarm, messages
from guidebook.context import Context
from guidebook.danger import is_danger, is_named
from guidebook.emergency import (
    NO_BURNS,
    OWN_LIFE,
    OWN_LIFE_TOO,
    STEPS,
    emergency_again,
    emergency_perhaps,
)
from guidebook.vocabulary import Lang, family

LESS_SURE = "her face has gone blue and she does not answer us any more"
CERTAIN = "he is strangling her right now"


def test_the_first_alarm_brings_all_steps() -> None:
    said, kept = alarm.sound(LESS_SURE, Context(), "en")
    assert said.status == "emergency"
    assert said.steps
    assert kept.alarm == "emergency"


def test_a_later_alarm_brings_the_numbers_alone() -> None:
    assert is_danger(LESS_SURE)
    assert not is_named(LESS_SURE)
    said, _ = alarm.sound(LESS_SURE, Context(alarm="emergency"), "en")
    assert (said.status, said.steps) == ("emergency_again", ())
    assert [contact.number for contact in said.contacts] == ["15", "1122"]


def test_words_that_name_a_danger_bring_the_steps_again() -> None:
    assert is_named(CERTAIN)
    said, _ = alarm.sound(CERTAIN, Context(alarm="emergency"), "en")
    assert said.status == "emergency"


def test_a_question_after_the_steps_brings_the_numbers_alone() -> None:
    said, _ = alarm.sound(f"{CERTAIN} which section?", Context(alarm="emergency"), "en")
    assert said.status == "emergency_again"


def test_it_asks_once_and_then_the_first_steps_are_still_to_come() -> None:
    asked, kept = alarm.ask(Context(), "ur")
    assert asked == emergency_perhaps("ur")
    assert alarm.ask(kept, "ur") == (None, kept)
    said, _ = alarm.sound(LESS_SURE, kept, "ur")
    assert said.status == "emergency"


@pytest.mark.parametrize("lang", ["en", "ur"])
def test_its_button_is_heard_as_danger(lang: Lang) -> None:
    (button,) = emergency_perhaps(lang).suggestions
    assert is_named(button.payload)
    assert family(emergency_again(lang).status) == "emergency"


def test_who_speaks_of_dying_is_met_with_what_helps_against_that() -> None:
    alone, _ = alarm.sound("larki keh rahi hai mar jaungi, zeher kha lungi", Context(), "en")
    assert alone.steps == tuple(messages.text(step, "en") for step in OWN_LIFE)
    beaten, _ = alarm.sound("he beats her now and she says she will kill herself", Context(), "ur")
    assert beaten.steps == tuple(messages.text(step, "ur") for step in OWN_LIFE_TOO)


def test_rinsing_is_said_where_it_may_be_burns() -> None:
    beaten, _ = alarm.sound("he is beating her right now", Context(), "en")
    assert beaten.steps == tuple(messages.text(step, "en") for step in NO_BURNS)
    unknown, _ = alarm.sound("come fast, help her now", Context(), "en")
    assert unknown.steps == tuple(messages.text(step, "en") for step in STEPS)
