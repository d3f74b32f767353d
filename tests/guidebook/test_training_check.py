"""Quizzes measure, forms compare, scenarios can be played to their end; else it is told."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from guidebook.cli import main
from guidebook.corpus import Corpus, load_corpus
from guidebook.training.check import check
from guidebook.training.content import load_training
from guidebook.training.schema import END, OPTIONS

ROOT = Path(__file__).resolve().parents[2]
QUIZ = "quizzes/fir.yml"
CASE = "scenarios/ghag-claim.yml"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus(ROOT / "corpus")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the real content, to break."""
    return shutil.copytree(ROOT / "training", tmp_path / "training")


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def write(path: Path, content: Any) -> None:
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8")


def faults(folder: Path, corpus: Corpus) -> list[str]:
    return [str(fault) for fault in check(load_training(folder), corpus)]


def test_the_content_in_the_repository_has_no_fault(corpus: Corpus) -> None:
    assert faults(ROOT / "training", corpus) == []


# -- quiz items


def test_an_id_that_stands_twice_is_told(folder: Path, corpus: Corpus) -> None:
    quiz = read(folder / QUIZ)
    quiz["items"][1]["id"] = quiz["items"][0]["id"]
    write(folder / QUIZ, quiz)
    told = faults(folder, corpus)
    assert any(
        "items.1.id is 'fir-refuse-disbelief': fir.yml has it already" in one for one in told
    )


def test_an_item_in_a_file_of_another_topic_is_told(folder: Path, corpus: Corpus) -> None:
    quiz = read(folder / QUIZ)
    quiz["items"][2]["topic"] = "rape"
    write(folder / QUIZ, quiz)
    told = faults(folder, corpus)
    assert any("items.2.topic is 'rape': this file holds fir" in one for one in told)


def test_a_topic_of_the_guidance_without_items_is_told(folder: Path, corpus: Corpus) -> None:
    (folder / "quizzes" / "custody.yml").unlink()
    (fault,) = faults(folder, corpus)
    assert fault.startswith(f"{folder / 'quizzes' / 'custody.yml'}:1: items is '0'")


@pytest.mark.parametrize(
    ("rationale", "says"),
    [
        ("fir-first-report/no-such", "no passage of the corpus"),
        ("gaps-federal/zero-fir-rule", "says what is not known"),
        ("women-in-custody/parda-room", "about custody, suspects, not fir"),
    ],
)
def test_a_rationale_that_does_not_serve_is_told(
    folder: Path, corpus: Corpus, rationale: str, says: str
) -> None:
    quiz = read(folder / QUIZ)
    quiz["items"][0]["rationale"] = rationale
    write(folder / QUIZ, quiz)
    (fault,) = faults(folder, corpus)
    assert f"items.0.rationale is '{rationale}'" in fault
    assert says in fault


@pytest.mark.parametrize("lang", ["en", "ur"])
def test_an_option_that_stands_twice_is_told(folder: Path, corpus: Corpus, lang: str) -> None:
    quiz = read(folder / QUIZ)
    options = quiz["items"][0]["options"]
    options[3][lang] = options[1][lang] + " "
    write(folder / QUIZ, quiz)
    (fault,) = faults(folder, corpus)
    assert f"items.0.options.3.{lang} is " in fault


def test_keys_in_one_position_are_told(folder: Path, corpus: Corpus) -> None:
    for path in folder.glob("quizzes/*.yml"):
        quiz = read(path)
        for item in quiz["items"]:
            item["key"] = 2
        write(path, quiz)
    told = faults(folder, corpus)
    total = len(load_training(folder).items)
    assert any(f"key is '0 at 0, 0 at 1, {total} at 2, 0 at 3'" in one for one in told)
    assert any("pre is 'keys 0 at 0, 0 at 1, 15 at 2, 0 at 3'" in one for one in told)


def test_right_answers_that_are_the_long_ones_are_told(folder: Path, corpus: Corpus) -> None:
    for path in folder.glob("quizzes/*.yml"):
        quiz = read(path)
        for item in quiz["items"]:
            item["options"][item["key"]]["en"] += ", and so on at length, with every condition"
        write(path, quiz)
    told = faults(folder, corpus)
    total = len(load_training(folder).items)
    assert any(f"the longest option in {total} of {total}" in one for one in told)


# -- forms


def test_a_form_of_another_length_is_told(folder: Path, corpus: Corpus) -> None:
    forms = read(folder / "forms.yml")
    forms["pre"].pop()
    write(folder / "forms.yml", forms)
    told = faults(folder, corpus)
    assert any("pre is '14 items': list 15." in one for one in told)
    assert any("post is 'referral-services: 0 before, 1 after'" in one for one in told)


def test_an_item_that_is_asked_twice_is_told(folder: Path, corpus: Corpus) -> None:
    forms = read(folder / "forms.yml")
    forms["post"][0] = forms["pre"][0]
    forms["pre"][2] = forms["pre"][1]
    write(folder / "forms.yml", forms)
    told = faults(folder, corpus)
    assert any(": post.0 is 'fir-refuse-disbelief': is asked already" in one for one in told)
    assert any(": pre.2 is 'first-at-the-door': is asked already" in one for one in told)


