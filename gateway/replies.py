"""Turn what Rasa did into what the officer reads.

Every outcome becomes at least one Reply: Rasa's own, each checked against the contract, or a
sentence that says what failed and what to do next. A danger message gets its first steps before
anything else. The words stand in guidebook's catalogues; this module only chooses among them.
"""

import json
from dataclasses import dataclass
from typing import assert_never

from gateway.incoming import Message
from gateway.rasa_client import (
    Down,
    Malformed,
    RasaOutcome,
    RasaReply,
    Replied,
    Silent,
    Slow,
)
from guidebook import messages
from guidebook.emergency import emergency_reply
from guidebook.errors import ReplyFormatError
from guidebook.reply import Reply
from guidebook.vocabulary import Lang, family

SMALL_TALK = "told_small_talk"


@dataclass(frozen=True)
class Composed:
    """The replies of one turn. Only a final turn is given again unchanged when it is repeated."""

    replies: tuple[Reply, ...]

    @property
    def final(self) -> bool:
        """True when nothing failed."""
        return not any(family(reply.status) == "failed" for reply in self.replies)


def compose(outcome: RasaOutcome, message: Message, lang: Lang, *, warming_up: bool) -> Composed:
    """The turn's replies, first steps first."""
    replies = _read(outcome, lang)
    if replies is None:
        replies = (failed(_failure(outcome, warming_up=warming_up), lang),)
    # Rasa's actions know what the conversation was told, and may have said less than all steps.
    if message.danger and not any(family(reply.status) == "emergency" for reply in replies):
        replies = (emergency_reply(lang), *replies)
    return Composed(tuple(_marked(reply, message) for reply in replies))


def replies_while_off(message: Message, refusal: Reply) -> Composed:
    """The turn's replies while answers are off: first steps in danger, then the refusal."""
    first = (emergency_reply(refusal.lang),) if message.danger else ()
    return Composed(tuple(_marked(reply, message) for reply in (*first, refusal)))


def failed(status: str, lang: Lang) -> Reply:
    """The reply for one of the failures; its status is also the key of its sentence."""
    return Reply(status=status, lang=lang, text=messages.text(status, lang))


def first_steps_alone(message: Message, lang: Lang, failure: str) -> tuple[Reply, ...]:
    """For a danger message that could not become a turn: first steps, then what failed."""
    return tuple(_marked(r, message) for r in (emergency_reply(lang), failed(failure, lang)))


def _failure(outcome: RasaOutcome, *, warming_up: bool) -> str:
    match outcome:
        case Down():
            return "failed_warming_up" if warming_up else "failed_rasa_down"
        case Slow():
            return "failed_rasa_slow"
        case Silent():
            return "failed_silent"
        case Malformed() | Replied():  # a reply that did not pass the check counts as malformed
            return "failed_malformed"
    assert_never(outcome)


def _read(outcome: RasaOutcome, lang: Lang) -> tuple[Reply, ...] | None:
    """The replies in the outcome; None when there are none, or one is not a Reply."""
    if not isinstance(outcome, Replied):
        return None
    try:
        return tuple(_reply(item, lang) for item in outcome.replies)
    except ReplyFormatError:
        return None


def _reply(item: RasaReply, lang: Lang) -> Reply:
    fixed = {"status": item.status or SMALL_TALK, "lang": lang, "text": item.text}
    reply = Reply.from_json(item.custom if item.custom is not None else fixed)
    try:
        json.dumps(reply.to_json(), ensure_ascii=False, allow_nan=False).encode()
    except ValueError as error:  # half a character or NaN: legal for json.loads, not for a browser
        raise ReplyFormatError(f"The reply is not plain JSON ({type(error).__name__}).") from None
    return reply


def _marked(reply: Reply, message: Message) -> Reply:
    return reply.model_copy(update={"masked": message.masked})
