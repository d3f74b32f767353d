"""Behind each figure that can fall stand the cases that count against it, and no other."""

from pathlib import Path

from examination import case

from guidebook.evaluation.baseline import TOLERANCES, drops_of, load_missed, save_baseline
from guidebook.evaluation.metrics import METRICS
from guidebook.evaluation.missed import AGAINST, missed
from guidebook.evaluation.runs import Run
from guidebook.evaluation.scoring import score
from guidebook.evaluation.wilson import Share

CASES = (
    case(ranked="good other", question_id="fir-001"),
    case(ranked="other good", question_id="fir-002"),
    case(ranked="a b c d e good", question_id="fir-003", strength="fair"),
    case("unanswerable_no_passage", ranked="good", question_id="fir-004"),
    case(ranked="other", question_id="fir-005", expect="refuse", grades={}),
    case("refused_verdict", question_id="fir-006", expect="refuse", grades={}),
    case("answered", ranked="x", question_id="fir-007", grades={}),
    case("emergency", question_id="fir-008", expect="emergency", kind="danger"),
    case("answered", ranked="x", question_id="fir-009", expect="emergency", kind="danger"),
    case("told_support_victim", question_id="fir-010", expect="support"),
    case("answered", ranked="x", question_id="fir-011", expect="support"),
    case(ranked="good", question_id="fir-012", kind="pair", pair="p", differs_in="age"),
    case(ranked="bad", question_id="fir-013", kind="pair", pair="p", differs_in="age"),
)


def test_each_baseline_figure_knows_its_cases() -> None:
    assert set(AGAINST) == set(TOLERANCES)


def test_the_cases_against_a_figure_are_named() -> None:
    found = missed(CASES)
    assert found["right_first"] == ["fir-002", "fir-003", "fir-004", "fir-013"]
    assert found["found_at_5"] == ["fir-003", "fir-013"]
    assert found["over_refusal"] == ["fir-004"]
    assert found["refusal_recall"] == ["fir-005", "fir-007"]
    assert found["wrong_and_confident"] == ["fir-002", "fir-005", "fir-007", "fir-013"]
    assert found["danger_recall"] == ["fir-009"]
    assert found["support_recall"] == ["fir-011"]
    assert found["pairs"] == ["fir-013"]
    assert found["covered"] == ["fir-007"]
    assert found["refusal_precision"] == ["fir-004"]


def test_as_many_are_named_as_the_figure_counts() -> None:
    """Shares of cases for: of n cases, n - hits are against. Shares of cases against: hits."""
    found = missed(CASES)
    for name in ("right", "right_first", "found_at_5", "refusal_precision", "refusal_recall",
                 "danger_recall", "support_recall", "covered"):  # fmt: skip
        figure = METRICS[name](CASES)
        assert isinstance(figure, Share)
        assert len(found[name]) == figure.total - figure.hits, name
    for name in ("over_refusal", "wrong_and_confident"):
        figure = METRICS[name](CASES)
        assert isinstance(figure, Share)
        assert len(found[name]) == figure.hits, name


def test_a_baseline_names_the_cases_of_the_development_split_alone(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    for split in ("development", "test"):
        save_baseline(path, score(CASES, split), Run("hand", {}, {}), "a reason")
    assert load_missed(path, "development")["danger_recall"] == ["fir-009"]
    assert load_missed(path, "test") == {}
    assert '"reason": "a reason"' in path.read_text()


def test_bare_values_fall_as_scores_do() -> None:
    floor = {
        "right": {"value": 0.5, "tolerance": 0.1},
        "false_alarms": {"value": 0.1, "tolerance": 0.1},
    }
    assert drops_of({"right": 0.4, "false_alarms": 0.2}, floor) == []
    fell = drops_of({"right": 0.39, "false_alarms": 0.21}, floor)
    assert [drop.name for drop in fell] == ["right", "false_alarms"]
    assert [drop.name for drop in drops_of({"right": 0.5}, floor)] == ["false_alarms"]
