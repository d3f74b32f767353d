"""Read the decisive facts of a case out of a message: age, relation, online or not, province ...

Rules in `data/facets.yml`, in three scripts. Only what is said is read; nothing is guessed.
A passage whose `applies_to` names another value contradicts the message and cannot win.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from guidebook.nets import Net, Weaver, ready

DATA = Path(__file__).resolve().parent / "data" / "facets.yml"
Facets = Mapping[str, str]


@cache
def nets() -> dict[str, dict[str, tuple[Net, ...]]]:
    """Facet -> value -> nets, in the order they are tried."""
    loaded = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    weave = Weaver(loaded.pop("groups"))
    return {
        facet: {value: weave.nets(items) for value, items in values.items()}
        for facet, values in loaded.items()
    }


@cache
def _spoken() -> dict[str, Net]:
    groups = yaml.safe_load(DATA.read_text(encoding="utf-8"))["groups"]
    weave = Weaver(groups)
    return {"sex": weave.net(["<male>", "<trans>"]), "role": weave.net(["<accused>"])}


def speaks_of_other(facet: str, text: str) -> bool:
    """True when someone in the message is not the woman who complains: for `sex` a man, a boy or
    a transgender person, for `role` one of those who may be the accused."""
    return _spoken()[facet].catches(ready(text))


def read(text: str) -> dict[str, str]:
    """The facets `text` states, one value each."""
    message = ready(text)
    found = {}
    for facet, values in nets().items():
        for value, tried in values.items():
            if any(net.catches(message) for net in tried):
                found[facet] = value
                break
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
