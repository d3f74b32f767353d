"""Find a turn that the tracker already holds.

A repeated message is answered from here: also after the process was killed, as Rasa saves a turn
whole or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.replies import Reply, reply_of


@dataclass(frozen=True)
class RecordedTurn:
    """What the tracker holds of one turn."""

    replies: list[Reply]
    finished: bool
    is_last: bool

    @property
    def may_run_again(self) -> bool:
        """Say whether the turn told the officer nothing, or broke off, and nothing came after."""
        return self.is_last and not (self.finished and self.replies)


def find_turn(tracker: DialogueStateTracker, message_id: str) -> RecordedTurn | None:
    """Return the turn that began with `message_id`, if the tracker holds it."""
    replies: list[Reply] = []
    found = finished = False
    for event in tracker.events:
        if isinstance(event, UserUttered):
            if found:
                return RecordedTurn(replies, finished, is_last=False)
            found = event.message_id == message_id
        elif not found:
            continue
        elif isinstance(event, BotUttered):
            replies.append(reply_of(event.message()))
        elif isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME:
            finished = True
    return RecordedTurn(replies, finished, is_last=True) if found else None
