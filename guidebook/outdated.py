"""Find statements that were right once, or that sources mix up, from `data/outdated.yml`.

A line that names the old rule in order to say it is old passes. Only text an officer reads is
searched: phrasings hold false premises on purpose.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, field_validator

from guidebook.records import Passage
from guidebook.vocabulary import Jurisdiction

DATA = Path(__file__).resolve().parent / "data" / "outdated.yml"


class Outdated(BaseModel):
    """One statement that must not stand as current, and what to write instead."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pattern: re.Pattern[str]
    why: str
    instead: str
    unless: re.Pattern[str] | None = None
    jurisdictions: tuple[Jurisdiction, ...] = ()

    @field_validator("pattern", "unless", mode="before")
    @classmethod
    def _any_case(cls, value: Any) -> Any:
        return re.compile(value, re.IGNORECASE) if isinstance(value, str) else value


@cache
def outdated_statements(path: Path = DATA) -> tuple[Outdated, ...]:
    """Every statement of the data file, in its order."""
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(Outdated.model_validate(item) for item in loaded)


def outdated_in(passage: Passage) -> Iterator[tuple[int, str, Outdated]]:
    """Each find in the passage: offset in its text, the words, and what is wrong with them."""
    for statement in outdated_statements():
        if statement.jurisdictions and passage.jurisdiction not in statement.jurisdictions:
            continue
        offset = 0
        for line in passage.text.split("\n"):
            found = statement.pattern.search(line)
            if found and not (statement.unless and statement.unless.search(line)):
                yield offset + found.start(), found.group(), statement
            offset += len(line) + 1
