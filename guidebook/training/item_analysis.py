"""What a room's answers say about each question: how hard, how telling, what was misread.

Figures are of items, never of officers: no participant is named. Small rooms are told as small:
below ENOUGH sheets nothing is said about discrimination, and below FEWEST no item is shown at all,
since one's own answer would give the other's away. Drawing is charts.py's, comparing two quizzes
gain.py's, and what to do about a figure docs/workshop.md's.
"""

from dataclasses import dataclass
from math import sqrt
from typing import Literal

from guidebook.training.quiz_run import QuizRun
from guidebook.training.schema import QuizItem
from guidebook.training.shares import Share

FEWEST = 3  # sheets, for any figure of an item
ENOUGH = 10  # sheets, for discrimination
MISREAD_SHARE = 1 / 3  # of the answers, on one wrong option
MISREAD_FEWEST = 3  # people on that option

Size = Literal["none", "too_few", "small", "enough"]


@dataclass(frozen=True)
class ItemFigures:
    """One question. `chosen` counts the sheets on each option; `left_out` those on none.

    `difficulty` is the classical one, the share who got it right: the higher, the easier. A
    question left out counts as not right; one not reached does not count.
    """

    item: QuizItem
    number: int
    difficulty: Share
    chosen: tuple[int, ...]
    left_out: int
    discrimination: float | None

    @property
    def belief(self) -> int | None:
        """The wrong option that a third of the room or more, and three people or more, chose."""
        wrong = [0 if at == self.item.key else count for at, count in enumerate(self.chosen)]
        most = max(wrong)
        enough = most >= MISREAD_FEWEST and most >= MISREAD_SHARE * self.difficulty.whole
        return wrong.index(most) if enough else None


@dataclass(frozen=True)
class QuizFigures:
    """A whole quiz: how many answered it, how well, and every question in the order asked.

    `mean` is the mean share right of the finished sheets. `items` is empty in a room too small.
    """

    name: str
    sheets: int
    finished: int
    mean: float | None
    items: tuple[ItemFigures, ...]

    @property
    def size(self) -> Size:
        """How much a room of so many sheets can tell."""
        if self.sheets < FEWEST:
            return "too_few" if self.sheets else "none"
        return "enough" if self.sheets >= ENOUGH else "small"

    @property
    def misread(self) -> tuple[ItemFigures, ...]:
        """Questions whose passage the room reads otherwise, the most misread first."""
        found = [one for one in self.items if one.belief is not None]
        return tuple(sorted(found, key=lambda one: (one.difficulty.value or 0.0, one.number)))


def analyse(run: QuizRun) -> QuizFigures:
    """The figures of a run as it stands; they are for the room once it is closed."""
    people = run.participants
    done = [one for one in people if run.sheet(one).finished]
    totals = [run.sheet(one).right for one in done]
    shown = run.items if len(people) >= FEWEST else ()
    return QuizFigures(
        name=run.name,
        sheets=len(people),
        finished=len(done),
        mean=sum(totals) / (len(totals) * len(run.items)) if totals else None,
        items=tuple(
            _figures(run, item, number, done, totals) for number, item in enumerate(shown, 1)
        ),
    )


def point_biserial(right: list[bool], totals: list[int]) -> float | None:
    """How an item goes with the rest of the test, from -1 to 1.

        r = (M1 - M0) / s * √(p q)

    M1 and M0 are the mean rest scores (the total without this item) of those who got it right and
    wrong, s the standard deviation of the rest scores over all (divisor n), p and q the shares
    right and wrong (Lord and Novick 1968, Statistical Theories of Mental Test Scores, 15.5). The
    item is left out of its own total, else it would go with itself (Henrysson 1963, Psychometrika
    28:211-218). None when everybody or nobody got it right, or all rest scores are equal.
    """
    rest = [total - hit for total, hit in zip(totals, right, strict=True)]
    n, hits = len(rest), sum(right)
    if not 0 < hits < n:
        return None
    mean = sum(rest) / n
    spread = sqrt(sum((one - mean) ** 2 for one in rest) / n)
    if spread == 0:
        return None
    upper = sum(one for one, hit in zip(rest, right, strict=True) if hit) / hits
    lower = sum(one for one, hit in zip(rest, right, strict=True) if not hit) / (n - hits)
    p = hits / n
    return (upper - lower) / spread * sqrt(p * (1 - p))


def _figures(
    run: QuizRun, item: QuizItem, number: int, done: list[str], totals: list[int]
) -> ItemFigures:
    given = [one.option for (_, asked), one in run.answers.items() if asked == item.id]
    telling: float | None = None
    if len(done) >= ENOUGH:
        right = [run.answers[(one, item.id)].option == item.key for one in done]
        telling = point_biserial(right, totals)
    return ItemFigures(
        item=item,
        number=number,
        difficulty=Share(given.count(item.key), len(given)),
        chosen=tuple(given.count(at) for at in range(len(item.options))),
        left_out=given.count(None),
        discrimination=telling,
    )
