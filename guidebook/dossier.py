"""Turn the three Markdown dossiers into `corpus/facts/*.yml`, once, with counts asserted.

The dossiers write a fact in two styles, keep the helplines' numbers in a table, and let two ids
share one line. What stands under "Unverified" is no fact and stays out: its ids (`U-01` ...) mean
other things elsewhere. A count that does not fit stops the import before anything is written.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from guidebook.dossier_sources import complete, sources_in
from guidebook.errors import CorpusError
from guidebook.facts import FACT_ID, Fact, dump_facts

COUNTS = {"federal-law": 237, "provinces-and-services": 209, "police-practice": 247}
_HEADING = re.compile(r"^#{2,3} (?:\d+[a-z]?\.? )?(?P<title>.*?)(?: \([A-Z]-[A-Z]{2,3}\))?$")
_NO_FACTS = re.compile(r"^(?:Unverified|Outdated|Conflicts|Gaps|Counts|Source cautions)")
_FACT = re.compile(
    rf"^- (?:\*\*|`)(?P<id>{FACT_ID})(?:\*\*|`)(?P<others>(?: `{FACT_ID}`)*) (?P<rest>.*)$"
)
_ROW = re.compile(rf"^\| (?P<id>{FACT_ID}) \|(?P<cells>.*)\|$")
_LABEL = re.compile(
    r"(?:^|\s|\| )(?:\*\*)?"
    r"(?P<label>Authority|Sources?|Second source|Confidence|Use|Checked):(?:\*\*)?\s"
)
_CONFIDENCE = re.compile(
    r"^(?P<word>statute-text|official|primary|secondary|conflicting)"
    r"(?P<reservation>[^.(]*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)[^.(]*)*)\.?(?P<note>.*)$",
    re.DOTALL,
)
_NAMED_IN_NOTE = re.compile(r"[^.:;]+, https?://\S+")
_COLUMNS = ("Number", "Run by", "Hours", "Covers", "Last confirmed")


def import_facts(source_folder: Path, target_folder: Path) -> dict[str, int]:
    """Write one YAML file for each dossier and return how many facts each holds."""
    read = {name: facts_in(source_folder / f"{name}.md") for name in COUNTS}
    faults = [
        f"{source_folder / name}.md: {len(facts)} facts read, {COUNTS[name]} expected; "
        "look for a fact written in another style."
        for name, facts in read.items()
        if len(facts) != COUNTS[name]
    ]
    ids = [fact.id for facts in read.values() for fact in facts]
    asked = set(_asked_ids(source_folder / "asked_as"))
    for label, odd in (
        ("stand twice", {one for one in ids if ids.count(one) > 1}),
        ("have phrasings but are no facts", asked - set(ids)),
        ("have no phrasings", set(ids) - asked if asked else set()),
    ):
        if odd:
            faults.append(f"{source_folder}: {', '.join(sorted(odd))} {label}; compare the files.")
    if faults:
        raise CorpusError(faults)
    target_folder.mkdir(parents=True, exist_ok=True)
    for name, facts in read.items():
        (target_folder / f"{name}.yml").write_text(dump_facts(facts), encoding="utf-8")
    return {name: len(facts) for name, facts in read.items()}


def facts_in(path: Path) -> list[Fact]:
    """The facts of one dossier in its order, sources completed from one another."""
    if not path.is_file():
        raise CorpusError([f"{path}: there is no such dossier; name the folder that holds it."])
    rows: dict[str, str] = {}
    facts: list[Fact] = []
    for section, line in _lines_with_section(path.read_text(encoding="utf-8")):
        if row := _ROW.match(line):
            rows[row["id"]] = _row_text(row["cells"])
        elif found := _FACT.match(line):
            shared = [found["id"], *re.findall(FACT_ID, found["others"])]
            opening = " ".join(rows[one] for one in shared if one in rows)
            facts.append(_fact(found["id"], section, opening, found["rest"], path.stem))
    return complete(facts)


def _lines_with_section(text: str) -> Iterator[tuple[str, str]]:
    """Each list item or row as one line with its section; lines of no-fact sections never."""
    part = section = ""
    silent = True
    for line in re.sub(r" *\n  (?=\S)", " ", text).split("\n"):
        if heading := _HEADING.match(line):
            title = heading["title"]
            if line.startswith("## "):
                part, silent = title, bool(_NO_FACTS.match(title))
            section = part if line.startswith("## ") else f"{part}: {title}"
        elif not silent:
            yield section, line


def _fact(fact_id: str, section: str, opening: str, rest: str, file: str) -> Fact:
    pieces = _LABEL.split(rest)
    fields: dict[str, str] = {}
    for label, value in zip(pieces[1::2], pieces[2::2], strict=True):
        name = "Source" if label in ("Sources", "Second source") else label
        if name == "Source" and name in fields:
            fields[name] += f"; {value.strip()}"
        fields.setdefault(name, value.strip())
    judged = _CONFIDENCE.match(fields.get("Confidence", ""))
    if judged is None:
        raise CorpusError([f"{file}.md: {fact_id} has no confidence label; write one."])
    note = _plain(judged["note"])
    return Fact(
        id=fact_id,
        section=section,
        text=" ".join(filter(None, [opening, _plain(pieces[0]), note])),
        authority=_plain(fields.get("Authority", "")).rstrip(".") or None,
        sources=tuple(
            sources_in("; ".join([fields.get("Source", ""), *_NAMED_IN_NOTE.findall(note)]))
        ),
        confidence=judged["word"],  # type: ignore[arg-type]  # the pattern holds the closed list
        reservation=_reservation(judged["reservation"]),
        use=fields.get("Use", "").strip(" |") or None,  # type: ignore[arg-type]  # Fact checks it
        checked=fields.get("Checked", "").strip(" |") or None,
        file=file,
    )


def _reservation(text: str) -> str | None:
    text = text.strip(" |/,;")
    whole = re.fullmatch(r"\(([^()]*)\)", text)
    return (whole[1] if whole else text) or None


def _plain(text: str) -> str:
    return re.sub(r"\*+(?=\S)|(?<=\S)\*+|`", "", text).strip(" |")


def _row_text(cells: str) -> str:
    named = zip(_COLUMNS, (cell.strip() for cell in cells.split("|")), strict=False)
    return " ".join(f"{name}: {cell}." for name, cell in named if cell not in ("", "-"))


def _asked_ids(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield str(json.loads(line)["id"])
