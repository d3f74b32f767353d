"""Qrels: which passages answer which question, and how well.

Grades, after the TREC habit of graded judgements (Voorhees 2001, "Evaluation by highly relevant
documents"): 3 answers this question, 2 contains the answer, 1 same matter without the answer,
0 no help. A passage nobody judged counts as 0. A reader's judgement, made of a pool without knowing
who proposed what (Sparck Jones and van Rijsbergen 1975), outranks a rule's; one by hand outranks
both.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args

from guidebook.evaluation.errors import EvaluationError
from guidebook.evaluation.files import read_lines, write_lines

RIGHT = 2
"""The lowest grade at which a cited passage makes an answer right."""
HIGHEST = 3

Judge = Literal["facts", "quote", "pool", "hand"]
READERS: tuple[Judge, ...] = ("pool", "hand")
"""Who reads question and passage; the later one's word counts."""
Grades = Mapping[str, int]
_NONE: Grades = MappingProxyType({})


@dataclass(frozen=True)
class Judgement:
    """One passage judged for one question; `by` says which rule or reader did it."""

    question: str
    passage: str
    grade: int
    by: Judge


@dataclass(frozen=True)
class Qrels:
    """All judgements."""

    judgements: tuple[Judgement, ...] = ()

    def by_question(self) -> dict[str, Grades]:
        """Question id -> {passage id: grade}; a reader's grade wins over a rule's."""
        graded: dict[str, dict[str, int]] = {}
        for judgement in sorted(self.judgements, key=_authority):
            graded.setdefault(judgement.question, {})[judgement.passage] = judgement.grade
        return dict(graded)

    def read(self) -> tuple[Judgement, ...]:
        """What a reader decided, the last word last."""
        kept = (judgement for judgement in self.judgements if judgement.by in READERS)
        return tuple(sorted(kept, key=_authority))


def grades_of(graded: Mapping[str, Grades], question_id: str) -> Grades:
    """The grades for one question; empty when nothing is judged."""
    return graded.get(question_id, _NONE)


def merge(proposed: Iterable[Judgement], read: Iterable[Judgement]) -> Qrels:
    """Proposals with every reader's judgement in place of its proposal, in a stable order."""
    chosen = {(item.question, item.passage): item for item in proposed}
    chosen.update({(item.question, item.passage): item for item in read})
    return Qrels(tuple(sorted(chosen.values(), key=_order)))


def load_qrels(path: Path) -> Qrels:
    """Read the judgements; EvaluationError names the first line that is not one."""
    if not path.is_file():
        raise EvaluationError(
            f"No judgements at {path}. Propose them with `guidebook evaluate judge`."
        )
    return Qrels(tuple(_read(item, path, number) for number, item in read_lines(path)))


def save_qrels(path: Path, qrels: Qrels) -> None:
    """One judgement a line, whole or not at all."""
    write_lines(path, (vars(judgement) for judgement in qrels.judgements))


def _authority(item: Judgement) -> int:
    return READERS.index(item.by) if item.by in READERS else -1


def _order(item: Judgement) -> tuple[str, int, str]:
    return item.question, -item.grade, item.passage


def _read(item: Mapping[str, Any], path: Path, number: int) -> Judgement:
    if set(item) != {"question", "passage", "grade", "by"}:
        raise EvaluationError(
            f"{path}:{number}: a judgement has question, passage, grade and by; "
            f"this line has {', '.join(item) or 'nothing'}."
        )
    if item["grade"] not in range(HIGHEST + 1) or isinstance(item["grade"], bool):
        raise EvaluationError(f"{path}:{number}: grade is {item['grade']!r}; write 0, 1, 2 or 3.")
    if item["by"] not in get_args(Judge):
        raise EvaluationError(
            f"{path}:{number}: by is {item['by']!r}; write `hand` for your own judgement."
        )
    return Judgement(str(item["question"]), str(item["passage"]), item["grade"], item["by"])
