"""Figures are the arithmetic their docstrings state, and small rooms are told as small."""

import csv
import io
from math import sqrt
from pathlib import Path

import pytest

from guidebook.intervals import t95
from guidebook.training.content import Training, load_training
from guidebook.training.gain import gain
from guidebook.training.item_analysis import analyse, point_biserial
from guidebook.training.quiz_run import QuizAnswer, QuizRun, quiz_items, replay_quiz
from guidebook.training.results_csv import gain_csv, items_csv
from guidebook.training.shares import Share

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def training() -> Training:
    return load_training(ROOT / "training")


def answered(training: Training, name: str, sheets: list[str]) -> QuizRun:
    """A run; each sheet is a letter a question: R right, W the option after the key, - left out.

    A sheet that is shorter than the form was broken off.
    """
    given = []
    for number, letters in enumerate(sheets):
        for item, letter in zip(quiz_items(training, name), letters, strict=False):
            option = {"R": item.key, "W": (item.key + 1) % 4, "-": None}[letter]
            given.append(QuizAnswer(f"phone-{number}", item.id, option))
    return replay_quiz(training, name, given)


def test_difficulty_is_the_share_right_of_those_who_came_to_the_question(
    training: Training,
) -> None:
    run = answered(training, "pre", ["RR", "RW", "R-", "W"])
    first, second, third = analyse(run).items[:3]
    assert (first.difficulty, first.left_out) == (Share(3, 4), 0)
    assert (second.difficulty, second.left_out) == (Share(1, 3), 1)
    assert (third.difficulty, third.difficulty.value) == (Share(0, 0), None)
    assert sum(second.chosen) + second.left_out == second.difficulty.whole
    assert second.chosen[second.item.key] == 1


def test_the_mean_is_of_finished_sheets(training: Training) -> None:
    figures = analyse(answered(training, "pre", ["R" * 15, "R" * 5 + "W" * 10, "R"]))
    assert (figures.sheets, figures.finished) == (3, 2)
    assert figures.mean == pytest.approx((15 + 5) / (2 * 15))


def test_wilsons_interval_is_its_formula() -> None:
    low, high = Share(3, 4).interval or (0, 0)
    z2 = 1.959964**2
    middle, half = 3 / 4 + z2 / 8, 1.959964 * sqrt(3 / 4 * 1 / 4 / 4 + z2 / 64)
    assert (low, high) == pytest.approx(
        ((middle - half) / (1 + z2 / 4), (middle + half) / (1 + z2 / 4))
    )
    assert (Share(0, 9).interval or (1, 1))[0] == 0
    assert Share(0, 0).interval is None


@pytest.mark.parametrize(("freedom", "table"), [(4, 2.776), (9, 2.262), (23, 2.069), (39, 2.023)])
def test_students_point_is_the_tables(freedom: int, table: float) -> None:
    assert t95(freedom) == pytest.approx(table, abs=0.01)


def test_discrimination_is_the_correlation_with_the_rest() -> None:
    # Right, right, wrong, wrong with totals 3, 2, 1, 0: the rests are 2, 1, 1, 0.
    spread = sqrt((1 + 0 + 0 + 1) / 4)
    expected = (1.5 - 0.5) / spread * sqrt(0.5 * 0.5)
    assert point_biserial([True, True, False, False], [3, 2, 1, 0]) == pytest.approx(expected)
    assert point_biserial([True, True], [2, 1]) is None  # nobody got it wrong
    assert point_biserial([True, False], [2, 1]) is None  # the rests are 1 and 1


def test_an_item_that_the_better_get_wrong_stands_out(training: Training) -> None:
    good, weak = "W" + "R" * 14, "R" + "W" * 14
    first, second = analyse(answered(training, "pre", [good] * 6 + [weak] * 6)).items[:2]
    assert first.discrimination == pytest.approx(-1)
    assert second.discrimination is not None
    assert second.discrimination > 0.9


