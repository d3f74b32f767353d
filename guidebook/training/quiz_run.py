"""A quiz as a room answered it: its items in the order asked, and a sheet for each participant.

A run is a frozen record without storage and without a clock. `replay_quiz` makes one of the answers
that were kept: the same answers always give the same run.

Promised: an answer kept twice counts once, and a first answer stands. A participant is any string
that is the same for one phone throughout, and means nothing here. Asking the room is its caller's
work; what the answers say is item_analysis.py's question.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from guidebook.errors import UnknownQuizError
from guidebook.training.content import Training
from guidebook.training.schema import QuizItem

FORMS = ("pre", "post")


@dataclass(frozen=True)
class QuizAnswer:
    """What one participant chose. `option` counts from 0; None means left out on purpose."""

    participant: str
    item_id: str
    option: int | None


@dataclass(frozen=True)
class Sheet:
    """One participant's sheet: how many are right, and whether none is open any more."""

    right: int
    finished: bool


@dataclass(frozen=True)
class QuizRun:
    """A quiz that is being asked, or was. `answers` are kept under participant and item."""

    name: str
    items: tuple[QuizItem, ...]
    answers: Mapping[tuple[str, str], QuizAnswer]

    @property
    def participants(self) -> tuple[str, ...]:
        """Everybody who answered or left out at least one question, in the order they began."""
        return tuple(dict.fromkeys(answer.participant for answer in self.answers.values()))

    def sheet(self, participant: str) -> Sheet:
        """The sheet of one participant; an empty one for somebody who has not begun."""
        found = [(item, self.answers.get((participant, item.id))) for item in self.items]
        return Sheet(
            right=sum(one is not None and one.option == item.key for item, one in found),
            finished=all(one is not None for _, one in found),
        )


def quiz_names(training: Training) -> tuple[str, ...]:
    """What can be asked: the two forms, then every topic that has items."""
    return (*FORMS, *dict.fromkeys(item.topic for item in training.items))


def quiz_items(training: Training, name: str) -> tuple[QuizItem, ...]:
    """The items of `pre`, `post` or a topic, in the order they are asked; none for another name."""
    if name in FORMS:
        ids: tuple[str, ...] = getattr(training.forms.content, name)
        return tuple(item for item in map(training.item, ids) if item is not None)
    return tuple(item for item in training.items if item.topic == name)


def replay_quiz(training: Training, name: str, answers: Iterable[QuizAnswer]) -> QuizRun:
    """The run that these kept answers, in the order they came, make.

    Answers that the content no longer asks are passed over, so that a changed file stops no room.
    """
    items = quiz_items(training, name)
    if not items:
        known = ", ".join(quiz_names(training))
        raise UnknownQuizError(f"No quiz is named {name!r}; take one of {known}.")
    kept: dict[tuple[str, str], QuizAnswer] = {}
    options = {item.id: len(item.options) for item in items}
    for answer in answers:
        if answer.item_id in options and (answer.option or 0) < options[answer.item_id]:
            kept.setdefault((answer.participant, answer.item_id), answer)
    return QuizRun(name, items, MappingProxyType(kept))
