"""Capture what Rasa says, whole.

Rasa's own channels cut a response into text, buttons and attachments. The gateway wants it as it
was made: the words, the Reply an action built, and the name and status of a fixed response. The
same form is read back from the tracker, so a repeated message gets equal replies.
"""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import OutputChannel

Reply = dict[str, Any]


class CapturingOutput(OutputChannel):
    """Keep each response of one turn, in order."""

    def __init__(self) -> None:
        """Start with no replies."""
        self.replies: list[Reply] = []

    @classmethod
    def name(cls) -> str:
        """Return the name that responses may be narrowed to in domain.yml."""
        return "guidebook"

    async def send_response(
        self,
        recipient_id: str,  # the caller knows whose turn it is
        message: dict[str, Any],
    ) -> None:
        """Keep the response; nothing is sent before the turn is over."""
        self.replies.append(reply_of(message))


def reply_of(message: dict[str, Any]) -> Reply:
    """Return a bot message, as Rasa's BotUttered gives it, in the form of the contract."""
    metadata = message.get("metadata")
    status = metadata.get("status") if isinstance(metadata, dict) else None
    return {
        "text": message.get("text") or None,
        "custom": message.get("custom") or None,
        "utter_action": message.get("utter_action"),
        "status": status,
    }
