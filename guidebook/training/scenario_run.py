"""One run of a scenario: the room votes at each step, one choice is taken, the case goes on.

    voting -> debriefing -> voting at the next step ... -> ended

A run is a frozen record without storage and without a clock. `start_scenario` makes one, `play`
gives its successor for one Act; times come from the caller. To keep a run, keep its start and its
acts, and `replay_scenario` them: the same acts always give the same run.

Promised: an act sent twice counts once, because each names the visit it was meant for; a vote may
change while voting is open, since a room talks; nothing moves after the end. Each stay at a step
is a Visit of its own, also when the case comes back to that step. Tallies hold counts alone, and
are for the room only after a choice was taken. The review is scenario_review.py's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

from guidebook.training.schema import END, Choice, Scenario, Step

MOST_VISITS = 50  # a branch that leads back for ever ends here

Stage = Literal["voting", "debriefing", "ended"]
ActKind = Literal["vote", "take", "go_on", "stop"]
Played = Literal[
    "kept",  # the run moved
    "already_kept",  # the same again: nothing changed
    "other_visit",  # meant for a step the room has left
    "not_voting",  # a choice was taken already
    "not_taken",  # no choice was taken yet, so there is nothing to go on from
    "unknown_choice",  # the step has no such choice
    "ended",  # the case is over
]
"""What became of an act."""


@dataclass(frozen=True)
class Act:
    """One thing that happened. A vote has a participant; a vote and a take have a choice.

    `visit` is the number of the visit that the sender saw, from 0; `choice` counts from 0.
    """

    kind: ActKind
    visit: int
    at: float
    participant: str | None = None
    choice: int | None = None

    def __post_init__(self) -> None:
        if self.kind == "vote" and not self.participant:
            raise ValueError("a vote names its participant")


@dataclass(frozen=True)
class Visit:
    """One stay at a step."""

    step: Step
    opened_at: float
    votes: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    taken: int | None = None
    left_at: float | None = None

    @property
    def tally(self) -> tuple[int, ...]:
        """Votes for each choice, in the order of the choices."""
        counts = list(self.votes.values())
        return tuple(counts.count(number) for number in range(len(self.step.choices)))

    @property
    def choice(self) -> Choice | None:
        """The choice that was taken."""
        return None if self.taken is None else self.step.choices[self.taken]

    def seconds(self, now: float) -> float:
        """How long the room stood, or stands, at this step."""
        return max(0.0, (now if self.left_at is None else self.left_at) - self.opened_at)


@dataclass(frozen=True)
class ScenarioRun:
    """A case that is being played, or was."""

    scenario: Scenario
    started_at: float
    visits: tuple[Visit, ...]
    ended_at: float | None = None

    @property
    def stage(self) -> Stage:
        """Where the run stands."""
        if self.ended_at is not None:
            return "ended"
        return "voting" if self.visit.taken is None else "debriefing"

    @property
    def visit(self) -> Visit:
        """The step the room is at, or ended at."""
        return self.visits[-1]

    @property
    def visit_number(self) -> int:
        """What an act names as its `visit`."""
        return len(self.visits) - 1

    @property
    def step(self) -> Step:
        """The step the room is at, or ended at."""
        return self.visit.step

    @property
    def reached_end(self) -> bool:
        """True when the case was played to its end, and not stopped on the way."""
        choice = self.visit.choice
        return self.ended_at is not None and choice is not None and choice.next == END


@dataclass(frozen=True)
class ScenarioMove:
    """The run after an act, and what became of the act."""

    run: ScenarioRun
    outcome: Played


def start_scenario(scenario: Scenario, at: float) -> ScenarioRun:
    """A new run, voting at the first step."""
    return ScenarioRun(scenario, at, (Visit(scenario.steps[0], at),))


def play(run: ScenarioRun, act: Act) -> ScenarioMove:
    """Take one act; sending it again changes nothing."""
    repeated = _repeated(run, act)
    if repeated is not None:
        return ScenarioMove(run, repeated)
    if run.ended_at is not None:
        return ScenarioMove(run, "ended")
    if act.kind == "stop":
        return ScenarioMove(_left(run, act.at, ended=True), "kept")
    if act.visit != run.visit_number:
        return ScenarioMove(run, "other_visit")
    if act.kind == "go_on":
        return _go_on(run, act.at)
    return _choose(run, act)


def replay_scenario(scenario: Scenario, started_at: float, acts: Iterable[Act]) -> ScenarioRun:
    """The run that these kept acts, in the order they came, make."""
    run = start_scenario(scenario, started_at)
    for act in acts:
        run = play(run, act).run
    return run


def _repeated(run: ScenarioRun, act: Act) -> Played | None:
    """`already_kept` for an act that has happened: a double tap, or a phone that sends again."""
    if act.kind == "stop":
        return "already_kept" if run.ended_at is not None else None
    if not 0 <= act.visit <= run.visit_number:
        return "other_visit"
    visit = run.visits[act.visit]
    happened = {
        "vote": act.choice is not None and visit.votes.get(act.participant or "") == act.choice,
        "take": act.choice is not None and visit.taken == act.choice,
        "go_on": visit.left_at is not None and visit.taken is not None,
    }
    return "already_kept" if happened[act.kind] else None


def _choose(run: ScenarioRun, act: Act) -> ScenarioMove:
    visit = run.visit
    if visit.taken is not None:
        return ScenarioMove(run, "not_voting")
    if act.choice is None or not 0 <= act.choice < len(visit.step.choices):
        return ScenarioMove(run, "unknown_choice")
    if act.kind == "take":
        changed = replace(visit, taken=act.choice)
    else:
        votes = MappingProxyType({**visit.votes, act.participant or "": act.choice})
        changed = replace(visit, votes=votes)
    return ScenarioMove(replace(run, visits=(*run.visits[:-1], changed)), "kept")


def _go_on(run: ScenarioRun, at: float) -> ScenarioMove:
    choice = run.visit.choice
    if choice is None:
        return ScenarioMove(run, "not_taken")
    following = next((step for step in run.scenario.steps if step.id == choice.next), None)
    if following is None or len(run.visits) == MOST_VISITS:
        return ScenarioMove(_left(run, at, ended=True), "kept")
    left = _left(run, at, ended=False)
    return ScenarioMove(replace(left, visits=(*left.visits, Visit(following, at))), "kept")


def _left(run: ScenarioRun, at: float, *, ended: bool) -> ScenarioRun:
    left = replace(run.visit, left_at=at)
    visits = (*run.visits[:-1], left)
    return replace(run, visits=visits, ended_at=at if ended else run.ended_at)
