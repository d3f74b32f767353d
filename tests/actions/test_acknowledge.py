"""A farewell is a farewell, unless an officer speaks of himself."""

import asyncio
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.acknowledge import RESPONSES, Acknowledge
from guidebook.library import Library
from guidebook.reply import Reply


def said(text: str, intent: str) -> list[str]:
    """The responses and statuses that come back."""
    message: dict[str, Any] = {
        "text": text,
        "intent": {"name": intent},
        "entities": [],
        "metadata": None,
    }
    tracker = Tracker("officer", {"context": None}, message, [], False, None, {}, None)
    dispatcher = CollectingDispatcher()
    asyncio.run(Acknowledge().run(dispatcher, tracker, {}))
    return [
        one.get("response") or Reply.from_json(one["custom"]).status for one in dispatcher.messages
    ]


@pytest.mark.parametrize(
    ("text", "intent"),
    [("bas", "stop"), ("khuda hafiz", "goodbye"), ("that is the wrong law", "give_feedback")],
)
def test_what_is_meant_as_such_gets_its_response(opened: Library, text: str, intent: str) -> None:
    assert said(text, intent) == [RESPONSES[intent]]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("i cant do this anymore", "stop"),
        ("i have had enough", "stop"),
        ("i am done with everything", "goodbye"),
        ("i dont care anymore", "goodbye"),
        ("cant go on like this", "give_feedback"),
    ],
)
def test_despair_is_heard_whatever_the_intent(opened: Library, text: str, intent: str) -> None:
    assert "told_support_exhausted" in said(text, intent)
