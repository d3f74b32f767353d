"""Helplines and services: read `corpus/services/services.yml`, judge it, and name whom to call.

A wrong number costs an officer the one minute that matters, so `call_now` is kept for 15, 1122
and what an official page or a recent report supports. No number here was test-dialled. The pages
officers read are made by service_pages.py from the same file.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from guidebook.document_schema import Slug, Words
from guidebook.errors import CorpusError
from guidebook.facts import Fact, FactConfidence
from guidebook.faults import Fault, faults_of, line_of
from guidebook.reply import Contact
from guidebook.vocabulary import ContactState, Jurisdiction, Lang, Topic

ALWAYS_CALL_NOW = ("15", "1122")
FRESH_MONTHS = 18

Number = Annotated[
    Annotated[str, Field(pattern=r"^[0-9][0-9 -]*[0-9]$")],
    BeforeValidator(lambda value: str(value) if isinstance(value, int) else value),
]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ServiceSource(_Record):
    """The page a service was last seen on."""

    title: Words
    url: str = Field(pattern=r"^https?://\S+$")


class Service(_Record):
    """One helpline, shelter or desk. `topics` is `for` in the file."""

    id: Slug
    name_en: Words
    name_ur: Words
    number: Number | None
    alternates: tuple[Words, ...] = ()
    run_by: Words
    hours: Words | None
    covers: Jurisdiction
    topics: tuple[Topic, ...] = Field(alias="for", min_length=1)
    verified_on: str | None = Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")
    source: ServiceSource
    confidence: FactConfidence
    state: ContactState
    facts: tuple[str, ...] = Field(min_length=1)
    note_en: Words | None = None
    note_ur: Words | None = None
    asked_as: tuple[Words, ...] = ()


class Directory(_Record):
    """The whole file: when it was last read against its sources, and every service."""

    checked_on: date = date(2026, 11, 22)
    review_by: date = date(2027, 5, 22)
    services: tuple[Service, ...] = Field(min_length=1)


def load_services(path: Path) -> Directory:
    """The directory in `path`; CorpusError carries all faults of shape."""
    if not path.is_file():
        raise CorpusError([f"{path}: there is no such file; the helpline pages are made from it."])
    block = path.read_text(encoding="utf-8")
    try:
        loaded = yaml.safe_load(block)
        return Directory.model_validate(
            {"services": loaded} if isinstance(loaded, list) else loaded
        )
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = 1 if mark is None else mark.line + 1
        raise CorpusError([Fault(path, line, "YAML", "broken", "mend it at this line.")]) from None
    except ValidationError as error:
        raise CorpusError(faults_of(error, path, block, 1)) from None


def service_faults(
    directory: Directory, path: Path, facts: Mapping[str, Fact], today: date
) -> Iterator[Fault]:
    """What breaks the rules of calling: states that promise too much, facts that do not exist."""
    block = path.read_text(encoding="utf-8")
    seen: set[str] = set()
    for service in directory.services:
        found = re.search(rf"\bid: *{re.escape(service.id)}\b", block)
        line = line_of(block, found.start() if found else 0)
        if service.id in seen:
            yield Fault(path, line, "id", service.id, "stands twice; rename one.")
        seen.add(service.id)
        if remedy := _state_remedy(service, today):
            yield Fault(path, line, f"{service.id}.state", service.state, remedy)
        for fact_id in service.facts:
            if fact_id not in facts:
                remedy = "no usable fact has this id; see corpus/facts."
                yield Fault(path, line, f"{service.id}.facts", fact_id, remedy)


def _state_remedy(service: Service, today: date) -> str | None:
    if service.number in ALWAYS_CALL_NOW:
        return None if service.state == "call_now" else "15 and 1122 are always `call_now`."
    if service.state == "check_first":
        return None
    if service.number is None:
        return "without a number it is `check_first`."
    if service.confidence == "conflicting":
        return "sources differ on it, so it is never `call_now`; write `check_first`."
    if service.confidence == "official" or _months_old(service, today) < FRESH_MONTHS:
        return None
    return f"not official and {FRESH_MONTHS} months old or more; write `check_first`."


def _months_old(service: Service, today: date) -> int:
    if service.verified_on is None:
        return FRESH_MONTHS
    year, month = (int(part) for part in service.verified_on.split("-"))
    return (today.year - year) * 12 + today.month - month


def contacts_for(
    directory: Directory, topic: Topic, jurisdiction: Jurisdiction, lang: Lang
) -> list[Contact]:
    """Whom to call on `topic`: `call_now` first, then the nearer, then in the file's order."""
    fitting = [
        service
        for service in directory.services
        if service.number
        and topic in service.topics
        and service.covers in (jurisdiction, "pakistan")
    ]
    fitting.sort(key=lambda one: (one.state != "call_now", one.covers != jurisdiction))
    return [
        Contact(
            label=service.name_ur if lang == "ur" else service.name_en,
            number=service.number or "",
            state=service.state,
        )
        for service in fitting
    ]
