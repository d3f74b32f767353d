"""Recognise a request that gets a named reply of its own before any search.

Help for a writer who is hurt, worn out or has hurt someone; and what this product never does: draft
case papers, score risk, foretell a verdict, say where a survivor is, help to do wrong, answer
outside its field. Rules in `data/refusals.yml` and `data/support.yml`, in three scripts; support
also by likeness to examples. Evidence still decides everything else.
"""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from guidebook.likeness import Like, Unlike, near, nearest
from guidebook.nets import Net, Weaver, ready
from guidebook.vocabulary import supports

DATA = Path(__file__).resolve().parent / "data"
FILES = ("support.yml", "refusals.yml")
OTHERS = ("after_support", "quiet")  # parts of support.yml that are no status
DESPAIR = "told_support_exhausted"
FEW_WORDS = 6
LONG_WORDS = 60  # a pasted story: what is wished stands at its end, the rest is told
LAST_WORDS = 8
SURE = 0.5  # likeness to a disclosure that counts although somebody else is spoken of

Nets = dict[str, tuple[Net, ...]]


def never(text: str, family: str) -> bool:
    """Without an encoder nothing is known to be unlike."""
    return False


@cache
def nets() -> Nets:
    """Status -> its nets, in the order they are tried."""
    found: Nets = {}
    for name in FILES:
        loaded = _loaded(name)
        weave = Weaver(loaded.pop("groups"))
        for other in OTHERS:
            loaded.pop(other, None)
        found |= {status: weave.nets(items) for status, items in loaded.items()}
    return found


@cache
def quiet() -> Net:
    """What makes likeness to a disclosure count for nothing."""
    loaded = _loaded("support.yml")
    return Weaver(loaded["groups"]).net(loaded["quiet"])


@cache
def after_support() -> Nets:
    """What may follow a support reply, by name: `numbers` again, or `meant_a_case`."""
    loaded = _loaded("support.yml")
    weave = Weaver(loaded["groups"])
    return {name: weave.nets(items) for name, items in loaded["after_support"].items()}


def named_status(text: str, like: Like = nearest, unlike: Unlike = never) -> str | None:
    """The status this request ends in, or None when it is a question for the corpus.

    `like` names what a message resembles that no rule caught; `unlike` tells that a disclosure some
    rule caught is none.
    """
    status = named_by_rule(text)
    if status is not None and not (supports(status) and unlike(text, "support")):
        return status
    if quiet().catches(ready(text)) and not near(text, "support", SURE):
        return None
    return like(text, "support")


def named_by_rule(text: str) -> str | None:
    """The first status whose rules catch `text`, or None."""
    message = ready(text)
    said = message.split()
    wished = " ".join(said[-LAST_WORDS:]) + " " if len(said) > LONG_WORDS else message
    for status, tried in nets().items():
        read = message if supports(status) else wished
        if any(net.catches(read) for net in tried):
            return status
    return None


def goes_on(status: str, disclosed: str | None) -> str:
    """The status of a disclosure after an earlier one: who spoke of the end of his strength still
    does, whatever the next message alone resembles."""
    earlier = named_by_rule(disclosed) if disclosed is not None else None
    return DESPAIR if earlier == DESPAIR else status


def wants_numbers(text: str) -> bool:
    """True for a word or two that ask for the numbers again."""
    return _follows("numbers", text)


def meant_a_case(text: str) -> bool:
    """True when the writer says that the last message was about a case."""
    return _follows("meant_a_case", text)


def meant_themselves(text: str) -> bool:
    """True when the writer says again that they speak of themselves."""
    return _follows("meant_themselves", text)


def _follows(name: str, text: str) -> bool:
    message = ready(text)
    few = message.count(" ") <= FEW_WORDS
    return few and any(net.catches(message) for net in after_support()[name])


def _loaded(name: str) -> Any:
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
