"""Judge one passage as a desk officer will meet it: short, plain, hooked to its source, findable.

Each rule yields its faults; PASSAGE_RULES is the whole list. A source text's words are fixed, so
of it only the phrasings are judged.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from guidebook.corpus import SOURCE_KINDS
from guidebook.facts import Fact
from guidebook.faults import Fault, line_of
from guidebook.language import writing_of
from guidebook.outdated import outdated_in
from guidebook.records import Document, Passage

FEWEST_WORDS, MOST_WORDS = 40, 180
MOST_LIST_LINES = 7
FEWEST_ASKED, FEWEST_ASKED_OF_SOURCE, FEWEST_IN_URDU = 8, 4, 2
HOOKS = ("Law:", "Practice:", "Figure:", "Service:")

_LIST_LINE = re.compile(r"^(?:\d+\.|-) ")
_MARKUP = re.compile(r"\*\*|`|\[[^\]\n]*\]\(|https?://")

Rule = Callable[[Document, Passage, Mapping[str, Fact]], Iterator[Fault]]


def passage_faults(
    document: Document, passage: Passage, facts: Mapping[str, Fact]
) -> Iterator[Fault]:
    """What is wrong with one passage, rule by rule."""
    rules = SOURCE_RULES if document.kind in (*SOURCE_KINDS, "known-gap") else PASSAGE_RULES
    for rule in rules:
        yield from rule(document, passage, facts)


def fault_at(document: Document, passage: Passage, field: str, value: str, remedy: str) -> Fault:
    """A fault placed at the passage's heading, or at its entry in the sidecar."""
    own_id = passage.id.partition("/")[2]
    if document.kind in SOURCE_KINDS:
        path = document.path.with_name(f"{document.id}.passages.yml")
        return Fault(path, _line_in(path, f"id: {own_id}\n"), field, value, remedy)
    heading = document.text.rfind("\n## ", 0, passage.start) + 1
    return Fault(document.path, line_of(document.text, heading), field, value, remedy)


def _line_in(path: Path, words: str) -> int:
    text = path.read_text(encoding="utf-8")
    return line_of(text, max(text.find(words), 0))


def _length(document: Document, passage: Passage, _: Mapping[str, Fact]) -> Iterator[Fault]:
    lines = [_LIST_LINE.sub("", line) for line in passage.text.split("\n")]
    count = sum(len(line.split()) for line in lines)
    if document.kind != "service-directory" and not FEWEST_WORDS <= count <= MOST_WORDS:
        remedy = f"write {FEWEST_WORDS} to {MOST_WORDS} words, or split the passage."
        yield fault_at(document, passage, "text", f"{count} words", remedy)


def _hook(document: Document, passage: Passage, _: Mapping[str, Fact]) -> Iterator[Fault]:
    last = passage.text.rpartition("\n")[2]
    if not last.startswith(HOOKS):
        line = line_of(document.text, passage.end)
        remedy = f"end with a line that starts {', '.join(HOOKS)}"
        yield Fault(document.path, line, "last line", last, f"{remedy}.")


def _list_lines(document: Document, passage: Passage, _: Mapping[str, Fact]) -> Iterator[Fault]:
    count = sum(1 for line in passage.text.split("\n") if _LIST_LINE.match(line))
    if count > MOST_LIST_LINES:
        remedy = f"keep at most {MOST_LIST_LINES}; merge or drop some."
        yield fault_at(document, passage, "list", f"{count} lines", remedy)


def _markup(document: Document, passage: Passage, _: Mapping[str, Fact]) -> Iterator[Fault]:
    for found in _MARKUP.finditer(passage.text):
        line = line_of(document.text, passage.start + found.start())
        yield Fault(document.path, line, "text", found.group(), "write plain words, no markup.")


def _facts(document: Document, passage: Passage, facts: Mapping[str, Fact]) -> Iterator[Fault]:
    if not passage.facts:
        yield fault_at(document, passage, "facts", "none", "name the facts the text rests on.")
    for fact_id, count in Counter(passage.facts).items():
        if fact_id not in facts:
            remedy = "no usable fact has this id (Unverified entries are none); see corpus/facts."
            yield fault_at(document, passage, "facts", fact_id, remedy)
        elif count > 1:
            yield fault_at(document, passage, "facts", fact_id, "name it once.")


def _caution(document: Document, passage: Passage, facts: Mapping[str, Fact]) -> Iterator[Fault]:
    first = facts.get(passage.facts[0]) if passage.facts else None
    if first and first.confidence == "conflicting" and passage.caution != "sources_differ":
        remedy = f"{first.id} is conflicting: write `caution: sources_differ` and say so."
        yield fault_at(document, passage, "caution", str(passage.caution), remedy)


def _outdated(document: Document, passage: Passage, _: Mapping[str, Fact]) -> Iterator[Fault]:
    if document.kind == "service-directory":
        return  # made from services.yml: an old number's own entry has to name it
    for offset, words, statement in outdated_in(passage):
        line = line_of(document.text, passage.start + offset)
        remedy = f"{statement.why}; {statement.instead}."
        yield Fault(document.path, line, "text", words, remedy)


def _asked_as(document: Document, passage: Passage, _: Mapping[str, Fact]) -> Iterator[Fault]:
    fewest = FEWEST_ASKED_OF_SOURCE if document.kind in SOURCE_KINDS else FEWEST_ASKED
    if len(passage.asked_as) < fewest:
        value = f"{len(passage.asked_as)} phrasings"
        yield fault_at(document, passage, "asked_as", value, f"write at least {fewest}.")
    if document.kind in SOURCE_KINDS:
        return
    written = Counter(writing_of(phrasing) for phrasing in passage.asked_as)
    for form, name in (("roman_ur", "Roman Urdu"), ("ur", "Urdu script")):
        if written[form] < FEWEST_IN_URDU:  # type: ignore[index]  # keys are of the closed list
            value = f"{written[form]} in {name}"  # type: ignore[index]
            remedy = f"write at least {FEWEST_IN_URDU}."
            yield fault_at(document, passage, "asked_as", value, remedy)


PASSAGE_RULES: tuple[Rule, ...] = (
    _length, _hook, _list_lines, _markup, _facts, _caution, _outdated, _asked_as,
)  # fmt: skip
SOURCE_RULES: tuple[Rule, ...] = (_asked_as,)
