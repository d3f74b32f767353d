"""Mask personal data before anything is kept.

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
_PART = re.compile(r"\{\{([a-z]+)\}\}")


@dataclass(frozen=True)
class Rule:
    """One kind of personal data and how it looks; a first group in the pattern is kept."""

    kind: str
    pattern: re.Pattern[str]
    replacement: str

    def apply(self, text: str) -> tuple[str, int]:
        """`text` with each match replaced, and how many there were."""
        return self.pattern.subn(self._replaced, text)

    def _replaced(self, match: re.Match[str]) -> str:
        kept = match.group(1) if self.pattern.groups else None
        return (kept or "") + self.replacement


@dataclass(frozen=True)
class Masked:
    """Text that may be kept, and the kinds of data that were taken out, in first-seen order."""

    text: str
    kinds: tuple[str, ...]


@cache
def rules() -> tuple[Rule, ...]:
    """The rules in the order they apply."""
    loaded = json.loads(RULES_PATH.read_text(encoding="utf-8"))
    parts: dict[str, str] = {}
    for name, part in loaded["parts"].items():
        parts[name] = _filled(part, parts)
    return tuple(
        Rule(
            item["kind"],
            # ASCII: JavaScript folds the case of no other letter into an English one.
            re.compile(_filled(item["pattern"], parts), re.ASCII | _case(item["flags"])),
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
            text, count = rule.apply(text)
            found = found or count > 0
            if count and rule.kind not in kinds:
                kinds.append(rule.kind)
    return Masked(text, tuple(kinds))


def _filled(pattern: str, parts: dict[str, str]) -> str:
    return _PART.sub(lambda match: parts[match.group(1)], pattern)


def _case(flags: str) -> re.RegexFlag:
    return re.IGNORECASE if "i" in flags else re.NOFLAG
