"""Score a run: every figure for all cases, and again by language, topic, kind and split."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from guidebook.evaluation.cases import Case
from guidebook.evaluation.metrics import METRICS
from guidebook.evaluation.wilson import Figure

GROUPINGS: dict[str, Callable[[Case], str]] = {
    "lang": lambda case: case.question.lang,
    "kind": lambda case: case.question.kind,
    "expect": lambda case: case.question.expect,
    "turns": lambda case: str(len(case.question.turns)),
    "split": lambda case: case.question.split,
    "topic": lambda case: case.question.topic,
}

Figures = Mapping[str, Figure]


@dataclass(frozen=True)
class Speed:
    """Milliseconds a judged turn took: the middle one, and one that 95 % did not exceed."""

    p50: int
    p95: int


@dataclass(frozen=True)
class Scores:
    """All figures of one run on one split, and the cases they count."""

    split: str
    cases: tuple[Case, ...]
    overall: Figures
    groups: Mapping[str, Mapping[str, Figures]]
    speed: Speed

    @property
    def failures(self) -> tuple[Case, ...]:
        """The cases that did not end as they should, in question order."""
        return tuple(case for case in self.cases if not case.right)


def score(cases: Sequence[Case], split: str) -> Scores:
    """Every figure, overall and by group."""
    return Scores(
        split,
        tuple(cases),
        figures(cases),
        {name: _by(cases, key) for name, key in GROUPINGS.items()},
        speed(cases),
    )


def figures(cases: Sequence[Case]) -> Figures:
    """Every metric over these cases."""
    return {name: metric(cases) for name, metric in METRICS.items()}


def speed(cases: Sequence[Case]) -> Speed:
    """Nearest-rank percentiles: the value at place ceil(p * n) of n sorted values."""
    took = sorted(case.response.took_ms for case in cases)
    if not took:
        return Speed(0, 0)
    return Speed(took[_place(50, len(took))], took[_place(95, len(took))])


def _place(percent: int, size: int) -> int:
    return -(-percent * size // 100) - 1


def _by(cases: Sequence[Case], key: Callable[[Case], str]) -> dict[str, Figures]:
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        groups[key(case)].append(case)
    return {name: figures(groups[name]) for name in sorted(groups)}
