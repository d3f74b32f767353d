"""Read the decisive facts of a case out of a message: age, relation, how long ago, province ...

Rules in `data/facets.yml`, in three scripts. Only what is said is read; nothing is guessed.
A passage whose `applies_to` names another value contradicts the message and cannot win.
`age` is an age that was said; `accused_age` one that was said of an accused.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from guidebook.nets import Net, Weaver, ready

DATA = Path(__file__).resolve().parent / "data" / "facets.yml"
GROWN = 18
_BARE_AGE = re.compile(
    r"(?:age|umar|umr|عمر)? ?(\d{1,2}) (?:saal|sal|yiar|yiars|yo|y|سال)(?: ki| ka| old| hai)?"
)
"""A message of an age alone, as nets.ready writes it: "15 saal"."""

Facets = Mapping[str, str]


@cache
def nets() -> dict[str, dict[str, tuple[Net, ...]]]:
    """Facet -> value -> nets, in the order they are tried."""
    loaded = _data()
    weave = Weaver(loaded["groups"])
    return {
        facet: {value: weave.nets(items) for value, items in values.items()}
        for facet, values in loaded.items()
        if facet not in ("groups", "districts", "denied")
    }


@cache
def _data() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return loaded


@cache
def _spoken() -> dict[str, Net]:
    weave = Weaver(_data()["groups"])
    return {
        "sex": weave.net(["<male>", "<trans>"]),
        "role": weave.net(["<accused>"]),
        "outcome": weave.net(["<of_death>"]),
    }


@cache
def _districts() -> tuple[Net, tuple[Net, ...]]:
    """What speaks of a case, and a net for each district."""
    weave = Weaver(_data()["groups"])
    return weave.net(["<reported>"], ["<service>"]), tuple(
        weave.net([line]) for line in _data()["districts"]
    )


def speaks_of_other(facet: str, text: str) -> bool:
    """True when someone in the message is not the woman who complains: for `sex` a man, a boy or
    a transgender person, for `role` one of those who may be the accused; for `outcome` what goes
    with a death."""
    return facet in _spoken() and _spoken()[facet].catches(ready(text))


def speaks_of_man(text: str) -> bool:
    """True when the message is about a man and no woman: "how long can I keep him?"."""
    message = ready(text)
    about_man, about_woman = _pronouns()
    return about_man.catches(message) and not about_woman.catches(message)


@cache
def _pronouns() -> tuple[Net, Net]:
    weave = Weaver(_data()["groups"])
    return weave.net(["he|him|<male>"]), weave.net(["she|her|mulzima|ملزمہ|<female>"])


def case_told(text: str, stated: Facets, before: str | None) -> str | None:
    """The message that told of the case, `text` or the one `before`: what was done to her is one,
    and so are two other facts where nothing was told yet."""
    return text if tells_harm(stated) or (before is None and len(stated) > 1) else before


def tells_harm(stated: Facets) -> bool:
    """True when it was said what was done to her."""
    return "harm" in stated or "nikah" in stated


def read(text: str) -> dict[str, str]:
    """The facets `text` states, one value each."""
    message = ready(text)
    affirmed = _affirmed(message)
    found = {}
    for facet, values in nets().items():
        heard = affirmed if facet == "harm" else message
        for value, tried in values.items():
            if any(net.catches(heard) for net in tried):
                found[facet] = value
                break
    bare = _BARE_AGE.fullmatch(message.strip())
    if bare is not None:
        found.setdefault("age", "child" if int(bare[1]) < GROWN else "adult")
    if "district" not in found and _names_two_districts(message):
        found["district"] = "other"
    return _with_whose_age(found)


def names_place(word: str) -> bool:
    """True for the name of a province, or of a place in one."""
    return "jurisdiction" in read(word)


@cache
def _denials() -> tuple[re.Pattern[str], ...]:
    weave = Weaver(_data()["groups"])
    return tuple(weave.rule(line).parts[0] for line in _data()["denied"])


def _affirmed(message: str) -> str:
    """The message without the harms that it denies."""
    for denial in _denials():
        message = denial.sub("", message)
    return message


def _names_two_districts(message: str) -> bool:
    """True for a case that happened in one district and is reported, or goes on, in another."""
    of_a_case, districts = _districts()
    return of_a_case.catches(message) and sum(net.catches(message) for net in districts) > 1


def _with_whose_age(found: dict[str, str]) -> dict[str, str]:
    """In a message on a suspect an age that is not said of anyone else is the suspect's too."""
    if found.get("role") == "suspect" and "age" in found:
        found.setdefault("accused_age", found["age"])
    return found


def contradicts(stated: Facets, applies_to: Mapping[str, tuple[str, ...]] | None) -> bool:
    """True when the message states a value the passage does not hold for."""
    if not applies_to:
        return False
    return any(
        facet in stated and stated[facet] not in values for facet, values in applies_to.items()
    )


def matches(stated: Facets, applies_to: Mapping[str, tuple[str, ...]] | None) -> int:
    """How many stated facets the passage is written for."""
    if not applies_to:
        return 0
    return sum(stated.get(facet) in values for facet, values in applies_to.items())
