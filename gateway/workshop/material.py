"""A workshop's rows as the library's Session: counts, no person's row, no words anybody typed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from gateway.database import Database
from gateway.workshop import passages, runs, stages
from gateway.workshop.asked import Asking
from gateway.workshop.room import Seen
from gateway.workshop.runs import Given, Run
from guidebook.corpus import Corpus
from guidebook.training.content import Training
from guidebook.training.gain import Gain, gain
from guidebook.training.item_analysis import analyse
from guidebook.training.quiz_run import QuizAnswer, QuizRun, replay_quiz
from guidebook.training.scenario_review import review
from guidebook.training.session import PlayedScenario, Session
from guidebook.vocabulary import Lang, Topic, family

Played = Sequence[tuple[Run, Sequence[Given]]]


@dataclass(frozen=True)
class Material:
    """Everything an export can be made of."""

    session: Session
    asking: Asking
    corpus: Corpus | None
    lang: Lang
    now: datetime


async def gather(database: Database, seen: Seen, lang: Lang) -> Material:
    """The material of the room as it is now."""
    now = datetime.fromtimestamp(seen.now).astimezone()
    played = [(run, await database.read(runs.answers, run.number)) for run in seen.runs]
    return Material(_session(seen, played, now), seen.asking, seen.corpus, lang, now)


def _session(seen: Seen, played: Played, now: datetime) -> Session:
    asking, training = seen.asking, seen.training
    quizzes = list(_quizzes(training, played)) if training else []
    known: dict[str, Topic] = {topic: topic for topic in get_args(Topic)}
    return Session(
        held_on=now.date(),
        joined=seen.joined,
        quizzes=tuple(analyse(quiz) for quiz in quizzes),
        gain=_gain(quizzes),
        scenarios=tuple(_scenarios(training, played, seen.now)) if training else (),
        topics=tuple((known[topic], n) for topic, n in asking.topics() if topic in known),
        unanswered=sum(family(turn.status) == "unanswerable" for turn in asking.turns),
        nearest=tuple((p, n) for p, n in asking.nearest() if passages.digest(seen.corpus, p)),
    )


def _quizzes(training: Training, played: Played) -> Iterator[QuizRun]:
    for run, given in played:
        if run.kind == "scenario" or not stages.exists(training, run.kind, run.name):
            continue
        answers = [QuizAnswer(g.participant, g.item, g.choice) for g in given]
        yield replay_quiz(training, run.name, answers)


def _gain(quizzes: Sequence[QuizRun]) -> Gain | None:
    """From the first form before to the last form after."""
    before = next((quiz for quiz in quizzes if quiz.name == "pre"), None)
    after = next((quiz for quiz in reversed(quizzes) if quiz.name == "post"), None)
    return gain(before, after) if before and after else None


def _scenarios(training: Training, played: Played, now: float) -> Iterator[PlayedScenario]:
    for run, given in played:
        if run.kind != "scenario":
            continue
        case = stages.case(training, run, given)
        if case is not None:
            yield PlayedScenario(run.name, case.scenario.title, review(case, run.ended_at or now))