def test_a_form_that_names_no_item_is_told(folder: Path, corpus: Corpus) -> None:
    forms = read(folder / "forms.yml")
    forms["post"][4] = "no-such-item"
    write(folder / "forms.yml", forms)
    assert any("post.4 is 'no-such-item': no quiz item" in one for one in faults(folder, corpus))


def test_the_forms_of_the_repository_ask_the_same_topics() -> None:
    training = load_training(ROOT / "training")
    forms = training.forms.content
    items = {item.id: item for item in training.items}
    pre, post = (sorted(items[one].topic for one in ids) for ids in (forms.pre, forms.post))
    assert pre == post
    assert len(set(pre)) == len(pre) == 15
    assert not set(forms.pre) & set(forms.post)
    for ids in (forms.pre, forms.post):
        assert {items[one].key for one in ids} == set(range(OPTIONS))


# -- scenarios


def test_a_scenario_under_another_name_is_told(folder: Path, corpus: Corpus) -> None:
    (folder / CASE).rename(folder / "scenarios" / "other.yml")
    (fault,) = faults(folder, corpus)
    assert "id is 'ghag-claim': the file is named other." in fault


def test_a_next_that_is_no_step_is_told_with_its_line(folder: Path, corpus: Corpus) -> None:
    path = folder / CASE
    text = path.read_text(encoding="utf-8").replace("next: second", "next: nowhere", 1)
    path.write_text(text, encoding="utf-8")
    line = text.split("\n").index("        next: nowhere") + 1
    told = faults(folder, corpus)
    assert any(f"{path}:{line}: steps.0.choices.1.next is 'nowhere'" in one for one in told)
    assert any("steps.1.id is 'second': no choice leads here" in one for one in told)


def test_a_circle_without_a_way_out_is_told(folder: Path, corpus: Corpus) -> None:
    case = read(folder / CASE)
    for choice in case["steps"][-1]["choices"]:
        choice["next"] = case["steps"][0]["id"]
    write(folder / CASE, case)
    told = [one for one in faults(folder, corpus) if "good choices never reach `end`" in one]
    assert len(told) == len(case["steps"])


def test_a_way_out_by_a_poor_choice_alone_is_told(folder: Path, corpus: Corpus) -> None:
    case = read(folder / CASE)
    last = case["steps"][-1]
    for choice in last["choices"]:
        choice["next"] = last["id"] if choice["verdict"] == "good" else END
    write(folder / CASE, case)
    assert any("good choices never reach" in one for one in faults(folder, corpus))


def test_two_steps_of_one_id_are_told(folder: Path, corpus: Corpus) -> None:
    case = read(folder / CASE)
    case["steps"].append(case["steps"][0])
    write(folder / CASE, case)
    (fault,) = faults(folder, corpus)
    assert "steps.4.id is 'gate': stands twice" in fault


@pytest.mark.parametrize("verdict", ["good", "poor"])
def test_a_step_that_teaches_nothing_is_told(folder: Path, corpus: Corpus, verdict: str) -> None:
    case = read(folder / CASE)
    for choice in case["steps"][0]["choices"]:
        choice["verdict"] = verdict
    write(folder / CASE, case)
    told = faults(folder, corpus)
    assert any("steps.0.choices is " in one and "offer a good choice" in one for one in told)


def test_a_debrief_without_its_passage_is_told(folder: Path, corpus: Corpus) -> None:
    case = read(folder / CASE)
    case["steps"][0]["choices"][0]["passage"] = "kp-ghag-act/no-such"
    write(folder / CASE, case)
    (fault,) = faults(folder, corpus)
    assert "steps.0.choices.0.passage is 'kp-ghag-act/no-such'" in fault


# -- the command


def test_the_command_counts_and_ends_well() -> None:
    done = CliRunner().invoke(main, ["training", "check"])
    assert done.exit_code == 0
    training = load_training(ROOT / "training")
    counts = f"{len(training.items)} items, {len(training.scenarios)} scenarios"
    assert done.stdout == f"{counts}, 0 faults\n"


def test_the_command_tells_faults_and_ends_with_two(folder: Path) -> None:
    (folder / CASE).rename(folder / "scenarios" / "other.yml")
    done = CliRunner().invoke(main, ["training", "check", str(folder)])
    assert done.exit_code == 2
    assert done.stdout.endswith("1 faults\n")
    assert "the file is named other." in done.stderr


def test_the_command_tells_broken_yaml_without_a_trace(folder: Path) -> None:
    (folder / "forms.yml").write_text("pre: a: b", encoding="utf-8")
    done = CliRunner().invoke(main, ["training", "check", str(folder)])
    assert done.exit_code == 2
    assert done.stderr.startswith(f"{folder / 'forms.yml'}:1: YAML is ")
    assert isinstance(done.exception, SystemExit)
