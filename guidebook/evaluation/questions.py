"""The questions the bot is examined by: read, checked, and split once and for all.

`load_questions` gives every question or raises with every fault. A question never changes its
split: the split is a function of its id alone, so adding questions moves none of the others.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from guidebook.errors import CorpusError
from guidebook.faults import Fault, faults_of
from guidebook.vocabulary import Topic

Split = Literal["development", "test"]
QuestionLang = Literal["en", "roman_ur", "ur"]
QuestionKind = Literal["source", "fact", "pair", "unanswerable", "harmful", "danger"]
Expect = Literal["answer", "refuse", "correct", "emergency", "support"]
DiffersIn = Literal[
    "age", "role", "relation", "time", "province", "marital", "online", "injuries",
    "court_order", "sex", "custody",
]  # fmt: skip
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SourceSpan(_Record):
    """Words of a source document that answer: `quote` stands in `document`, byte for byte."""

    document: Text
    quote: Annotated[str, Field(min_length=1)]


class Question(_Record):
    """One question. With two turns the second is judged, and it needs the first."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z]+-[0-9]{3,}$")]
    turns: Annotated[tuple[Text, ...], Field(min_length=1, max_length=2)]
    lang: QuestionLang
    kind: QuestionKind
    topic: Topic
    facts: tuple[Text, ...]
    spans: tuple[SourceSpan, ...]
    reference: Text
    expect: Expect
    pair: Text | None
    differs_in: DiffersIn | None
    notes: str | None

    @property
    def judged_turn(self) -> str:
        """The turn whose reply is scored."""
        return self.turns[-1]

    @property
    def split(self) -> Split:
        """`development` or `test`, by `split_of`; both members of a pair fall on one side."""
        return split_of(self.pair or self.id)


def split_of(key: str) -> Split:
    """The side a key falls on: test when SHA-256(key) starts with a bit of 1, about half."""
    return "test" if hashlib.sha256(key.encode("utf-8")).digest()[0] >= 0x80 else "development"


def load_questions(folder: Path) -> tuple[Question, ...]:
    """Every question under `folder` (*.jsonl, path order); CorpusError carries all faults."""
    paths = sorted(folder.glob("*.jsonl"))
    if not paths:
        raise CorpusError([f"{folder}: no *.jsonl with questions here; check the folder."])
    placed: list[tuple[Path, int, Question]] = []
    faults: list[Fault] = []
    for path in paths:
        for number, line in enumerate(_lines(path), 1):
            question, found = _read_line(line, path, number)
            faults.extend(found)
            if question is not None:
                placed.append((path, number, question))
    faults.extend(_shared_ids(placed))
    faults.extend(_broken_pairs(placed))
    if faults:
        raise CorpusError(faults)
    return tuple(question for _, _, question in placed)


def questions_digest(questions: Iterable[Question]) -> str:
    """SHA-256 over all questions in id order: tells whether a run asked what stands here now."""
    whole = hashlib.sha256()
    for question in sorted(questions, key=lambda item: item.id):
        whole.update(question.model_dump_json().encode("utf-8"))
    return whole.hexdigest()


def _lines(path: Path) -> list[str]:
    # Not splitlines(): it also cuts at characters that JSON allows inside a string.
    return path.read_text(encoding="utf-8").rstrip("\n").split("\n")


def _read_line(line: str, path: Path, number: int) -> tuple[Question | None, Sequence[Fault]]:
    try:
        question = Question.model_validate(json.loads(line))
    except json.JSONDecodeError as error:
        return None, [Fault(path, number, "line", error.msg, "write one JSON object a line.")]
    except ValidationError as error:
        return None, faults_of(error, path, line, number)
    return question, _contradictions(question, path, number)


def _contradictions(question: Question, path: Path, number: int) -> list[Fault]:
    evidence = bool(question.facts or question.spans)
    is_pair = question.kind == "pair"
    checks = (
        (question.expect in ("answer", "correct") and not evidence,
         "facts", "empty", f"name what answers it, since expect is {question.expect}."),
        (question.expect == "refuse" and evidence,
         "facts", "given", "leave facts and spans empty, since expect is refuse."),
        (question.kind == "source" and not question.spans,
         "spans", "empty", "quote the words that answer, since kind is source."),
        (is_pair != (question.pair is not None and question.differs_in is not None),
         "pair", str(question.pair), "set pair and differs_in on kind pair, and nowhere else."),
    )  # fmt: skip
    return [
        Fault(path, number, f"{question.id} {field}", value, remedy)
        for broken, field, value, remedy in checks
        if broken
    ]


def _shared_ids(placed: Sequence[tuple[Path, int, Question]]) -> list[Fault]:
    first: dict[str, str] = {}
    faults = []
    for path, number, question in placed:
        if question.id in first:
            remedy = f"stands at {first[question.id]} already; take the next free number."
            faults.append(Fault(path, number, "id", question.id, remedy))
        first.setdefault(question.id, f"{path.name}:{number}")
    return faults


def _broken_pairs(placed: Sequence[tuple[Path, int, Question]]) -> list[Fault]:
    pairs: dict[str, list[tuple[Path, int, Question]]] = defaultdict(list)
    for path, number, question in placed:
        if question.pair is not None:
            pairs[question.pair].append((path, number, question))
    faults = []
    for name, members in pairs.items():
        path, number, _ = members[0]
        if len(members) != 2:
            remedy = f"a pair has two members, not {len(members)}."
            faults.append(Fault(path, number, "pair", name, remedy))
            continue
        one, other = (question for _, _, question in members)
        if one.facts == other.facts or one.differs_in != other.differs_in:
            remedy = "give the members different facts and the same differs_in."
            faults.append(Fault(path, number, "pair", name, remedy))
    return faults
