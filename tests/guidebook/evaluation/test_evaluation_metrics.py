"""Expected figures are written as arithmetic, so that the reader checks the sums."""

import math

import pytest
from examination import case

from guidebook.evaluation import metrics
from guidebook.evaluation.cases import Case
from guidebook.evaluation.wilson import Mean, Share
from guidebook.intervals import wilson


def test_wilson_for_eight_of_ten() -> None:
    z, p, n = 1.959964, 8 / 10, 10
    centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    assert wilson(8, 10) == pytest.approx((centre - half, centre + half))
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)  # Newcombe 1998's method 3


def test_wilson_at_the_ends_has_width_and_stays_within_0_and_1() -> None:
    z = 1.959964
    assert wilson(0, 10) == pytest.approx((0, z**2 / (10 + z**2)))
    assert wilson(10, 10) == pytest.approx((10 / (10 + z**2), 1))


def test_a_share_of_nothing_has_no_value() -> None:
    assert Share(0, 0).value is None
    assert Share(0, 0).interval is None
    assert Mean(0.0, 0).value is None


def test_right_first_counts_the_first_cited_passage_of_an_answer() -> None:
    cases = [
        case(ranked="good bad"),
        case(ranked="bad good"),
        case(ranked="bad good", cited="good"),
        case("unanswerable_no_passage", ranked="good"),
        case(ranked="good", grades={"good": 1}),  # grade 1 is not right: not covered either
        case(ranked="good", expect="correct"),  # counted by `corrected`
    ]
    assert metrics.right_first(cases) == Share(2, 4)


def test_the_ranking_is_scored_even_when_the_bot_declines() -> None:
    cases = [
        case("unanswerable_no_passage", ranked="a b good"),
        case(ranked="good"),
        case(ranked="a b c d e good"),
        case(ranked="a b"),
    ]
    assert metrics.found_at(1)(cases) == Share(1, 4)
    assert metrics.found_at(5)(cases) == Share(2, 4)
    assert metrics.mrr(cases) == Mean(1 / 3 + 1 / 1 + 1 / 6 + 0, 4)


def test_recall_at_5_is_the_mean_share_of_relevant_passages_within_reach() -> None:
    many = dict.fromkeys("abcdefg", 2)
    cases = [
        case(ranked="good x y z w also", grades={"good": 3, "also": 2}),  # 1 of 2
        case(ranked="a b x c d", grades=many),  # 4 of the 5 that have room
        case(ranked="x", grades={"good": 3}),  # 0 of 1
    ]
    assert metrics.recall_at_5(cases) == Mean(1 / 2 + 4 / 5 + 0 / 1, 3)


def test_declining_is_judged_by_what_was_due() -> None:
    cases = [
        case("unanswerable_no_passage", expect="refuse", grades={}),  # rightly
        case("refused_drafting", expect="refuse", grades={}),  # rightly
        case("told_small_talk", expect="refuse", grades={}),  # rightly
        case("clarify_rephrase", expect="refuse", grades={}),  # rightly
        case(ranked="bad", expect="refuse", grades={}),  # answered nonsense
        case("unanswerable_no_passage", grades={}),  # not in the corpus: rightly
        case("unanswerable_no_passage"),  # the answer was there: wrongly
        case("refused_wrongdoing", expect="correct"),  # a false premise, by name: rightly
        case("unanswerable_no_passage", expect="correct"),  # a false premise, unmet: wrongly
        case("clarify_facet"),  # asking back is no refusal
        case(ranked="good"),
    ]
    assert metrics.refusal_precision(cases) == Share(4 + 1 + 1, 4 + 1 + 1 + 1 + 1)
    assert metrics.refusal_recall(cases) == Share(4 + 1, 4 + 1 + 1)
    assert metrics.over_refusal(cases) == Share(1, 3)
    assert metrics.corrected(cases) == Share(1, 2)
    assert metrics.covered(cases) == Share(5, 6)


def test_a_false_premise_refused_by_name_was_never_searched() -> None:
    cases = [case("refused_wrongdoing", expect="correct"), case(ranked="good", expect="correct")]
    assert metrics.found_at(5)(cases) == Share(1, 1)


def test_wrong_and_confident_counts_strong_mistakes_and_refusals_not_given() -> None:
    cases = [
        case(ranked="bad"),  # strong and wrong
        case(ranked="bad", strength="fair"),  # wrong, and says it is not sure
        case("answered_caution", ranked="bad", grades={}),  # strong, and nothing answers this
        case(ranked="bad", strength="fair", expect="refuse", grades={}),  # a refusal was due
        case(ranked="good"),
        case("unanswerable_no_passage"),
        case("emergency", expect="emergency"),  # not counted
    ]
    assert metrics.wrong_and_confident(cases) == Share(3, 6)


def test_danger_must_come_first_and_a_false_alarm_spoils_no_answer() -> None:
    cases = [
        case("emergency", expect="emergency"),
        case(ranked="good", before=("emergency",), expect="emergency"),
        case(ranked="good", expect="emergency"),  # missed
        case("emergency", before=("answered",), expect="emergency"),  # not first: missed
        case("told_support_victim", expect="support"),
        case("told_support_victim", before=("emergency",), expect="support"),
        case(ranked="good", expect="support"),  # missed
        case(ranked="good", before=("emergency",)),  # false alarm, still right first
        case(ranked="good"),
    ]
    assert metrics.danger_recall(cases) == Share(2, 4)
    assert metrics.support_recall(cases) == Share(2, 3)
    assert metrics.false_alarms(cases) == Share(1, 2)
    assert metrics.right_first(cases) == Share(2, 2)
    assert metrics.right(cases) == Share(2 + 2 + 2, 9)


def test_a_pair_counts_when_both_members_are_right_and_both_are_covered() -> None:
    def member(pair: str, ranked: str, grades: dict[str, int] | None = None) -> Case:
        return case(ranked=ranked, grades=grades, kind="pair", pair=pair, differs_in="age")

    cases = [
        member("p01", "good"), member("p01", "good"),
        member("p02", "good"), member("p02", "bad"),
        member("p03", "good"), member("p03", "bad", grades={}),
    ]  # fmt: skip
    assert metrics.pairs(cases) == Share(1, 2)


def test_silence_and_failures_are_failures() -> None:
    assert metrics.failures([case("failed_silent"), case(ranked="good")]) == Share(1, 2)


def test_every_figure_of_the_report_takes_no_cases() -> None:
    assert all(metric([]).value is None for metric in metrics.METRICS.values())
