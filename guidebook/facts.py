"""The facts that guidance rests on: what each says, who says so, and how sure that is.

`load_facts` reads `corpus/facts/*.yml` whole or raises with every fault. Facts are evidence for
writers and checks; no officer is ever shown one. Where they came from is dossier.py's question.
"""

from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from guidebook.errors import CorpusError
from guidebook.faults import Fault, line_of

FactConfidence = Literal["statute-text", "official", "primary", "secondary", "conflicting"]
Use = Literal["core", "background"]

FACT_ID = r"[A-Z](?:-[A-Z]{2,3})?-\d{2,3}[a-z]?"
"""`F-FIR-01`, `H-02`, `P-KP-46a`."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FactSource(_Record):
    """A page a fact was read on; `url` is None where only its title is on record."""

    title: str = Field(min_length=1)
    url: str | None = Field(default=None, pattern=r"^https?://\S+$")


class Fact(_Record):
    """One fact. `reservation` is what was said about the confidence, such as "Bill stage"."""

    id: str = Field(pattern=f"^{FACT_ID}$")
    section: str
    text: str = Field(min_length=1)
    authority: str | None = None
    sources: tuple[FactSource, ...] = Field(min_length=1)
    confidence: FactConfidence
    reservation: str | None = None
    use: Use | None = None
    checked: str | None = None
    file: str


def load_facts(folder: Path) -> dict[str, Fact]:
    """Every fact under `folder` by id, in file order; CorpusError carries all faults."""
    paths = sorted(folder.glob("*.yml"))
    if not paths:
        raise CorpusError([f"{folder}: no facts here; run `guidebook corpus import-facts FOLDER`."])
    facts: dict[str, Fact] = {}
    faults: list[Fault] = []
    for path in paths:
        block = path.read_text(encoding="utf-8")
        for item in _items(path, block, faults):
            name = str(item.get("id") if isinstance(item, dict) else item)
            line = line_of(block, max(block.find(f"id: {name}\n"), 0))
            try:
                fact = Fact.model_validate({**item, "file": path.stem})
            except (ValidationError, TypeError) as error:
                faults.append(Fault(path, line, "fact", name, _first_problem(error)))
                continue
            if fact.id in facts:
                remedy = f"{facts[fact.id].file}.yml has this id already; facts have one each."
                faults.append(Fault(path, line, "id", fact.id, remedy))
            facts[fact.id] = fact
    if faults:
        raise CorpusError(faults)
    return facts


def dump_facts(facts: list[Fact]) -> str:
    """The YAML of one file of facts; `load_facts` gives the same facts back."""
    items = [fact.model_dump(mode="json", exclude={"file"}, exclude_none=True) for fact in facts]
    return str(yaml.safe_dump({"facts": items}, allow_unicode=True, sort_keys=False, width=100))


def _items(path: Path, block: str, faults: list[Fault]) -> list[Any]:
    # The C reader: the pure Python one takes seconds on 400 kB. Both build plain values only.
    reader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    try:
        loaded = yaml.load(block, Loader=reader)  # noqa: S506  # both are safe loaders
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = 1 if mark is None else mark.line + 1
        faults.append(Fault(path, line, "YAML", "broken", "mend the YAML at this line."))
        return []
    items = loaded.get("facts") if isinstance(loaded, dict) else None
    if not isinstance(items, list) or not items:
        faults.append(Fault(path, 1, "facts", "missing", "write a list under `facts:`."))
        return []
    return items


def _first_problem(error: ValidationError | TypeError) -> str:
    if isinstance(error, TypeError):
        return "write a fact as fields."
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    return f"{where}: {first['msg']}."
