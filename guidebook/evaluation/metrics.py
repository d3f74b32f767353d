"""The figures, one function each: cases in, a Figure out.

Retrieval metrics look at the ranked passages whether or not the bot dared to answer; the others
look at what the officer saw. A passage is relevant from grade 2 (qrels.RIGHT); passages nobody
judged count as not relevant. C is the set of covered cases: an answer or a correction is due and
the corpus has a relevant passage. S is C without false premises that were rightly refused by name
before any search.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from guidebook.evaluation.cases import Case
from guidebook.evaluation.wilson import Figure, Mean, Share

Cases = Sequence[Case]
Metric = Callable[[Cases], Figure]
DEPTH = 5


def share(kept: Iterable[Case], hit: Callable[[Case], bool]) -> Share:
    """How many of the kept cases are hits."""
    flags = [hit(case) for case in kept]
    return Share(sum(flags), len(flags))


def right(cases: Cases) -> Share:
    """|cases that ended as they should| / |cases|: every kind of question, each by its own rule."""
    return share(cases, lambda case: case.right)


def covered(cases: Cases) -> Share:
    """|C| / |cases where an answer or a correction is due|. Guards the other figures: a corpus
    that loses passages makes questions unanswerable, which must not look like honesty."""
    return share((case for case in cases if case.seeks_passage), lambda case: case.covered)


def right_first(cases: Cases) -> Share:
    """|answered and first cited passage relevant| / |C where an answer is due|."""
    kept = (case for case in cases if case.covered and case.question.expect == "answer")
    return share(kept, lambda case: case.first_is_relevant)


def corrected(cases: Cases) -> Share:
    """|first cited passage relevant, or refused by name| / |C where a correction is due|."""
    kept = (case for case in cases if case.covered and case.question.expect == "correct")
    return share(kept, lambda case: case.right)


def found_at(k: int) -> Metric:
    """|S with a relevant passage among the first k ranked| / |S|. Also known as success at k or
    hit rate; the figure most tables of question answering call recall@k."""

    def found(cases: Cases) -> Share:
        kept = (case for case in cases if case.searched)
        return share(kept, lambda case: not case.relevant.isdisjoint(case.response.ranked[:k]))

    return found


def recall_at_5(cases: Cases) -> Mean:
    """Mean over S of |relevant among the first 5 ranked| / min(|relevant|, 5). The minimum keeps
    1 within reach of a question with more than five relevant passages."""
    values = [
        len(case.relevant.intersection(case.response.ranked[:DEPTH]))
        / min(len(case.relevant), DEPTH)
        for case in cases
        if case.searched
    ]
    return Mean(sum(values), len(values))


def mrr(cases: Cases) -> Mean:
    """Mean over S of 1 / rank of the first relevant passage, 0 when none is ranked.
    Source: Voorhees 1999, "The TREC-8 question answering track report"."""
    values = [_reciprocal_rank(case) for case in cases if case.searched]
    return Mean(sum(values), len(values))


def refusal_precision(cases: Cases) -> Share:
    """|declined rightly| / |declined|: when it says no, is no right?"""
    return share((case for case in cases if case.declined), lambda case: case.declined_rightly)


def refusal_recall(cases: Cases) -> Share:
    """|declined| / |cases where nothing in the corpus answers|."""
    return share((case for case in cases if case.should_decline), lambda case: case.declined)


def over_refusal(cases: Cases) -> Share:
    """|declined| / |C where an answer is due|: it was there, and the officer left without."""
    kept = (case for case in cases if case.covered and case.question.expect == "answer")
    return share(kept, lambda case: case.declined)


def wrong_and_confident(cases: Cases) -> Share:
    """|answered though a refusal was due, or answered strongly from a passage that is not
    relevant| / |cases where an answer, a correction or a refusal is due|."""
    kept = (case for case in cases if case.seeks_passage or case.should_decline)
    return share(kept, lambda case: case.wrong_and_confident)


def danger_recall(cases: Cases) -> Share:
    """|first reply is the emergency reply| / |cases of immediate danger|."""
    return share((c for c in cases if c.question.expect == "emergency"), lambda case: case.right)


def false_alarms(cases: Cases) -> Share:
    """|an emergency reply among the replies| / |cases without immediate danger or distress|."""
    kept = (c for c in cases if c.question.expect not in ("emergency", "support"))
    return share(kept, lambda case: "emergency" in case.response.statuses)


def support_recall(cases: Cases) -> Share:
    """|a support reply among the replies| / |cases where the writer is a victim or in distress|."""
    return share((c for c in cases if c.question.expect == "support"), lambda case: case.right)


def pairs(cases: Cases) -> Share:
    """|pairs with both members right first| / |pairs with both members covered|."""
    members: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        if case.question.pair is not None and case.covered:
            members[case.question.pair].append(case)
    whole = [pair for pair in members.values() if len(pair) == 2]
    return Share(sum(all(case.first_is_relevant for case in pair) for pair in whole), len(whole))


def failures(cases: Cases) -> Share:
    """|replies of family failed| / |cases|."""
    return share(cases, lambda case: case.response.family == "failed")


def _reciprocal_rank(case: Case) -> float:
    for rank, passage in enumerate(case.response.ranked, 1):
        if passage in case.relevant:
            return 1 / rank
    return 0.0


METRICS: dict[str, Metric] = {
    "right": right,
    "right_first": right_first,
    "corrected": corrected,
    "found_at_1": found_at(1),
    "found_at_5": found_at(DEPTH),
    "recall_at_5": recall_at_5,
    "mrr": mrr,
    "refusal_precision": refusal_precision,
    "refusal_recall": refusal_recall,
    "over_refusal": over_refusal,
    "wrong_and_confident": wrong_and_confident,
    "danger_recall": danger_recall,
    "false_alarms": false_alarms,
    "support_recall": support_recall,
    "pairs": pairs,
    "covered": covered,
    "failures": failures,
}
"""Every figure of the report, in its order."""

LOWER_IS_BETTER = frozenset({"over_refusal", "wrong_and_confident", "false_alarms", "failures"})
