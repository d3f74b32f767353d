"""Which cases stand behind a headline figure that fell: those that count against it."""

from collections.abc import Callable, Mapping, Sequence

from guidebook.evaluation.cases import Case
from guidebook.evaluation.metrics import DEPTH


def _not_found(case: Case) -> bool:
    return case.searched and case.relevant.isdisjoint(case.response.ranked[:DEPTH])


def _not_first(case: Case) -> bool:
    return case.covered and case.question.expect == "answer" and not case.first_is_relevant


AGAINST: Mapping[str, Callable[[Case], bool]] = {
    "right": lambda case: not case.right,
    "right_first": _not_first,
    "found_at_5": _not_found,
    "mrr": _not_found,
    "refusal_precision": lambda case: case.declined and not case.declined_rightly,
    "refusal_recall": lambda case: case.should_decline and not case.declined,
    "over_refusal": lambda case: _not_first(case) and case.declined,
    "wrong_and_confident": lambda case: case.wrong_and_confident,
    "danger_recall": lambda case: case.question.expect == "emergency" and not case.right,
    "support_recall": lambda case: case.question.expect == "support" and not case.right,
    "pairs": lambda case: case.question.pair is not None and _not_first(case),
    "covered": lambda case: case.seeks_passage and not case.covered,
}
"""For each figure of a baseline, whether a case counts against it."""


def missed(cases: Sequence[Case]) -> dict[str, list[str]]:
    """Ids of the cases that count against each figure, in order; figures without any are left."""
    found = {
        name: sorted(case.question.id for case in cases if against(case))
        for name, against in AGAINST.items()
    }
    return {name: ids for name, ids in found.items() if ids}
