"""The first-hour form as Rasa keeps it: one slot a question, and which one is asked.

The only place that knows the slots' names. What they mean is guidebook.first_hour's.
"""

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from guidebook.context import Context
from guidebook.first_hour import QUESTIONS
from guidebook.first_hour_form import Progress

FORM = "first_hour_form"
ASKED = "requested_slot"  # Rasa's own: the slot its form asks for next
PREFIX = "first_hour_"


def progress_of(tracker: Tracker, context: Context) -> Progress:
    """Where the form stands."""
    asked = str(tracker.get_slot(ASKED) or "").removeprefix(PREFIX)
    found = {name: tracker.get_slot(PREFIX + name) for name in QUESTIONS}
    return Progress(
        asked=asked if asked in QUESTIONS else None,
        answers={name: value for name, value in found.items() if isinstance(value, str)},
        mentions=context.mentions,
        failures=context.failures,
    )


def keep(tracker: Tracker, answers: Mapping[str, str]) -> list[dict[str, Any]]:
    """The events that keep the answers; a question without one is emptied."""
    return [
        dict(SlotSet(PREFIX + name, answers.get(name)))
        for name in QUESTIONS
        if tracker.get_slot(PREFIX + name) != answers.get(name)
    ]


def ask(question: str | None) -> list[dict[str, Any]]:
    """The event that names the next question; None ends Rasa's form."""
    return [dict(SlotSet(ASKED, None if question is None else PREFIX + question))]
