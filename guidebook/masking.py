"""Mask patterned personal data before anything is kept.

The rules are one file, `data/masking.json`, used here and by the page in the browser, so that
both mask alike; its patterns keep to what Python and JavaScript regular expressions share.
Masked text carries placeholders such as `[cnic]`. Names cannot all be caught: see docs/privacy.md.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

RULES_PATH = Path(__file__).resolve().parent / "data" / "masking.json"


@dataclass(frozen=True)
class Rule:
    """One kind of personal data and how it looks."""

    kind: str
    pattern: re.Pattern[str]
    replacement: str


@dataclass(frozen=True)
class Masked:
    """Text that may be kept, and the kinds of data that were taken out, in first-seen order."""

    text: str
    kinds: tuple[str, ...]


@cache
def rules() -> tuple[Rule, ...]:
    """The rules in the order they apply."""
    loaded = json.loads(RULES_PATH.read_text(encoding="utf-8"))
    return tuple(
        Rule(
            item["kind"],
            re.compile(item["pattern"], re.IGNORECASE if "i" in item["flags"] else 0),
            item["replacement"],
        )
        for item in loaded["rules"]
    )


def mask(text: str) -> Masked:
    """`text` with every match of every rule replaced, until no rule finds anything."""
    kinds: list[str] = []
    found = True
    while found:
        found = False
        for rule in rules():
            text, count = rule.pattern.subn(rule.replacement, text)
            found = found or count > 0
            if count and rule.kind not in kinds:
                kinds.append(rule.kind)
    return Masked(text, tuple(kinds))
