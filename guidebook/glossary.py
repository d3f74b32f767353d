"""The glossary: what officers call things, so that a query also searches for the plain term.

Data in `data/glossary.yml`. It expands, it never replaces: the words typed keep their weight.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from guidebook.normalise import fold

DATA = Path(__file__).resolve().parent / "data" / "glossary.yml"


@dataclass(frozen=True)
class Term:
    """One meaning and the pattern of all its names."""

    means: str
    says: re.Pattern[str]


@cache
def terms() -> tuple[Term, ...]:
    """All terms, compiled once a process."""
    loaded = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return tuple(Term(item["means"], _pattern(item["says"])) for item in loaded)


def expansions(folded: str) -> list[str]:
    """The plain terms behind the names found in `folded` (text in one spelling)."""
    return [term.means for term in terms() if term.says.search(folded)]


def _pattern(names: list[object]) -> re.Pattern[str]:
    longest_first = sorted((fold(str(name)) for name in names), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
