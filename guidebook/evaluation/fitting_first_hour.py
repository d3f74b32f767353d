"""Fit first_hour_meaning.py: what officers' sentences say of a case, told by letters and meaning.

Learned from sentences labelled with every fact they state (`evaluation/nets/first_hour.yml`), each
question by itself: its values against no word of it. The set kept apart judges alone.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

from guidebook.evaluation.fitting_meaning import plain
from guidebook.evaluation.fitting_nets import NONE, Kinds, family_of, matrix
from guidebook.evaluation.nets_figures import Figure
from guidebook.first_hour import QUESTIONS, read
from guidebook.first_hour_meaning import ASKS, LETTERS, MEANING, Hear
from guidebook.likeness import Family, Floats, likeness, numbers_of

STRENGTHS = {LETTERS: 80.0, MEANING: 0.03}  # inverse of the regularisation; by cross-validation
LEAST = 0.4  # share from which a value counts: beside it one reading in twenty is wrong

Embed = Callable[[Sequence[str]], Floats]


@dataclass(frozen=True)
class Line:
    """One labelled sentence: the question it was written as a reply to, and all it states."""

    text: str
    asked: str
    kind: str
    gold: Mapping[str, str]


def lines_of(path: Path) -> list[Line]:
    """The labelled sentences of a file."""
    return [Line(**row) for row in yaml.safe_load(path.read_text(encoding="utf-8"))]


def fit(lines: Sequence[Line], embed: Embed) -> dict[str, Family]:
    """A family by letters and one by meaning for each question, and for being one."""
    texts = [line.text for line in lines]
    vectors = embed(texts)
    middle, spread = vectors.mean(axis=0), vectors.std(axis=0)
    standard = (vectors - middle) / spread
    letters = matrix(texts, likeness().rarity)
    families = {}
    for name in (*QUESTIONS, ASKS):
        kinds = _kinds(lines, name)
        for part, rows in (LETTERS, letters), (MEANING, standard):
            families[f"{part}.{name}"] = family_of(rows, kinds, LEAST, STRENGTHS[part], weight=1.0)
        found = families[f"{MEANING}.{name}"]
        families[f"{MEANING}.{name}"] = plain(found, middle, spread)
    return families


def save(families: Mapping[str, Family], path: Path) -> None:
    """Write the numbers alone: no object that runs when it is read."""
    np.savez_compressed(path, allow_pickle=False, **numbers_of(families))


def first_hour_figures(lines: Sequence[Line], hear: Hear) -> Iterable[Figure]:
    """How many facts are read rightly, how many wrongly or where none is stated, and how many
    questions are known for such."""
    told = [line for line in lines if line.kind == "answer"]
    answers = [read(line.text, line.asked, hear(line.text)).answers for line in told]
    stated = sum(len(line.gold) for line in told)
    right = sum(
        found.get(name) == value
        for line, found in zip(told, answers, strict=True)
        for name, value in line.gold.items()
    )
    yield Figure("first hour: facts read", right, stated)
    yield Figure("first hour: facts read that are wrong", sum(map(len, answers)) - right, stated)
    for kind in ("question", "answer"):
        of_kind = [line for line in lines if line.kind == kind]
        known = sum(read(line.text, line.asked, hear(line.text)).asks for line in of_kind)
        yield Figure(f"first hour: taken for a question, {kind}", known, len(of_kind))


def _kinds(lines: Sequence[Line], name: str) -> Kinds:
    if name == ASKS:
        return np.array([ASKS if line.kind == "question" else NONE for line in lines])
    return np.array([line.gold.get(name, NONE) for line in lines])
