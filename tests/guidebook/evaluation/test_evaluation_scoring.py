"""A hand-made run, saved, read back, scored, reported, explained, and held to a baseline."""

import json
from pathlib import Path

import pytest
from examination import case, question

from guidebook.evaluation.baseline import drops, load_baseline, save_baseline
from guidebook.evaluation.cases import Case, cases_of
from guidebook.evaluation.errors import EvaluationError
from guidebook.evaluation.qrels import Judgement, Qrels
from guidebook.evaluation.report import as_json, explain, markdown
from guidebook.evaluation.runs import Response, Run, git_commit, load_run, save_run
from guidebook.evaluation.scoring import Speed, score, speed
from guidebook.evaluation.wilson import Mean, Share

QUESTIONS = [
    question("fir-001"),
    question("fed-001", lang="ur", turns=["کیا رپورٹ سے انکار", "اور رات کو"]),
    question("una-001", expect="refuse", kind="unanswerable", topic="unrelated"),
]
QRELS = Qrels(
    (
        Judgement("fir-001", "law/a", 3, "facts"),
        Judgement("fed-001", "law/b", 2, "facts"),
        Judgement("fed-001", "law/c", 3, "hand"),
    )
)
RUN = Run(
    "mine",
    {
        "fir-001": Response("fir-001", ("answered",), ("law/a",), ("law/a",), "strong", 10),
        "fed-001": Response("fed-001", ("answered",), ("law/x", "law/b"), ("law/x",), "strong", 30),
        "una-001": Response("una-001", ("unanswerable_no_passage",), ("law/x",), (), None, 20),
    },
    {"asked": "library", "at": "2026-11-22T00:00:00+00:00", "split": "all", "corpus_digest": "d"},
)


def cases() -> tuple[Case, ...]:
    return cases_of(QUESTIONS, QRELS, RUN)


def test_a_run_comes_back_from_disk_as_it_was(tmp_path: Path) -> None:
    save_run(tmp_path / "mine", RUN)
    assert load_run(tmp_path / "mine") == RUN
    first = json.loads((tmp_path / "mine" / "run.jsonl").read_text().split("\n")[0])
    assert (first["status"], first["family"]) == ("answered", "answered")


def test_a_run_without_settings_is_unfinished(tmp_path: Path) -> None:
    save_run(tmp_path, RUN)
    (tmp_path / "settings.json").unlink()
    with pytest.raises(EvaluationError, match="No finished run"):
        load_run(tmp_path)


def test_a_damaged_run_is_named_by_its_line(tmp_path: Path) -> None:
    save_run(tmp_path, RUN)
    with (tmp_path / "run.jsonl").open("a") as file:
        file.write('{"question": "fir-009"}\n')
    with pytest.raises(EvaluationError, match=r"run\.jsonl:4: KeyError"):
        load_run(tmp_path)


def test_saving_leaves_no_half_written_file_behind(tmp_path: Path) -> None:
    save_run(tmp_path, RUN)
    save_run(tmp_path, RUN)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["run.jsonl", "settings.json"]


def test_a_question_the_run_was_not_asked_stops_the_score() -> None:
    with pytest.raises(EvaluationError, match="no response to 1 of 4 questions"):
        cases_of([*QUESTIONS, question("fir-003")], QRELS, RUN)


def test_the_hand_made_run_scores_as_counted_by_hand() -> None:
    overall = score(cases(), "all").overall
    assert overall["right"] == Share(2, 3)
    assert overall["right_first"] == Share(1, 2)
    assert overall["found_at_5"] == Share(2, 2)
    assert overall["mrr"] == Mean(1 / 1 + 1 / 2, 2)
    assert overall["recall_at_5"] == Mean(1 / 1 + 1 / 2, 2)
    assert overall["refusal_precision"] == Share(1, 1)
    assert overall["wrong_and_confident"] == Share(1, 3)


def test_groups_hold_their_own_cases() -> None:
    groups = score(cases(), "all").groups
    assert groups["lang"]["ur"]["right_first"] == Share(0, 1)
    assert groups["lang"]["en"]["right"] == Share(2, 2)
    assert groups["turns"]["2"]["right"] == Share(0, 1)
    assert groups["topic"]["unrelated"]["refusal_recall"] == Share(1, 1)
    assert {side: figures["right"].total for side, figures in groups["split"].items()} == {
        "development": 1,
        "test": 2,
    }


