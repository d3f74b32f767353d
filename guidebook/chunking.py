"""Cut a document into passages, each one contiguous slice of its file.

Guidance is cut at its `##` headings; a passage's comment is read and never shown. Source texts
have no question headings, so a sidecar file names each passage's first and last words. Faults
are collected, not raised: a maintainer wants to see all of them at once.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from guidebook.corpus_yaml import load_yaml, yaml_fault
from guidebook.document_schema import FrontMatter, PassageNote, Sidecar
from guidebook.faults import Fault, faults_of, line_of
from guidebook.records import Passage, When

HEADING = re.compile(r"^## +(?P<heading>.+?) *$", re.MULTILINE)
COMMENT = re.compile(r"\n<!--\n(?P<yaml>.*?)\n?-->\n", re.DOTALL)

Note = TypeVar("Note", bound=BaseModel)
"""What a section's comment is read as."""


@dataclass(frozen=True)
class Cut:
    """Passages found, and what was wrong."""

    passages: tuple[Passage, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Section(Generic[Note]):
    """A `##` section: its heading, what its comment says, and the range of its words."""

    heading: str
    note: Note
    start: int
    end: int
    line: int


def cut_at_headings(text: str, body_start: int, path: Path, front: FrontMatter) -> Cut:
    """One passage for each `##` section after `body_start` (a code point offset)."""
    found, faults = sections(text, body_start, path, PassageNote)
    passages = [
        _passage(front, section.note, section.heading, text, section.start, section.end)
        for section in found
    ]
    return Cut(tuple(passages), tuple(faults))


def sections(
    text: str, body_start: int, path: Path, note: type[Note]
) -> tuple[list[Section[Note]], list[Fault]]:
    """Every `##` section with a comment that is a `note`, and what is wrong with the others."""
    found: list[Section[Note]] = []
    faults: list[Fault] = []
    headings = list(HEADING.finditer(text, body_start))
    if not headings:
        line, remedy = line_of(text, body_start), "add a `## question`."
        return [], [Fault(path, line, "body", "no heading", remedy)]
    for heading, following in zip(headings, [*headings[1:], None], strict=True):
        section_end = len(text) if following is None else following.start()
        line = line_of(text, heading.start())
        comment = COMMENT.match(text, heading.end(), section_end)
        if comment is None:
            remedy = "put `<!--` with id and facts directly under the heading."
            faults.append(Fault(path, line, "passage", heading["heading"], remedy))
            continue
        said = _read_note(comment["yaml"], path, line + 2, note, faults)
        start, end = _trim(text, comment.end(), section_end)
        if start == end:
            faults.append(Fault(path, line, "passage", heading["heading"], "write its text."))
        elif said is not None:
            found.append(Section(heading["heading"], said, start, end, line))
    return found, faults


def cut_by_sidecar(text: str, body_start: int, path: Path, front: FrontMatter) -> Cut:
    """One passage for each entry of `<id>.passages.yml` beside the document."""
    sidecar_path = path.with_name(f"{front.id}.passages.yml")
    if not sidecar_path.is_file():
        remedy = f"write {sidecar_path.name} beside it."
        return Cut((), (Fault(path, 1, "passages", "no sidecar", remedy),))
    try:
        block = sidecar_path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        remedy = "save the file as UTF-8."
        return Cut((), (Fault(sidecar_path, 1, "encoding", "not UTF-8", remedy),))
    try:
        sidecar = Sidecar.model_validate(load_yaml(block))
    except yaml.YAMLError as error:
        return Cut((), (yaml_fault(error, sidecar_path, "YAML", 1),))
    except ValidationError as error:
        return Cut((), tuple(faults_of(error, sidecar_path, block, 1)))
    passages: list[Passage] = []
    faults: list[Fault] = []
    for entry in sidecar.passages:
        line = line_of(block, max(block.find(f"id: {entry.id}"), 0))
        start = _only(text, entry.first, body_start, "first", sidecar_path, line, faults)
        end = -1
        if start >= 0:
            end = _only(text, entry.last, start, "last", sidecar_path, line, faults)
        if start < 0 or end < 0:
            continue
        note = PassageNote(id=entry.id, asked_as=entry.asked_as)
        stop = end + len(entry.last)
        passages.append(_passage(front, note, entry.heading, text, start, stop))
    return Cut(tuple(passages), tuple(faults))


def _read_note(
    block: str, path: Path, line: int, note: type[Note], faults: list[Fault]
) -> Note | None:
    try:
        return note.model_validate(load_yaml(block))
    except yaml.YAMLError as error:
        faults.append(yaml_fault(error, path, "YAML", line))
    except ValidationError as error:
        faults.extend(faults_of(error, path, block, line))
    return None


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _only(
    text: str, words: str, start: int, field: str, path: Path, line: int, faults: list[Fault]
) -> int:
    found = text.find(words, start)
    again = text.find(words, found + 1) if found >= 0 else -1
    if found < 0:
        faults.append(Fault(path, line, field, words, "these words are not in the document."))
    elif again >= 0 and field == "first":
        faults.append(Fault(path, line, field, words, "stands twice; write more words."))
        return -1
    return found


def _passage(
    front: FrontMatter, note: PassageNote, heading: str, text: str, start: int, end: int
) -> Passage:
    when = note.when
    return Passage(
        id=f"{front.id}/{note.id}",
        document_id=front.id,
        heading=heading,
        text=text[start:end],
        start=start,
        end=end,
        authority=note.authority or front.authority,
        jurisdiction=note.jurisdiction or front.jurisdiction,
        facts=note.facts,
        applies_to=note.applies_to,
        when=None if when is None else When(when.phase, when.order, when.cases, when.within_hours),
        caution=note.caution,
        differs_from=note.differs_from,
        asked_as=note.asked_as,
        named_by=note.named_by or front.named_by,
    )
