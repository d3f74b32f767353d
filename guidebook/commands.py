"""Recognise a message about the conversation itself: a card, stop, skip, a language, a province.

Rules in `data/commands.yml`, in three scripts, so that a command works whatever the classifier
makes of it. What a command does is decided elsewhere.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from guidebook import facets
from guidebook.nets import Net, Weaver, ready
from guidebook.questions import asks
from guidebook.vocabulary import Lang

DATA = Path(__file__).resolve().parent / "data" / "commands.yml"

Name = Literal["card", "start", "stop", "language", "repeat", "skip", "province"]

_CLAUSES = re.compile(r"[.,;:!?\u060c\u061b\u061f\u06d4\n]+")
WHERE_WORDS = 7


@dataclass(frozen=True)
class Command:
    """What is wished; `value` is the language or the province, else None."""

    name: Name
    value: str | None = None


@dataclass(frozen=True)
class _Form:
    """How one command is put. `values` has one net each; a command without values has `None`."""

    most_words: int
    in_question: bool
    values: tuple[tuple[str | None, Net], ...]


@cache
def _forms() -> dict[Name, _Form]:
    """Command -> how it is put, in the order they are tried."""
    weave = Weaver(_data()["groups"])
    return {name: _form(_data()[name], weave) for name in get_args(Name)}


@cache
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return loaded


def _form(item: dict[str, Any], weave: Weaver) -> _Form:
    unless: Sequence[str] = item.get("unless", ())
    rules: dict[str | None, Sequence[str]] = item.get("values") or {None: item["rules"]}
    return _Form(
        most_words=item["most_words"],
        in_question=item.get("in_question", False),
        values=tuple((value, weave.net(lines, unless)) for value, lines in rules.items()),
    )


def command_in(text: str) -> Command | None:
    """The command this message is, or None when it says something of a case."""
    message = ready(text)
    asked = asks(text)
    for name, form in _forms().items():
        if message.count(" ") > form.most_words or (asked and not form.in_question):
            continue
        for value, net in form.values:
            if net.catches(message):
                if name != "province":
                    return Command(name, value)
                if place := facets.read(text).get("jurisdiction"):
                    return Command(name, place)
    return None


def place_said(text: str) -> str | None:
    """The province a message says it is about, whatever it asks: "this is Punjab actually". It is
    said in a few words of their own: what a story tells in passing is no setting."""
    for clause in _CLAUSES.split(text):
        few = 0 < len(clause.split()) <= WHERE_WORDS
        if few and not asks(clause) and _where().catches(ready(clause)):
            place = facets.read(clause).get("jurisdiction")
            if place is not None:
                return place
    return None


@cache
def _where() -> Net:
    item = _data()["where"]
    return Weaver(_data()["groups"]).net(item["rules"], item["unless"])


def wished_language(text: str) -> Lang | None:
    """The language an officer asks to be answered in, or None."""
    found = command_in(text)
    if found is None or found.name != "language":
        return None
    return "ur" if found.value == "ur" else "en"
