"""An action that cannot raise: Rasa would turn an exception into silence.

Subclasses write `reply_to`; whatever it raises becomes a sentence to the officer and one log line
with the kind of error, never its text: messages of libraries quote what they were given.
"""

import logging
import os
from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import turn
from guidebook import messages
from guidebook.errors import GuidebookError
from guidebook.reply import Reply
from guidebook.settings import Settings
from guidebook.vocabulary import Lang

log = logging.getLogger(__name__)


class GuardedAction(Action, ABC):  # type: ignore[misc]  # rasa_sdk has no types
    """Base of every action here."""

    @abstractmethod
    def reply_to(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[dict[str, Any]]:
        """Say something and return the events to remember."""

    def events_on_failure(self, tracker: Tracker) -> list[dict[str, Any]]:
        """What Rasa is told when `reply_to` failed: nothing, unless a subclass knows better."""
        return []

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Called by the action server. Never raises."""
        try:
            return self.reply_to(dispatcher, tracker)
        except GuidebookError as error:
            status, kind = "failed_index", type(error).__name__
        except Exception as error:  # the last resort: see the module docstring
            status, kind = "failed_internal", type(error).__name__
        log.error("action_failed action=%s status=%s error=%s", self.name(), status, kind)
        lang: Lang = turn.lang_of(tracker) or "en"
        turn.say(dispatcher, Reply(status=status, lang=lang, text=messages.text(status, lang)))
        return self.events_on_failure(tracker)


def settings() -> Settings:
    """The settings of this process."""
    return Settings.from_environ(os.environ)
