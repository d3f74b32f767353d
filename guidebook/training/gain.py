"""What changed between the form before and the form after: the room and its topics, no person.

The two forms ask different questions and nobody has measured that they are equally hard, so a
gain is told with its interval and only a clear one is called one. It says nothing about practice
months later.
"""

from dataclasses import dataclass
from math import sqrt

from guidebook.intervals import t95
from guidebook.training.item_analysis import ENOUGH, FEWEST
from guidebook.training.quiz_run import QuizRun
from guidebook.training.shares import Share
from guidebook.vocabulary import Topic


@dataclass(frozen=True)
class TopicGain:
    """One topic, before and after: shares over all answers to its questions."""

    topic: Topic
    before: Share
    after: Share

    @property
    def points(self) -> float | None:
        """Percentage points gained; None when one of the two was not asked."""
        if self.before.value is None or self.after.value is None:
            return None
        return 100 * (self.after.value - self.before.value)


@dataclass(frozen=True)
class Gain:
    """The room before and after, over those who finished both forms.

    `before` and `after` are mean shares right, `interval` the 95 % interval of the gain in
    percentage points; all are None when too few finished both.
    """

    paired: int
    before: float | None
    after: float | None
    interval: tuple[float, float] | None
    topics: tuple[TopicGain, ...]

    @property
    def points(self) -> float | None:
        """Percentage points gained, of those who finished both."""
        if self.before is None or self.after is None:
            return None
        return 100 * (self.after - self.before)

    @property
    def clear(self) -> bool:
        """True when chance alone hardly explains the change: its interval leaves out zero."""
        return self.interval is not None and not self.interval[0] <= 0 <= self.interval[1]


def gain(before: QuizRun, after: QuizRun) -> Gain:
    """Compare two runs. Participants are matched by the string they answered under.

    The interval is the paired t interval, d ± t √(s²/n), with d and s² mean and variance
    (divisor n - 1) of each participant's change in share right; from ENOUGH pairs on.
    """
    both = [
        one
        for one in before.participants
        if before.sheet(one).finished and after.sheet(one).finished
    ]
    first = [before.sheet(one).right / len(before.items) for one in both]
    second = [after.sheet(one).right / len(after.items) for one in both]
    told = len(both) >= FEWEST
    shown = min(len(before.participants), len(after.participants)) >= FEWEST
    return Gain(
        paired=len(both),
        before=sum(first) / len(both) if told else None,
        after=sum(second) / len(both) if told else None,
        interval=_interval([b - a for a, b in zip(first, second, strict=True)]),
        topics=_topics(before, after) if shown else (),
    )


def _interval(changes: list[float]) -> tuple[float, float] | None:
    n = len(changes)
    if n < ENOUGH:
        return None
    mean = sum(changes) / n
    variance = sum((one - mean) ** 2 for one in changes) / (n - 1)
    half = t95(n - 1) * sqrt(variance / n)
    return 100 * (mean - half), 100 * (mean + half)


def _topics(before: QuizRun, after: QuizRun) -> tuple[TopicGain, ...]:
    topics = dict.fromkeys(item.topic for run in (before, after) for item in run.items)
    return tuple(TopicGain(one, _share(before, one), _share(after, one)) for one in topics)


def _share(run: QuizRun, topic: Topic) -> Share:
    keys = {item.id: item.key for item in run.items if item.topic == topic}
    given = [one for one in run.answers.values() if one.item_id in keys]
    return Share(sum(one.option == keys[one.item_id] for one in given), len(given))
