"""The commands on a folder of their own, and once on the real files."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from examination import question

from guidebook.evaluation import places
from guidebook.evaluation.cli import evaluate
from guidebook.evaluation.files import write_lines, write_object
from guidebook.evaluation.questions import Question, questions_digest

HEAVY = ("numpy", "torch", "faiss", "bm25s", "rapidfuzz", "sentence_transformers", "httpx")


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files of an examination with two questions and one finished run, `latest`."""
    for name, path in (
        ("QUESTIONS", tmp_path / "questions"),
        ("QRELS", tmp_path / "qrels.jsonl"),
        ("BASELINE", tmp_path / "baseline.json"),
        ("RESULTS", tmp_path / "results"),
    ):
        monkeypatch.setattr(places, name, path)
    questions: list[Question] = [question("fir-001"), question("una-001", expect="refuse")]
    write_lines(tmp_path / "questions" / "some.jsonl", (item.model_dump() for item in questions))
    write_lines(
        tmp_path / "qrels.jsonl",
        [{"question": "fir-001", "passage": "law/a", "grade": 3, "by": "hand"}],
    )
    answered = {"statuses": ["answered"], "ranked": ["law/a"], "cited": ["law/a"]}
    declined = {"statuses": ["unanswerable_no_passage"], "ranked": [], "cited": []}
    rest = {"strength": None, "took_ms": 5}
    write_lines(
        tmp_path / "results" / "latest" / "run.jsonl",
        [{"question": "fir-001", **answered, **rest}, {"question": "una-001", **declined, **rest}],
    )
    write_object(
        tmp_path / "results" / "latest" / "settings.json",
        {"split": "all", "questions_digest": questions_digest(questions)},
    )
    return tmp_path


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys; from guidebook.evaluation.cli import evaluate; "
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_score_prints_saves_and_compares(workplace: Path) -> None:
    runner = CliRunner()
    first = runner.invoke(evaluate, ["score", "--save-baseline"], catch_exceptions=False)
    assert first.exit_code == 0
    assert "| right | 1.000 |" in first.output
    assert (workplace / "results" / "latest" / "score-all.md").is_file()
    told = json.loads((workplace / "results" / "latest" / "score-all.json").read_text())
    assert told["figures"]["right"]["value"] == 1
    same = runner.invoke(evaluate, ["score", "--against", "baseline"], catch_exceptions=False)
    assert same.exit_code == 0
    assert "No headline figure fell" in same.output


def test_score_fails_when_a_figure_fell(workplace: Path) -> None:
    runner = CliRunner()
    runner.invoke(evaluate, ["score", "--save-baseline"], catch_exceptions=False)
    path = workplace / "results" / "latest" / "run.jsonl"
    path.write_text(path.read_text().replace("law/a", "law/b"))
    worse = runner.invoke(evaluate, ["score", "--against", "baseline"], catch_exceptions=False)
    assert worse.exit_code == 1
    assert "FELL: right_first was 1.000 and is 0.000" in worse.output


def test_score_says_when_the_questions_were_changed_since(workplace: Path) -> None:
    path = workplace / "questions" / "some.jsonl"
    path.write_text(path.read_text().replace("can i refuse", "may i refuse"))
    ran = CliRunner().invoke(evaluate, ["score"], catch_exceptions=False)
    assert "changed since this run" in ran.output


def test_explain_prints_one_question(workplace: Path) -> None:
    ran = CliRunner().invoke(evaluate, ["score", "--explain", "fir-001"], catch_exceptions=False)
    assert "reference: No." in ran.output
    assert "    3  law/a" in ran.output


def test_the_real_files_are_judged_and_free_of_overlap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "QRELS", tmp_path / "qrels.jsonl")
    judged = CliRunner().invoke(evaluate, ["judge"], catch_exceptions=False)
    assert judged.exit_code == 0
    assert (tmp_path / "qrels.jsonl").stat().st_size > 100_000
    checked = CliRunner().invoke(evaluate, ["overlap"], catch_exceptions=False)
    assert checked.exit_code == 0, checked.output
