"""Which alarm goes before an answer, by what this conversation was told already.

First steps are said once: they are long, and whoever corrects a fact or goes on telling has read
them. Words that name a new danger bring them again; a question, and what only resembles danger,
bring a line.
Whether there is danger is heard by danger.py and library.py, the words stand in emergency.py.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from guidebook import facets, messages
from guidebook.context import Context
from guidebook.danger import is_danger, is_meant, is_named, threatens_own_life
from guidebook.emergency import (
    NO_BURNS,
    OWN_LIFE,
    OWN_LIFE_TOO,
    STEPS,
    emergency_again,
    emergency_perhaps,
    emergency_reply,
)
from guidebook.likeness import Like
from guidebook.normalise import fold
from guidebook.questions import asks
from guidebook.reply import Reply
from guidebook.vocabulary import Lang

STEPS_GIVEN = "emergency"
BURNS = "burns"  # of the facet `harm`; what is not known may be it


def sound(text: str, context: Context, lang: Lang) -> tuple[Reply, Context]:
    """The alarm for a message of danger, and what is remembered of it."""
    if context.alarm == STEPS_GIVEN and (asks(text) or not is_named(text)):
        return emergency_again(lang), context
    reply = emergency_reply(lang, _steps(text, context))
    return reply, replace(context, alarm=STEPS_GIVEN)


def _steps(text: str, context: Context) -> Sequence[str]:
    """What to do first, by the harm that `text` tells, or the case before it."""
    harm = facets.read(text).get("harm")
    if threatens_own_life(text):
        return OWN_LIFE if harm is None else OWN_LIFE_TOO
    return STEPS if (harm or context.facets.get("harm") or BURNS) == BURNS else NO_BURNS


def ask(context: Context, lang: Lang) -> tuple[Reply | None, Context]:
    """The question for a message that may be of danger; none where an alarm was given or asked."""
    if context.alarm is not None:
        return None, context
    asked = emergency_perhaps(lang)
    return asked, replace(context, alarm=asked.status)


def confirms(text: str) -> bool:
    """True for the button under that question: it asks nothing else."""
    buttons = (messages.text("emergency_yes", lang) for lang in get_args(Lang))
    return fold(text) in map(fold, buttons)


def reports(text: str, like: Like) -> bool:
    """True when `text` tells of danger and asks nothing."""
    return not asks(text) and (is_danger(text) or is_meant(text, like))
