"""Where a run is and where it goes next: pure steps over the written content, no storage, no clock.

A form is answered by each phone at its own pace. A quiz goes question by question, a scenario step
by step, when the trainer moves it: open, then shown (key or debrief), then on. How a scenario goes
on is the library's scenario_run; here its acts are kept and replayed. It ends in its review.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gateway.workshop.runs import Given, Kind, Run
from guidebook.training.content import Training
from guidebook.training.quiz_run import FORMS, quiz_items
from guidebook.training.scenario_run import Act, ScenarioRun, play, replay_scenario, start_scenario
from guidebook.training.schema import Both, QuizItem, Scenario, Step, Verdict

OPEN, SHOWN, REVIEW = "open", "shown", "review"
PHASES = {"voting": OPEN, "debriefing": SHOWN, "ended": REVIEW}
ORDER = ("vote", "take", "go_on", "stop")
"""Within a visit: also where a clock gives two acts the same time."""
QUESTION_MINUTES = 2
FORM_MINUTES = 20
Stage = dict[str, Any]


@dataclass(frozen=True)
class Option:
    """One thing to choose, and what is said of it afterwards."""

    text: Both
    verdict: Verdict
    passage: str
    debrief: Both | None = None


@dataclass(frozen=True)
class Question:
    """What phones are asked now. `item` is the name its answers are kept under."""

    item: str
    text: Both
    options: tuple[Option, ...]
    number: int
    of: int | None
    minutes: int


def exists(training: Training, kind: Kind, name: str) -> bool:
    """True when there is something of that name to play."""
    if kind == "scenario":
        return _scenario(training, name) is not None
    return bool(items(training, kind, name))


def items(training: Training, kind: Kind, name: str) -> tuple[QuizItem, ...]:
    """The items of a form or of a topic's quiz, in the order they are asked."""
    if kind == "scenario" or (kind == "form") != (name in FORMS):
        return ()
    return quiz_items(training, name)


def first(training: Training, kind: Kind, name: str, now: float) -> Stage:
    """The stage a run starts in."""
    if kind == "scenario" and (scenario := _scenario(training, name)):
        return _of_case(start_scenario(scenario, now), [], now)
    return {"at": 0, "visit": 1, "phase": OPEN, "since": now}


def forward(training: Training, run: Run, choice: int | None, now: float) -> Stage | None:
    """The stage after the trainer's next move; None when the run is over.

    Of a scenario `choice` is the one that is taken when its outcome is shown.
    """
    stage = run.stage
    if run.kind == "form" or stage["phase"] == REVIEW:
        return None
    if run.kind == "scenario":
        return _case_forward(training, run, choice or 0, now)
    if stage["phase"] == OPEN:
        return {**stage, "phase": SHOWN, "since": now}
    following = stage["at"] + 1
    if following >= len(items(training, run.kind, run.name)):
        return None
    return {"at": following, "visit": stage["visit"] + 1, "phase": OPEN, "since": now}


def case(training: Training, run: Run, answers: Iterable[Given] = ()) -> ScenarioRun | None:
    """A scenario's run as the library replays it, with the room's votes where they are given."""
    scenario = _scenario(training, run.name)
    if scenario is None:
        return None
    acts = [Act(kind, visit, at, choice=choice) for kind, visit, at, choice in run.stage["acts"]]
    for given in answers:
        visit = given.item.partition(".")[0]
        acts.append(Act("vote", int(visit) - 1, given.at, given.participant, given.choice))
    ordered = sorted(acts, key=lambda act: (act.visit, ORDER.index(act.kind), act.at))
    return replay_scenario(scenario, run.started_at, ordered)


def _case_forward(training: Training, run: Run, choice: int, now: float) -> Stage | None:
    before = case(training, run)
    if before is None:
        return None
    number = before.visit_number
    act = Act("take", number, now, choice=choice)
    if before.stage == "debriefing":
        act = Act("go_on", number, now)
    moved = play(before, act)
    if moved.outcome != "kept":
        return run.stage
    acts = [*run.stage["acts"], [act.kind, act.visit, act.at, act.choice]]
    return _of_case(moved.run, acts, now)


def _of_case(run: ScenarioRun, acts: list[list[Any]], now: float) -> Stage:
    """What is kept of a case: the acts it is replayed from, and where they lead."""
    return {
        "acts": acts,
        "at": run.step.id,
        "visit": run.visit_number + 1,
        "phase": PHASES[run.stage],
        "taken": run.visit.taken,
        "since": now,
    }


def question(training: Training, run: Run, own: Mapping[str, int]) -> Question | None:
    """What a phone is asked now; None when it has nothing to answer.

    `own` is what the phone answered: a form goes on at its first open item.
    """
    if run.kind == "scenario":
        step = _step(training, run)
        return None if step is None else _of_step(step, run.stage["visit"])
    every = items(training, run.kind, run.name)
    if run.kind == "quiz":
        return _of_item(every, run.stage["at"]) if run.stage["at"] < len(every) else None
    open_items = (at for at, item in enumerate(every) if item.id not in own)
    at = next(open_items, None)
    return None if at is None else _of_item(every, at)


def takes(training: Training, run: Run, item: str, choice: int) -> bool:
    """True when this answer belongs to what is open now."""
    if not run.is_on or run.stage["phase"] != OPEN:
        return False
    if run.kind == "form":
        known = {each.id: len(each.options) for each in items(training, run.kind, run.name)}
        return item in known and 0 <= choice < known[item]
    now = question(training, run, {})
    return now is not None and now.item == item and 0 <= choice < len(now.options)


def review(training: Training, run: Run) -> tuple[Both, ...]:
    """The questions the group talks over after a scenario."""
    scenario = _scenario(training, run.name)
    return scenario.after_action if scenario else ()


def title(training: Training, run: Run) -> Both | None:
    """A scenario's own title."""
    scenario = _scenario(training, run.name) if run.kind == "scenario" else None
    return scenario.title if scenario else None


def notes(training: Training, run: Run) -> Both | None:
    """What the facilitator should know of a scenario."""
    scenario = _scenario(training, run.name) if run.kind == "scenario" else None
    return scenario.facilitator_notes if scenario else None


def favourite(counted: Counter[int], options: int) -> int:
    """The choice the room took most; the first of equals."""
    return max(range(options), key=lambda at: (counted[at], -at))


def seconds_left(run: Run, minutes: int, now: float) -> int:
    """What is left of the time of an open stage; never below zero."""
    return max(0, int(run.stage["since"] + minutes * 60 - now))


def _scenario(training: Training, name: str) -> Scenario | None:
    return next((s.content for s in training.scenarios if s.content.id == name), None)


def _step(training: Training, run: Run) -> Step | None:
    scenario = _scenario(training, run.name)
    steps = scenario.steps if scenario else ()
    return next((step for step in steps if step.id == run.stage["at"]), None)


def _of_step(step: Step, visit: int) -> Question:
    options = tuple(Option(c.text, c.verdict, c.passage, c.debrief) for c in step.choices)
    return Question(f"{visit}.{step.id}", step.situation, options, visit, None, step.minutes)


def _of_item(every: tuple[QuizItem, ...], at: int) -> Question:
    item = every[at]
    options = tuple(
        Option(text, "good" if position == item.key else "poor", item.rationale)
        for position, text in enumerate(item.options)
    )
    return Question(item.id, item.question, options, at + 1, len(every), QUESTION_MINUTES)
