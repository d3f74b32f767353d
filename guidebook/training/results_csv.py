"""A room's results as CSV, for a spreadsheet: counts and shares by item and topic, no person's row.

Column names are English and stable; a share is from 0 to 1 with three digits, empty where there is
none. Options count from 1, as on paper.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from guidebook.training.gain import Gain
from guidebook.training.item_analysis import QuizFigures
from guidebook.training.scenario_review import Review
from guidebook.training.schema import OPTIONS
from guidebook.training.shares import Share
from guidebook.vocabulary import Lang

ITEM_COLUMNS = (
    "quiz",
    "number",
    "item",
    "topic",
    "question",
    "answered",
    "right",
    "share_right",
    "share_low",
    "share_high",
    *(f"option_{at}" for at in range(1, OPTIONS + 1)),
    "left_out",
    "key",
    "discrimination",
    "misread_as",
    "passage",
)
TOPIC_COLUMNS = ("topic", "before", "answered_before", "after", "answered_after", "points")
STEP_COLUMNS = ("visit", "step", "choice", "verdict", "votes", "taken", "planned_s", "spent_s")


def items_csv(figures: QuizFigures, lang: Lang = "en") -> str:
    """One row a question."""
    return _table(
        ITEM_COLUMNS,
        (
            (
                figures.name,
                one.number,
                one.item.id,
                one.item.topic,
                getattr(one.item.question, lang),
                one.difficulty.whole,
                one.difficulty.part,
                _number(one.difficulty.value),
                *(_number(end) for end in one.difficulty.interval or (None, None)),
                *one.chosen,
                one.left_out,
                one.item.key + 1,
                _number(one.discrimination),
                "" if one.belief is None else one.belief + 1,
                one.item.rationale,
            )
            for one in figures.items
        ),
    )


def gain_csv(gained: Gain) -> str:
    """One row a topic, before and after."""
    return _table(
        TOPIC_COLUMNS,
        (
            (one.topic, *_share(one.before), *_share(one.after), _number(one.points))
            for one in gained.topics
        ),
    )


def review_csv(reviewed: Review, lang: Lang = "en") -> str:
    """One row a choice of every step the room stood at."""
    return _table(
        STEP_COLUMNS,
        (
            (
                number,
                visit.step.id,
                getattr(choice.text, lang),
                choice.verdict,
                votes,
                "yes" if at == visit.taken else "no",
                round(visit.planned_s),
                round(visit.spent_s),
            )
            for number, visit in enumerate(reviewed.visits, 1)
            for at, (choice, votes) in enumerate(zip(visit.step.choices, visit.tally, strict=True))
        ),
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return file.getvalue()


def _share(share: Share) -> tuple[str, int]:
    return _number(share.value), share.whole


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
