"""The review of a case: the way the room went, and how its votes were judged.

It counts; it names no participant and judges nobody. Questions for the group are the file's
`after_action`.
"""

from dataclasses import dataclass

from guidebook.training.scenario_run import ScenarioRun, Visit
from guidebook.training.schema import Choice, Step, Verdict

VERDICTS: tuple[Verdict, ...] = ("good", "poor", "forbidden")


@dataclass(frozen=True)
class ReviewedVisit:
    """One stay at a step, for the group to look back on.

    `taken` counts choices from 0; it is None where the run was stopped.
    """

    step: Step
    tally: tuple[int, ...]
    taken: int | None
    planned_s: float
    spent_s: float

    @property
    def choice(self) -> Choice | None:
        """The choice that was taken."""
        return None if self.taken is None else self.step.choices[self.taken]

    @property
    def split(self) -> bool:
        """True when no choice got more than half of at least two votes: worth talking about."""
        votes = sum(self.tally)
        return votes > 1 and max(self.tally) * 2 <= votes


@dataclass(frozen=True)
class Review:
    """The whole case: the way the room went, and how its votes were judged."""

    visits: tuple[ReviewedVisit, ...]
    votes: dict[Verdict, int]
    reached_end: bool
    spent_s: float

    @property
    def detours(self) -> int:
        """How many choices the room took that were not good."""
        return sum(one.choice is not None and one.choice.verdict != "good" for one in self.visits)


def review(run: ScenarioRun, now: float) -> Review:
    """Look back on a run; `now` counts only while it is still going on."""
    votes = dict.fromkeys(VERDICTS, 0)
    for visit in run.visits:
        for count, choice in zip(visit.tally, visit.step.choices, strict=True):
            votes[choice.verdict] += count
    end = now if run.ended_at is None else run.ended_at
    return Review(
        visits=tuple(_reviewed(visit, now) for visit in run.visits),
        votes=votes,
        reached_end=run.reached_end,
        spent_s=max(0.0, end - run.started_at),
    )


def _reviewed(visit: Visit, now: float) -> ReviewedVisit:
    return ReviewedVisit(
        step=visit.step,
        tally=visit.tally,
        taken=visit.taken,
        planned_s=visit.step.minutes * 60.0,
        spent_s=visit.seconds(now),
    )
