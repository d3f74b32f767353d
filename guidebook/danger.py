"""The danger net: does a message signal danger now?

Word patterns in `data/danger.yml`, in three scripts, tuned for recall. It runs on the masked text
at the gateway, before Rasa and without it; Rasa's intent `report_emergency` is the second
trigger. It never decides what the answer is: a false alarm adds a line, it replaces nothing.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from guidebook.normalise import fold

DATA = Path(__file__).resolve().parent / "data" / "danger.yml"


@dataclass(frozen=True)
class Net:
    """Compiled patterns: `alone` is enough, `threat` needs `now`."""

    alone: re.Pattern[str]
    threat: re.Pattern[str]
    now: re.Pattern[str]


@cache
def net() -> Net:
    """The net, compiled once a process."""
    loaded = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return Net(*(_any_of(loaded[name]) for name in ("alone", "threat", "now")))


def is_danger(text: str) -> bool:
    """True when `text` signals immediate danger to someone."""
    folded = fold(text)
    found = net()
    if found.alone.search(folded):
        return True
    return bool(found.threat.search(folded) and found.now.search(folded))


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    # Patterns are written as people type; folding brings both sides to one spelling.
    joined = "|".join(_fold_letters(pattern) for pattern in patterns)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)")


def _fold_letters(pattern: str) -> str:
    return re.sub("[\u0600-\u06ff]+", lambda letters: fold(letters[0]), pattern)
