"""Workshop content loads whole, or tells every fault of shape by file and line."""

import shutil
from pathlib import Path

import pytest

from guidebook.corpus import load_corpus
from guidebook.errors import TrainingError
from guidebook.training.content import load_training, passage_remedy

ROOT = Path(__file__).resolve().parents[2]
QUIZ = "quizzes/fir.yml"
CASE = "scenarios/ghag-claim.yml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the real content, to break."""
    return shutil.copytree(ROOT / "training", tmp_path / "training")


def faults(folder: Path) -> list[str]:
    with pytest.raises(TrainingError) as told:
        load_training(folder)
    return told.value.faults


def line_of(path: Path, text: str) -> int:
    return path.read_text(encoding="utf-8").split("\n").index(text) + 1


def change(path: Path, old: str, new: str) -> None:
    """Replace the first `old`."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_what_is_written_is_what_is_read() -> None:
    training = load_training(ROOT / "training")
    item = training.item("fir-refuse-disbelief")
    assert item is not None
    assert item.options[item.key].en == "Register it now and investigate afterwards"
    assert item.rationale == "fir-first-report/refuse-disbelief"
    assert training.item("no-such-item") is None
    assert len({one.id for one in training.items}) == len(training.items)


@pytest.mark.parametrize(
    ("name", "old", "new", "place", "says"),
    [
        (QUIZ, "    key: 0", "    key: 4", "items.0.key", "less than 4"),
        (QUIZ, "    key: 0", '    key: "0"', "items.0.key", "valid integer"),
        (QUIZ, "    key: 0", "    kex: 0", "items.0.kex", "not permitted"),
        (QUIZ, "    topic: fir", "    topic: firs", "items.0.topic", "Input should be"),
        (QUIZ, "    rationale: fir-first-report/", "    rationale: ", "items.0.rationale", "match"),
        (QUIZ, "      ur: ", "      fa: ", "items.0.question.ur", "add it"),
        (CASE, "    minutes: 5", "    minutes: 0", "steps.0.minutes", "greater than 0"),
        (CASE, "verdict: poor", "verdict: bad", "steps.0.choices.0.verdict", "'good', 'poor'"),
        (CASE, "  - id: gate", "  - id: end", "steps.0", "closes a scenario"),
    ],
)
def test_a_value_that_cannot_be_is_told_with_its_place(
    folder: Path, name: str, old: str, new: str, place: str, says: str
) -> None:
    change(folder / name, old, new)
    told = faults(folder)
    assert all(str(folder / name) in one for one in told)
    (fault,) = [one for one in told if f": {place} is " in one]
    assert says in fault


def test_a_fault_deep_in_a_scenario_has_its_own_line(folder: Path) -> None:
    path = folder / CASE
    change(path, "        next: second", "        next: Not A Step")
    line = line_of(path, "        next: Not A Step")
    (fault,) = faults(folder)
    assert fault.startswith(f"{path}:{line}: steps.0.choices.1.next is 'Not A Step': ")


@pytest.mark.parametrize(("lang", "says"), [("en", "move the Urdu to `ur`"), ("ur", "Urdu script")])
def test_a_text_in_the_wrong_language_is_told(folder: Path, lang: str, says: str) -> None:
    path = folder / QUIZ
    wrong = '"یہ اردو ہے"' if lang == "en" else '"This is English"'
    lines = path.read_text(encoding="utf-8").split("\n")
    at = next(n for n, line in enumerate(lines) if line.strip().startswith(f"{lang}: "))
    lines[at] = f"      {lang}: {wrong}"
    path.write_text("\n".join(lines), encoding="utf-8")
    (fault,) = faults(folder)
    assert fault.startswith(f"{path}:{at + 1}: items.0.question.{lang} is ")
    assert says in fault


def test_every_broken_file_is_told_at_once(folder: Path) -> None:
    (folder / QUIZ).write_text("items:\n  - id: a: b\n", encoding="utf-8")
    (folder / CASE).write_bytes(b"\xff\xfeid: x")
    (folder / "forms.yml").unlink()
    told = "\n".join(faults(folder))
    assert f"{folder / QUIZ}:2: YAML is " in told
    assert f"{folder / CASE}:1: encoding is 'not UTF-8'" in told
    assert f"{folder / 'forms.yml'}:1: file is 'missing'" in told


def test_a_file_that_holds_nothing_is_told(folder: Path) -> None:
    (folder / QUIZ).write_text("", encoding="utf-8")
    (fault,) = faults(folder)
    assert fault.startswith(f"{folder / QUIZ}:1: file is 'None'")


def test_a_key_that_stands_twice_is_told(folder: Path) -> None:
    change(folder / QUIZ, "    key: 0\n", "    key: 0\n    key: 1\n")
    (fault,) = faults(folder)
    assert "key is 'there twice': keep one." in fault
    assert f":{line_of(folder / QUIZ, '    key: 1')}:" in fault


def test_a_folder_without_content_is_told(tmp_path: Path) -> None:
    told = faults(tmp_path)
    assert len(told) == 3
    for name in ("quizzes", "scenarios", "forms.yml"):
        assert any(one.startswith(f"{tmp_path / name}:1: ") for one in told)


def test_only_a_current_passage_that_says_something_may_be_a_reason() -> None:
    corpus = load_corpus(ROOT / "corpus")
    assert passage_remedy(corpus, "fir-first-report/refuse-disbelief") is None
    assert "no passage" in str(passage_remedy(corpus, "fir-first-report/no-such"))
    assert "no passage" in str(passage_remedy(corpus, "no-such/refuse-disbelief"))
    assert "not known" in str(passage_remedy(corpus, "gaps-federal/zero-fir-rule"))
