"""Judgements follow from fact ids and quotes; a person's own outlive every proposal."""

from pathlib import Path

import pytest
from examination import corpus, document, question

from guidebook.evaluation.errors import EvaluationError
from guidebook.evaluation.judging import propose, undecided
from guidebook.evaluation.qrels import Judgement, Qrels, load_qrels, merge, save_qrels

LAW = document(
    "law",
    {
        "leads": ("First words.", ("F-FIR-01", "F-FIR-02", "F-FIR-03")),
        "holds": ("More words.", ("F-FIR-07", "F-FIR-08", "F-FIR-02")),
        "other": ("Other words.", ("F-FIR-09",)),
    },
)


def graded(*facts: str) -> dict[str, int]:
    found = propose([question(facts=facts)], corpus(LAW))
    return {judgement.passage: judgement.grade for judgement in found}


def test_the_first_fact_among_the_first_two_gives_three_anywhere_else_two() -> None:
    assert graded("F-FIR-02") == {"law/leads": 3, "law/holds": 2}


def test_a_further_fact_gives_two_even_in_front() -> None:
    assert graded("F-FIR-09", "F-FIR-01") == {"law/other": 3, "law/leads": 2}


def test_the_third_fact_of_a_passage_does_not_lead() -> None:
    assert graded("F-FIR-03") == {"law/leads": 2}


def quoting(quote: str, where: str = "law") -> dict[str, int]:
    asked = question(kind="source", facts=[], spans=[{"document": where, "quote": quote}])
    return {item.passage: item.grade for item in propose([asked], corpus(LAW))}


def test_the_passage_that_contains_the_quote_gets_three() -> None:
    assert quoting("First") == {"law/leads": 3}


def test_a_quote_across_two_passages_gives_each_two() -> None:
    assert quoting("words.\n\nMore") == {"law/leads": 2, "law/holds": 2}


def test_a_repeated_quote_counts_wherever_it_stands() -> None:
    assert quoting("words.") == {"law/leads": 3, "law/holds": 3, "law/other": 3}


def test_what_a_person_must_decide_is_listed_with_its_reason() -> None:
    asked = [
        question("fir-001", facts=["F-XX-99"]),
        question("fir-002", facts=["F-FIR-01"]),
        question("fir-003", kind="source", facts=[], spans=[{"document": "law", "quote": "gone"}]),
        question("fir-004", facts=["F-FIR-02"]),
        question("fir-005", expect="refuse"),
    ]
    twin = document("twin", {"same": ("Words.", ("F-FIR-02",))})
    library = corpus(LAW, twin)
    qrels = merge(propose(asked, library), [])
    assert [str(item) for item in undecided(asked, library, qrels)] == [
        "fir-001: no passage answers it",
        "fir-003: the quote 'gone' is not in law",
        "fir-003: no passage answers it",
        "fir-004: 2 passages have grade 3 (law/leads, twin/same)",
    ]


def test_a_hand_made_judgement_wins_stays_and_settles_the_question(tmp_path: Path) -> None:
    asked = [question(facts=["F-FIR-02"])]
    library = corpus(LAW, document("twin", {"same": ("Words.", ("F-FIR-02",))}))
    mine = Judgement("fir-001", "twin/same", 0, "hand")
    path = tmp_path / "qrels.jsonl"
    save_qrels(path, merge(propose(asked, library), [mine]))
    again = merge(propose(asked, library), load_qrels(path).read())
    assert again == load_qrels(path)
    assert again.by_question() == {"fir-001": {"law/leads": 3, "law/holds": 2, "twin/same": 0}}
    assert undecided(asked, library, again) == []


def test_a_reader_of_the_pool_outranks_a_rule_and_is_outranked_by_hand() -> None:
    pooled = Judgement("fir-001", "twin/same", 1, "pool")
    by_rule = Judgement("fir-001", "twin/same", 3, "facts")
    by_hand = Judgement("fir-001", "twin/same", 2, "hand")
    for order in ([by_hand, pooled, by_rule], [by_rule, pooled, by_hand]):
        assert Qrels(tuple(order)).by_question() == {"fir-001": {"twin/same": 2}}
    assert Qrels((pooled, by_rule)).by_question() == {"fir-001": {"twin/same": 1}}
    assert merge([by_rule], Qrels((by_hand, pooled)).read()).judgements == (by_hand,)


def test_a_hand_made_judgement_of_a_passage_that_is_gone_is_kept_and_listed() -> None:
    asked = [question(facts=["F-FIR-01"])]
    mine = Judgement("fir-001", "law/gone", 3, "hand")
    (item,) = undecided(asked, corpus(LAW), merge(propose(asked, corpus(LAW)), [mine]))
    assert (
        str(item)
        == "fir-001: judged by a reader, but the question or the passage is gone (law/gone)"
    )


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"question": "a-001", "passage": "b/c", "grade": 4, "by": "hand"}', "grade is 4"),
        ('{"question": "a-001", "passage": "b/c", "grade": true, "by": "hand"}', "grade is True"),
        ('{"question": "a-001", "passage": "b/c", "grade": 3, "by": "me"}', "by is 'me'"),
        ('{"question": "a-001", "grade": 3, "by": "hand"}', "question, passage, grade and by"),
        ("[]", "no JSON object"),
        ("{", "one JSON object a line"),
    ],
)
def test_a_broken_judgement_is_named_by_its_line(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "qrels.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"qrels\.jsonl:1: ") as caught:
        load_qrels(path)
    assert told in str(caught.value)


def test_no_judgements_says_how_to_get_some(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="guidebook evaluate judge"):
        load_qrels(tmp_path / "qrels.jsonl")


def test_an_empty_file_holds_no_judgements(tmp_path: Path) -> None:
    path = tmp_path / "qrels.jsonl"
    save_qrels(path, Qrels())
    assert load_qrels(path) == Qrels()
