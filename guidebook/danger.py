"""The danger net: does a message signal danger now?

Rules in `data/danger.yml`, in three scripts, tuned for recall, and likeness to examples. It runs on
the masked text at the gateway, before Rasa and without it; Rasa's intent `report_emergency` is the
second trigger, the meaning of the whole (`is_meant`) the third. It never decides what the answer
is: a false alarm adds a line, it replaces nothing.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from guidebook.likeness import Like, Unlike, near, nearest, too_short
from guidebook.nets import Net, Weaver, ready

DATA = Path(__file__).resolve().parent / "data" / "danger.yml"

FEW_WORDS = 6
CRY_WORDS = 3
SURE = 0.4  # likeness that counts although the message looks back or asks for knowledge


@dataclass(frozen=True)
class Nets:
    """`certain` and `cry` are enough; the others give way to denial, the past and questions."""

    cry: Net
    certain: Net
    denied: tuple[Net, ...]
    likely: Net
    threat: Net
    short: Net
    present: Net
    settled: Net
    quiet: Net
    own_life: Net


@cache
def nets() -> Nets:
    """The nets, compiled once a process."""
    loaded = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    weave = Weaver(loaded["groups"])
    return Nets(
        cry=weave.net(loaded["cry"]),
        certain=weave.net(loaded["certain"]),
        denied=weave.nets(loaded["denied"]),
        likely=weave.net(loaded["likely"]),
        threat=weave.net(f"{rule} + <now>" for rule in loaded["threat"]),
        short=weave.net(loaded["short"]),
        present=weave.net(["<present>"]),
        settled=weave.net(loaded["settled"]),
        quiet=weave.net(["<past>", "<asks>"]),
        own_life=weave.net(loaded["own_life"]),
    )


def is_danger(text: str) -> bool:
    """True when `text` signals immediate danger to someone."""
    if is_named(text):
        return True
    message = ready(text)
    if _is_denied(message) or _is_settled(message):
        return False
    if _is_quiet(message):
        return near(text, "danger", SURE)
    return nearest(text, "danger") is not None


def is_named(text: str) -> bool:
    """True when words of `text` say so: the nets alone, without likeness."""
    message = ready(text)
    found = nets()
    count = message.count(" ")
    if found.certain.catches(message) or (count <= CRY_WORDS and found.cry.catches(message)):
        return True
    if _is_denied(message) or _is_quiet(message):
        return False
    few = count <= FEW_WORDS
    return (
        found.likely.catches(message)
        or found.threat.catches(message)
        or (few and found.short.catches(message))
    )


def _is_denied(message: str) -> bool:
    return any(net.catches(message) for net in nets().denied)


def _is_quiet(message: str) -> bool:
    """True for what looks back or asks for knowledge, and names nothing that happens now."""
    found = nets()
    return found.quiet.catches(message) and not found.present.catches(message)


def _is_settled(message: str) -> bool:
    """True for business of court, leave or hospital in a few words that name nothing of now."""
    found = nets()
    few = message.count(" ") <= FEW_WORDS
    return few and found.settled.catches(message) and not found.present.catches(message)


def threatens_own_life(text: str) -> bool:
    """True when somebody in `text` speaks of dying by their own hand."""
    return nets().own_life.catches(ready(text))


def is_meant(text: str, like: Like) -> bool:
    """True when `text` is `like` danger, whatever its words: for who can tell its meaning."""
    if is_denied(text) or _is_settled(ready(text)):
        return is_danger(text)
    return like(text, "danger") is not None


def is_possible(text: str, unlike: Unlike) -> bool:
    """True when `text` is not quite unlike danger: asking then costs less than silence. A few words
    that ask for knowledge, and name nothing that happens now, are not asked about."""
    message = ready(text)
    if too_short(text) or is_denied(text) or _is_settled(message):
        return False
    if message.count(" ") <= FEW_WORDS and _is_quiet(message):
        return False
    return not unlike(text, "danger")


def is_denied(text: str) -> bool:
    """True when `text` says that nobody is in danger, and takes nothing of it back."""
    return _is_denied(ready(text)) and not is_danger(text)
