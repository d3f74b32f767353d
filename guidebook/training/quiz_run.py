"""One run of a quiz: a form or a topic, asked in order, answered once by each participant.

A run is a frozen record without storage and without a clock. `start_quiz` makes one, `submit` and
`close_quiz` give its successor; times come from the caller. To keep a run, keep its name, its
times and its answers, and `replay_quiz` them: the same answers always give the same run.

Promised: an answer sent twice counts once; a first answer stands; nothing is taken after the run
was closed; `Question` holds no key. A participant is any string that is the same for one phone
throughout, and means nothing here. What the answers say is item_analysis.py's question.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

from guidebook.errors import UnknownQuizError
from guidebook.training.content import Training
from guidebook.training.schema import QuizItem
from guidebook.vocabulary import Lang

FORMS = ("pre", "post")

Submission = Literal[
    "kept",  # counted now
    "already_kept",  # the same answer again: nothing changed
    "first_stands",  # another answer to an answered question: the first one stays
    "closed",  # the run was closed before
    "unknown_question",  # this run does not ask it
    "unknown_option",  # it has no such option
]
"""What became of an answer that was sent."""


@dataclass(frozen=True)
class QuizAnswer:
    """What one participant chose. `option` counts from 0; None means left out on purpose."""

    participant: str
    item_id: str
    option: int | None
    at: float


@dataclass(frozen=True)
class Question:
    """An item as a phone may see it: no key, no reason. `number` counts from 1."""

    item_id: str
    number: int
    of: int
    text: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """One participant's answers so far, in the order of the questions."""

    participant: str
    answers: tuple[QuizAnswer, ...]
    right: int
    of: int
    next_item: QuizItem | None

    @property
    def finished(self) -> bool:
        """True when every question was answered or left out."""
        return self.next_item is None


@dataclass(frozen=True)
class QuizRun:
    """A quiz that is being asked, or was."""

    name: str
    items: tuple[QuizItem, ...]
    started_at: float
    closed_at: float | None = None
    answers: Mapping[tuple[str, str], QuizAnswer] = field(
        default_factory=lambda: MappingProxyType({})
    )

    @property
    def open(self) -> bool:
        """True while answers are taken."""
        return self.closed_at is None

    @property
    def participants(self) -> tuple[str, ...]:
        """Everybody who answered or left out at least one question, in the order they began."""
        return tuple(dict.fromkeys(answer.participant for answer in self.answers.values()))

    @property
    def finished(self) -> int:
        """How many sheets are complete."""
        return sum(self.sheet(one).finished for one in self.participants)

    def item(self, item_id: str) -> QuizItem | None:
        """The item of that id, when this run asks it."""
        return next((one for one in self.items if one.id == item_id), None)

    def question(self, item: QuizItem, lang: Lang) -> Question:
        """`item`, which this run asks, as a phone may see it before the run is closed."""
        return Question(
            item_id=item.id,
            number=self.items.index(item) + 1,
            of=len(self.items),
            text=getattr(item.question, lang),
            options=tuple(getattr(option, lang) for option in item.options),
        )

    def sheet(self, participant: str) -> Sheet:
        """The sheet of one participant; an empty one for somebody who has not begun."""
        found = [self.answers.get((participant, item.id)) for item in self.items]
        waiting = [item for item, one in zip(self.items, found, strict=True) if one is None]
        return Sheet(
            participant=participant,
            answers=tuple(one for one in found if one is not None),
            right=sum(
                one is not None and one.option == item.key
                for item, one in zip(self.items, found, strict=True)
            ),
            of=len(self.items),
            next_item=waiting[0] if waiting else None,
        )

    def answered(self) -> dict[str, int]:
        """How many sheets hold an answer to each item: what a console may show before the end."""
        counts = dict.fromkeys((item.id for item in self.items), 0)
        for _, item_id in self.answers:
            counts[item_id] += 1
        return counts


@dataclass(frozen=True)
class Submitted:
    """The run after an answer, and what became of it."""

    run: QuizRun
    outcome: Submission


def quiz_names(training: Training) -> tuple[str, ...]:
    """What can be asked: the two forms, then every topic that has items."""
    return (*FORMS, *dict.fromkeys(item.topic for item in training.items))


def start_quiz(training: Training, name: str, at: float) -> QuizRun:
    """A new run of `pre`, `post` or the items of one topic."""
    return QuizRun(name, _items(training, name), at)


def submit(run: QuizRun, answer: QuizAnswer) -> Submitted:
    """Take one answer; sending it again changes nothing."""
    item = run.item(answer.item_id)
    if item is None:
        return Submitted(run, "unknown_question")
    if answer.option is not None and not 0 <= answer.option < len(item.options):
        return Submitted(run, "unknown_option")
    place = (answer.participant, answer.item_id)
    before = run.answers.get(place)
    if before is not None:
        same = before.option == answer.option
        return Submitted(run, "already_kept" if same else "first_stands")
    if not run.open:
        return Submitted(run, "closed")
    answers = MappingProxyType({**run.answers, place: answer})
    return Submitted(replace(run, answers=answers), "kept")


def close_quiz(run: QuizRun, at: float) -> QuizRun:
    """End the run: keys may be shown from now on. Closing twice keeps the first time."""
    return replace(run, closed_at=at) if run.open else run


def replay_quiz(
    training: Training,
    name: str,
    started_at: float,
    closed_at: float | None,
    answers: Iterable[QuizAnswer],
) -> QuizRun:
    """The run that these kept answers, in the order they came, make.

    Answers that the content no longer asks are passed over, so that a changed file stops no room.
    """
    kept: dict[tuple[str, str], QuizAnswer] = {}
    items = _items(training, name)
    known = {item.id: len(item.options) for item in items}
    for answer in answers:
        if answer.item_id in known and (answer.option or 0) < known[answer.item_id]:
            kept.setdefault((answer.participant, answer.item_id), answer)
    return QuizRun(name, items, started_at, closed_at, MappingProxyType(kept))


def _items(training: Training, name: str) -> tuple[QuizItem, ...]:
    if name in FORMS:
        ids: tuple[str, ...] = getattr(training.forms.content, name)
        found = tuple(item for item in map(training.item, ids) if item is not None)
    else:
        found = tuple(item for item in training.items if item.topic == name)
    if not found:
        known = ", ".join(quiz_names(training))
        raise UnknownQuizError(f"No quiz is named {name!r}; take one of {known}.")
    return found
