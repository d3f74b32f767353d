"""Find test questions and messages of talks that the bot has seen: equal, or nearly equal, to a
text it learns from.

Texts are compared in the one spelling of normalise.fold by normalised edit similarity,

    s(a, b) = 1 - levenshtein(a, b) / max(|a|, |b|),

and s > 0.85 is too near. Levenshtein 1966, "Binary codes capable of correcting deletions,
insertions, and reversals". rapidfuzz does the counting.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from guidebook.corpus import Corpus
from guidebook.errors import CorpusError
from guidebook.evaluation.questions import Question
from guidebook.evaluation.talks import Message
from guidebook.evaluation.told import Told
from guidebook.normalise import fold

TOO_NEAR = 0.85
_ENTITY = re.compile(r"\[(?P<text>[^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


@dataclass(frozen=True)
class Seen:
    """A text the bot learns from or is fitted on, and where it stands."""

    where: str
    text: str


@dataclass(frozen=True)
class Overlap:
    """What judges, too near to a seen text."""

    question: str
    asked: str
    seen: Seen
    similarity: float

    def __str__(self) -> str:
        return (
            f"{self.question} is {self.similarity:.2f} like {self.seen.where}: "
            f"{self.asked!r} and {self.seen.text!r}; ask it in other words, or drop the other."
        )


@dataclass(frozen=True)
class Asked:
    """What judges the bot, and must be new to it: a test question, or a message of a talk."""

    name: str
    text: str


def examined(questions: Iterable[Question]) -> Iterator[Asked]:
    """The judged turn of every test question; of two turns the whole as well."""
    for question in questions:
        if question.split == "test":
            for text in dict.fromkeys((question.judged_turn, " ".join(question.turns))):
                yield Asked(question.id, text)


def held(talks: Iterable[Message]) -> Iterator[Asked]:
    """Every message of the talks."""
    for message in talks:
        yield Asked(f"talk {message.talk}", message.said)


def overlaps(judging: Iterable[Asked], seen: Sequence[Seen]) -> list[Overlap]:
    """Every pair of what judges and a seen text that is too near, nearest first."""
    asked = list(judging)
    left, right = [fold(item.text) for item in asked], [fold(item.text) for item in seen]
    if not left or not right:
        return []
    scores = cdist(
        left,
        right,
        scorer=Levenshtein.normalized_similarity,
        score_cutoff=TOO_NEAR,
        dtype=np.float32,
        workers=1,
    )
    found = [
        Overlap(asked[row].name, asked[row].text, seen[column], float(scores[row, column]))
        for row, column in np.argwhere(scores > TOO_NEAR)
        if left[row] and right[column]  # a text of signs alone folds to nothing
    ]
    return sorted(found, key=lambda item: (-item.similarity, item.question))


def phrasings(corpus: Corpus) -> Iterator[Seen]:
    """Every `asked_as` of the corpus."""
    for passage in corpus.passages:
        for text in passage.asked_as:
            yield Seen(f"asked_as of {passage.id}", text)


def messages(told: Iterable[Told]) -> Iterator[Seen]:
    """What the encoder is adapted on besides."""
    for item in told:
        yield Seen(f"told.yml, {item.sort} of {item.passage}", item.text)


def requests(path: Path) -> Iterator[Seen]:
    """What the kinds of requests are learned from."""
    for kind, texts in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        for text in texts:
            yield Seen(f"{path.name}, {kind}", text)


def development(questions: Iterable[Question]) -> Iterator[Seen]:
    """The judged turn of every development question."""
    for question in questions:
        if question.split == "development":
            yield Seen(f"development question {question.id}", question.judged_turn)


def nlu_lines(folder: Path) -> Iterator[Seen]:
    """Every intent's training line under `folder` (*.yml), entity markup taken off."""
    paths = sorted(folder.glob("*.yml"))
    if not paths:
        raise CorpusError([f"{folder}: no NLU files here; check the folder."])
    for path in paths:
        loaded = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        for item in loaded.get("nlu") or []:
            where = f"{path.name}, intent {item.get('intent')}"
            for line in _examples(item.get("examples")) if "intent" in item else []:
                yield Seen(where, _ENTITY.sub(r"\g<text>", line))


def _examples(block: object) -> list[str]:
    # Rasa takes one block of `- line`s, or a list of mappings with `text`.
    if isinstance(block, str):
        lines = [line.strip() for line in block.split("\n")]
        return [line[1:].strip() for line in lines if line.startswith("-")]
    if isinstance(block, list):
        return [str(item["text"]).strip() for item in block if isinstance(item, dict)]
    return []