def test_fewer_than_ten_finished_sheets_tell_no_discrimination(training: Training) -> None:
    nine = ["R" * 15, "W" * 15, "R" * 7 + "W" * 8] * 3
    few = analyse(answered(training, "pre", nine))
    assert (few.size, {one.discrimination for one in few.items}) == ("small", {None})
    broken_off = analyse(answered(training, "pre", [*nine, "RW"]))
    assert {one.discrimination for one in broken_off.items} == {None}
    ten = analyse(answered(training, "pre", [*nine, "W" * 15]))
    assert ten.size == "enough"
    assert all(one.discrimination is not None for one in ten.items)


def test_two_sheets_show_no_question_since_each_would_give_the_other_away(
    training: Training,
) -> None:
    figures = analyse(answered(training, "pre", ["R" * 15, "W" * 15]))
    assert (figures.size, figures.items, figures.misread) == ("too_few", (), ())
    assert items_csv(figures).count("\n") == 1
    assert analyse(replay_quiz(training, "pre", [])).size == "none"


def test_a_belief_is_a_wrong_option_many_share(training: Training) -> None:
    run = answered(training, "pre", ["WR", "WR", "WW", "RW", "RW", "RR", "RR"])
    first, second = analyse(run).items[:2]
    assert first.belief == (first.item.key + 1) % 4  # 3 of 7
    assert second.belief == (second.item.key + 1) % 4
    more = answered(training, "pre", ["WR", "WR", "WR", *["RR"] * 7])
    assert analyse(more).items[0].belief is None  # 3 of 10 is less than a third
    two = answered(training, "pre", ["WR", "WR", "RR"])
    assert analyse(two).items[0].belief is None  # two people are no belief of a room


def test_what_was_misread_most_comes_first(training: Training) -> None:
    run = answered(training, "pre", ["WWR", "WWR", "WWR", "RWR", "RWR"])
    assert [one.number for one in analyse(run).misread] == [2, 1]


def test_a_gain_is_told_with_its_interval_over_those_who_did_both(training: Training) -> None:
    changes = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5]
    before = answered(training, "pre", [*["R" * 6 + "W" * 9] * 10, "R" * 15])
    after = answered(training, "post", ["R" * (6 + c) + "W" * (9 - c) for c in changes])
    found = gain(before, after)
    assert found.paired == 10
    assert [found.before, found.after] == pytest.approx([6 / 15, 9 / 15])
    assert found.points == pytest.approx(100 * 3 / 15)
    half = t95(9) * sqrt(20 / 9 / 10) * 100 / 15  # squares of the changes about 3 add up to 20
    assert found.interval == pytest.approx((20 - half, 20 + half))
    assert found.clear


def test_a_gain_of_few_has_no_interval_and_is_not_called_clear(training: Training) -> None:
    found = gain(
        answered(training, "pre", ["W" * 15] * 9), answered(training, "post", ["R" * 15] * 9)
    )
    assert (found.points, found.interval, found.clear) == (100, None, False)
    two = gain(
        answered(training, "pre", ["W" * 15] * 2), answered(training, "post", ["R" * 15] * 2)
    )
    assert (two.paired, two.points, two.topics) == (2, None, ())


def test_topics_are_compared_over_all_sheets_in_the_order_asked(training: Training) -> None:
    found = gain(answered(training, "pre", ["W", "R", "R"]), answered(training, "post", ["R"] * 4))
    first = found.topics[0]
    assert (first.topic, first.before, first.after) == ("fir", Share(2, 3), Share(4, 4))
    assert first.points == pytest.approx(100 / 3)
    assert found.topics[1].points is None


def test_the_csv_holds_the_figures_and_no_participant(training: Training) -> None:
    run = answered(training, "pre", ["RW", "RW", "RW", "W-"])
    written = items_csv(analyse(run))
    first, second, *_ = csv.DictReader(io.StringIO(written))
    assert (first["answered"], first["right"], first["share_right"]) == ("4", "3", "0.750")
    assert (first["key"], first["misread_as"], first["discrimination"]) == ("1", "", "")
    assert second["misread_as"] == str((run.items[1].key + 1) % 4 + 1)
    assert (second["left_out"], second["passage"]) == ("1", run.items[1].rationale)
    assert "phone-" not in written
    (topic, *_) = csv.DictReader(io.StringIO(gain_csv(gain(run, run))))
    assert (topic["topic"], topic["before"], topic["points"]) == ("fir", "0.750", "0.000")