def test_percentiles_take_the_nearest_rank() -> None:
    twenty = [case(took_ms=ms) for ms in range(1, 21)]
    assert speed(twenty) == Speed(p50=10, p95=19)  # ceil(.5 * 20) = 10, ceil(.95 * 20) = 19
    assert speed(twenty[:1]) == Speed(1, 1)


def test_the_report_names_the_run_the_figures_and_the_failed_case() -> None:
    text = markdown(score(cases(), "all"), RUN, failures=1)
    assert "# Run mine, split all: 3 questions" in text
    assert "| right_first | 0.500 | 0.095 to 0.905 | 2 |" in text
    assert "| mrr | 0.750 | - | 2 |" in text
    assert "**fed-001** (ur, answer) WRONG AND CONFIDENT: کیا رپورٹ سے انکار / اور رات کو" in text
    assert "expected: law/c, law/b; got: law/x; status: answered" in text


def test_the_machine_report_says_the_same() -> None:
    told = as_json(score(cases(), "all"), RUN)
    assert told["figures"]["right_first"]["value"] == 1 / 2
    assert [failure["id"] for failure in told["failures"]] == ["fed-001"]
    assert json.loads(json.dumps(told))["took_ms"] == {"p50": 20, "p95": 30}


def test_explain_shows_grades_beside_every_passage() -> None:
    text = explain(cases()[1], {"law/b": "At night?"})
    assert "    2  law/b  At night?" in text
    assert "    0  law/x" in text
    assert "wrong and confident: yes" in text


def test_a_baseline_fails_only_when_a_figure_falls_by_more_than_it_tolerates(
    tmp_path: Path,
) -> None:
    path = tmp_path / "baseline.json"
    now = score(cases(), "all")
    save_baseline(path, now, RUN)
    assert drops(now, load_baseline(path, "all")) == []
    whole = json.loads(path.read_text())
    figures = whole["splits"]["all"]["figures"]
    figures["right_first"].update(value=0.6, tolerance=0.1)  # 0.5 is exactly 0.1 lower: allowed
    figures["found_at_5"].update(value=0.9)  # now 1.0: better never fails
    figures["wrong_and_confident"].update(value=0.3, tolerance=0.02)  # now 0.333: fell by 0.033
    path.write_text(json.dumps(whole))
    (drop,) = drops(now, load_baseline(path, "all"))
    assert str(drop) == "wrong_and_confident was 0.300 and is 0.333; 0.02 is tolerated."


def test_a_figure_that_vanished_has_fallen(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    save_baseline(path, score(cases(), "all"), RUN)
    only_refusals = score(cases()[2:], "all")
    assert "right_first" in {drop.name for drop in drops(only_refusals, load_baseline(path, "all"))}


def test_saving_again_keeps_the_tolerances_a_person_wrote(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    now = score(cases(), "all")
    save_baseline(path, now, RUN)
    whole = json.loads(path.read_text())
    whole["splits"]["all"]["figures"]["right"]["tolerance"] = 0.5
    path.write_text(json.dumps(whole))
    save_baseline(path, now, RUN)
    assert load_baseline(path, "all")["right"]["tolerance"] == 0.5


def test_no_baseline_says_how_to_save_one(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="--save-baseline"):
        load_baseline(tmp_path / "baseline.json", "test")


def test_the_commit_is_read_from_git_itself(tmp_path: Path) -> None:
    git = tmp_path / ".git"
    (git / "refs" / "heads").mkdir(parents=True)
    (git / "HEAD").write_text("ref: refs/heads/main\n")
    assert git_commit(tmp_path) is None
    (git / "packed-refs").write_text(f"# pack-refs\n{'a' * 40} refs/heads/main\n")
    assert git_commit(tmp_path) == "a" * 40
    (git / "refs" / "heads" / "main").write_text("b" * 40 + "\n")
    assert git_commit(tmp_path) == "b" * 40
    assert git_commit(tmp_path / "elsewhere") is None
