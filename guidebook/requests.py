"""Recognise a request that gets a named reply of its own before any search.

Help for a writer who is hurt; and what this product never does: draft case papers, score risk,
foretell a verdict, say where a survivor is, help to do wrong, answer outside its field.
Patterns in `data/refusals.yml`, in three scripts. Evidence still decides everything else.
"""

import re
from functools import cache
from pathlib import Path

import yaml

from guidebook.normalise import fold

DATA = Path(__file__).resolve().parent / "data" / "refusals.yml"


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """Status -> pattern, in the order they are tried."""
    loaded = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return {
        status: re.compile(rf"(?<!\w)(?:{'|'.join(lines)})(?!\w)")
        for status, lines in loaded.items()
    }


def named_status(text: str) -> str | None:
    """The status this request ends in, or None when it is a question for the corpus."""
    folded = fold(text)
    for status, pattern in patterns().items():
        if pattern.search(folded):
            return status
    return None
