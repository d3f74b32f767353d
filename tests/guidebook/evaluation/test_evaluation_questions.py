"""Questions are read with every fault named, and never change sides."""

import json
from pathlib import Path
from typing import Any

import pytest
from examination import question

from guidebook.errors import CorpusError
from guidebook.evaluation.questions import load_questions, split_of
from guidebook.settings import ROOT


def write(folder: Path, *lines: str) -> Path:
    (folder / "some.jsonl").write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return folder


def line(question_id: str = "fir-001", **changes: Any) -> str:
    return json.dumps({**question(question_id).model_dump(), **changes}, ensure_ascii=False)


def faults(folder: Path) -> list[str]:
    with pytest.raises(CorpusError) as caught:
        load_questions(folder)
    return caught.value.faults


def test_the_real_questions_load_in_every_language() -> None:
    questions = load_questions(ROOT / "evaluation" / "questions")
    assert len(questions) >= 600
    for lang, least in (("en", 120), ("roman_ur", 120), ("ur", 120)):
        assert sum(item.lang == lang for item in questions) >= least
    assert sum(len(item.turns) == 2 for item in questions) >= 60


def test_the_real_split_is_about_half_and_keeps_pairs_together() -> None:
    questions = load_questions(ROOT / "evaluation" / "questions")
    tests = sum(item.split == "test" for item in questions)
    assert 0.45 < tests / len(questions) < 0.55
    sides: dict[str, set[str]] = {}
    for item in questions:
        if item.pair is not None:
            sides.setdefault(item.pair, set()).add(item.split)
    assert sides
    assert all(len(side) == 1 for side in sides.values())


def test_the_split_is_fixed_for_ever() -> None:
    # First byte of SHA-256: 0x32, 0x66, 0x86, 0xd3. From 0x80 on it is test.
    keys = ("fed-001", "p01", "una-001", "fir-001")
    sides = ["development", "development", "test", "test"]
    assert [split_of(key) for key in keys] == sides


def test_adding_a_question_moves_no_other(tmp_path: Path) -> None:
    few = load_questions(write(tmp_path, line("fir-001"), line("fir-002")))
    more = load_questions(write(tmp_path, line("fir-000"), line("fir-001"), line("fir-002")))
    assert [item.split for item in few] == [item.split for item in more[1:]]


def test_a_line_that_is_no_json_is_named_by_its_number(tmp_path: Path) -> None:
    (fault,) = faults(write(tmp_path, line(), "{"))
    assert fault.startswith(f"{tmp_path / 'some.jsonl'}:2: ")


def test_a_line_separator_inside_a_string_does_not_cut_the_line(tmp_path: Path) -> None:
    (only,) = load_questions(write(tmp_path, line(reference="one\u2028two")))
    assert only.reference == "one\u2028two"


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"lang": "pashto"}, "lang"),
        ({"topic": "traffic"}, "topic"),
        ({"turns": []}, "turns"),
        ({"turns": ["one", "two", "three"]}, "turns"),
        ({"turns": ["  "]}, "turns"),
        ({"surprise": 1}, "surprise"),
        ({"facts": []}, "facts"),
        ({"expect": "refuse"}, "facts"),
        ({"kind": "source"}, "spans"),
        ({"kind": "pair"}, "pair"),
        ({"pair": "p01", "differs_in": "age"}, "pair"),
        ({"id": "FIR 1"}, "id"),
    ],
)
def test_each_fault_names_its_line_and_field(
    tmp_path: Path, changes: dict[str, Any], named: str
) -> None:
    fault = faults(write(tmp_path, line("fir-009"), line(**changes)))[0]
    assert "some.jsonl:2: " in fault
    assert named in fault


def test_all_faults_are_reported_at_once(tmp_path: Path) -> None:
    found = faults(write(tmp_path, line(lang="x"), line("fir-002", topic="x"), line(), line()))
    assert [fault.split(":")[1] for fault in found] == ["1", "2", "4"]
    assert "stands at some.jsonl:3 already" in found[2]


def test_a_pair_has_two_members_with_different_facts(tmp_path: Path) -> None:
    pair: dict[str, Any] = {"kind": "pair", "pair": "p01", "differs_in": "age"}
    (alone,) = faults(write(tmp_path, line(**pair)))
    assert "two members, not 1" in alone
    (twins,) = faults(write(tmp_path, line(**pair), line("fir-002", **pair)))
    assert "different facts" in twins
    whole = write(tmp_path, line(**pair), line("fir-002", **{**pair, "facts": ["F-FIR-05"]}))
    assert len(load_questions(whole)) == 2


def test_an_empty_folder_is_a_fault(tmp_path: Path) -> None:
    assert "no *.jsonl" in faults(tmp_path)[0]
