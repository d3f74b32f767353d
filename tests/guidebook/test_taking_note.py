"""What only takes note of the last answer is no part of the next question."""

import pytest

from guidebook.context import Context
from guidebook.query import Query
from guidebook.taking_note import said_now

IN_A_TALK = Context(resolved_query="she swallowed wheat pills and died")


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        (
            "good, body goes to doctor. what do i ask the doctor to keep",
            "what do i ask the doctor to keep",
        ),
        (
            "164 me mulzim samne hoga, samajh gai. usko zamanat mil gai ab kia karun",
            "usko zamanat mil gai ab kia karun",
        ),
        (
            "ٹھیک ہے، لکھ لیا۔ اب ملزم کو کیسے پکڑوں اور کہاں رکھوں؟",
            "اب ملزم کو کیسے پکڑوں اور کہاں رکھوں؟",
        ),
        ("Ok. Noted. which section is it for the brother", "which section is it for the brother"),
    ],
)
def test_it_is_left_out_of_the_question(said: str, asked: str) -> None:
    assert said_now(Query(said), IN_A_TALK).text == asked


@pytest.mark.parametrize(
    "said",
    [
        "theek hai. kya karun",  # too little would be left
        "ok can I arrest him? his mother hides him in the house",  # it asks
        "he has a gun. how do I take it from him tonight",
        "leave it",
    ],
)
def test_what_asks_or_tells_stays(said: str) -> None:
    assert said_now(Query(said), IN_A_TALK).text == said


def test_before_anything_was_asked_nothing_is_left_out() -> None:
    said = "Good evening. a woman has come with burns on her hands"
    assert said_now(Query(said), Context()).text == said
