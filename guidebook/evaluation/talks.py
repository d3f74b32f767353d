"""Conversations held as a case goes on: which passage each message asks for, and what was said.

`evaluation/talks.jsonl` has what officers might type, in order, by persons who saw neither corpus
nor bot; readers said of each message which passages answer it. Nothing is learnt from them. Unlike
the examination's questions, most make sense only after those before them, some only tell, and some
ask for what the corpus does not hold.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from guidebook.answering import Answer
from guidebook.context import Context
from guidebook.corpus import Corpus
from guidebook.evaluation.errors import EvaluationError
from guidebook.evaluation.nets_figures import Figure
from guidebook.query import Query
from guidebook.vocabulary import family

Kind = Literal["question", "fact", "danger", "none"]
Ask = Callable[[Query, Context, float], tuple[Answer, Context]]


@dataclass(frozen=True)
class Message:
    """One message of one talk; `right`: ids of the passages that answer it, best first. `none` is
    asked of nobody's guidebook."""

    talk: str
    said: str
    kind: Kind
    right: tuple[str, ...]


def load_talks(path: Path, corpus: Corpus) -> tuple[Message, ...]:
    """Every message in order; EvaluationError names the first line that is none."""
    known = {passage.id for passage in corpus.passages}
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            message = Message(row["talk"], row["said"], row["kind"], tuple(row["right"]))
        except (ValueError, KeyError, TypeError) as error:
            raise EvaluationError(f"{path}:{number} is no message of a talk: {error!r}.") from error
        strange = [passage for passage in message.right if passage not in known]
        if strange or message.kind not in get_args(Kind):
            raise EvaluationError(
                f"{path}:{number}: {(strange or [message.kind])[0]!r} is no passage of the corpus "
                f"or no kind; rename or delete it."
            )
        found.append(message)
    return tuple(found)


def hold(messages: Sequence[Message], ask: Ask, now: float) -> Iterator[tuple[Message, Answer]]:
    """Each message with its answer, each talk from an empty context."""
    talk, context = None, Context()
    for message in messages:
        if message.talk != talk:
            talk, context = message.talk, Context()
        answer, context = ask(Query(message.said), context, now)
        yield message, answer


def figures(held: Sequence[tuple[Message, Answer]]) -> list[Figure]:
    """What was said to questions that a passage answers, and how often the rest was answered."""
    told = Counter(outcome(message, answer) for message, answer in held)
    total = Counter(_sort(message) for message, _ in held)
    asked = total["question"]
    return [
        Figure("talks: right passage said first", told["question", "right"], asked),
        Figure("talks: another passage said first", told["question", "other"], asked),
        Figure("talks: declined", told["question", "declined"], asked),
        *(
            Figure(f"talks: answered though {why}", told[sort, "other"], total[sort])
            for sort, why in (
                ("open", "no passage answers"),
                ("fact", "only told"),
                ("none", "nobody could"),
            )
        ),
    ]


def outcome(message: Message, answer: Answer) -> tuple[str, str]:
    """The sort of the message, and `right`, `other` or `declined`."""
    if family(answer.reply.status) != "answered":
        return _sort(message), "declined"
    first = answer.reply.citations[0].passage_id if answer.reply.citations else None
    return _sort(message), "right" if first in message.right else "other"


def _sort(message: Message) -> str:
    return "open" if message.kind == "question" and not message.right else message.kind
