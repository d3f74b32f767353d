"""Every question, acknowledgement and end has its words and its buttons in both languages."""

from typing import get_args

import pytest

from guidebook.commands import command_in
from guidebook.first_hour import CHOICES, QUESTIONS, read
from guidebook.first_hour_form import Progress, Turn
from guidebook.first_hour_saying import changes, heard, question, stopped
from guidebook.vocabulary import STATUSES, Lang

LANGS = get_args(Lang)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("asked", QUESTIONS)
def test_every_question_has_a_button_a_value_and_one_to_skip(asked: str, lang: Lang) -> None:
    reply = question(Progress(asked), lang)
    assert reply.status in STATUSES
    *choices, skip = [button.payload for button in reply.suggestions]
    assert [read(words, asked).answers[asked] for words in choices] == list(CHOICES[asked])
    command = command_in(skip)
    assert command is not None
    assert command.name == "skip"


def test_what_was_heard_stands_before_the_question() -> None:
    progress = Progress("time", {"case": "rape", "age": "child", "family": "no"})
    turn = Turn("ask", progress, "unreadable", changed=("age",), noted=("family",))
    reply = question(progress, "en", heard(turn, "en"))
    assert reply.text.split("\n") == [
        'I could not read that as an answer. Tap one, or say "skip".',
        "Changed. Age: Child, under 18.",
        "Noted. Suspect: Not family.",
        "How long ago did it happen?",
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_a_correction_and_the_stop_are_said(lang: Lang) -> None:
    turn = Turn("finish", Progress(None, {"age": "adult"}), changed=("age",))
    drawn, same = changes(turn, lang, drawn=True).text, changes(turn, lang, drawn=False).text
    assert drawn.split("\n")[0] == same.split("\n")[0]
    assert drawn.split("\n")[1] != same.split("\n")[1]
    reply = stopped(lang)
    assert reply.status == "told_first_hour_stopped"
    command = command_in(reply.suggestions[0].payload)
    assert command is not None
    assert command.name == "start"


def test_without_a_question_on_the_table_nothing_is_asked() -> None:
    with pytest.raises(ValueError, match="no question"):
        question(Progress(None), "en")
