"""The emergency reply needs nothing but the catalogues, and leads with what saves a life."""

import subprocess
import sys
from typing import Literal

import pytest

from guidebook import messages
from guidebook.emergency import emergency_reply


@pytest.mark.parametrize("lang", ["en", "ur"])
def test_it_says_lead_and_steps_in_the_asked_language(lang: Literal["en", "ur"]) -> None:
    reply = emergency_reply(lang)
    assert reply.status == "emergency"
    assert reply.lang == lang
    assert reply.text.split("\n") == [reply.lead, *reply.steps]
    assert {reply.lead, *reply.steps} <= set(messages.catalogue(lang).values())


@pytest.mark.parametrize("lang", ["en", "ur"])
def test_it_gives_15_and_1122_to_call_now_and_nothing_else(lang: Literal["en", "ur"]) -> None:
    reply = emergency_reply(lang)
    assert [(c.number, c.state) for c in reply.contacts] == [
        ("15", "call_now"),
        ("1122", "call_now"),
    ]
    assert reply.notice == messages.text("contact_note", lang)


def test_calling_comes_before_every_other_step_and_at_most_seven_are_shown() -> None:
    steps = emergency_reply("en").steps
    assert "15" in steps[0]
    assert "1122" in steps[0]
    assert len(steps) <= 7


def test_it_is_given_without_corpus_index_or_encoder() -> None:
    code = (
        "import sys; from guidebook.emergency import emergency_reply; emergency_reply('en'); "
        "heavy = {'torch', 'faiss', 'guidebook.corpus', 'guidebook.index'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
