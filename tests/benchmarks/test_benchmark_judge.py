"""The judge of peers is fair and its arithmetic is shown; a peer talks as it expects."""

import json
from pathlib import Path

import pytest

from benchmarks import peer_judge, peer_talk
from benchmarks.peer_judge import Asked, best_threshold, cases, wrong_given
from benchmarks.peer_talk import OURS, PEERS, Peer, PeerError, Running
from guidebook.evaluation.questions import Question

BM25 = next(peer for peer in PEERS if peer.module == "bm25")
TEXTS = [
    ["fir/refuse", "Can I refuse an FIR?\nNo, register first."],
    ["acid/penalty", "What is the punishment for an acid attack?\nFourteen years or life."],
    ["acid/penalty", "tezab ki saza"],
]


def question(number: int, expect: str) -> Question:
    """A question of the examination."""
    return Question.model_validate(
        {
            "id": f"made-{number:03}", "turns": ["?"], "lang": "en", "kind": "fact", "topic": "fir",
            "facts": ["F-1"] if expect == "answer" else [], "spans": [], "reference": "-",
            "expect": expect, "pair": None, "differs_in": None, "notes": None,
        }
    )  # fmt: skip


@pytest.fixture
def asked() -> Asked:
    """Three answers: right at 0.9, right at 0.5, and one at 0.7 to a question without an answer."""
    found = Asked(BM25, "passages", 0.0)
    for number, score in ((1, 0.9), (2, 0.5), (3, 0.7)):
        found.answers[f"made-{number:03}"] = {"ranked": ["p", "q"], "score": score, "ms": 1.0}
    return found


QUESTIONS = (question(1, "answer"), question(2, "answer"), question(3, "refuse"))
GRADED = {"made-001": {"p": 3}, "made-002": {"p": 3}}


def test_a_threshold_is_the_one_under_which_most_end_right(asked: Asked) -> None:
    held = cases(QUESTIONS, asked, GRADED, peer_judge.NEVER)
    # Never refusing ends two of three right, 0.5 and 0.9 as many: the lowest of equals is taken.
    assert best_threshold(held, asked) == peer_judge.NEVER
    asked.answers["made-002"]["score"] = 0.8
    held = cases(QUESTIONS, asked, GRADED, peer_judge.NEVER)
    assert best_threshold(held, asked) == 0.8  # both answered, the third refused


def test_below_its_threshold_a_peer_declined(asked: Asked) -> None:
    judged = cases(QUESTIONS, asked, GRADED, 0.6)
    assert [case.answered for case in judged] == [True, False, True]
    figures = peer_judge.figures(judged)
    assert figures["found_at_1"] == 1.0  # ranking alone: both passages were first
    assert figures["right_first"] == 0.5  # one of two answerable questions was declined
    assert figures["over_refusal"] == 0.5
    assert figures["refusal_recall"] == 0.0
    assert wrong_given(judged).value == pytest.approx(1 / 3)


def test_a_peer_answers_what_it_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peer_talk, "FOLDER", tmp_path)
    corpus = tmp_path / "corpus.json"
    corpus.write_text(json.dumps(TEXTS), encoding="utf-8")
    running = Running(BM25, corpus)
    try:
        first = running.ask(["acid attack punishment"])
        both = running.ask(["refuse", "an fir"])
        nothing = running.ask(["zebra"])
    finally:
        running.close()
    assert first["ranked"][0] == "acid/penalty"
    assert first["ranked"].count("acid/penalty") == 1  # two of its texts, one passage
    assert both["ranked"] == ["fir/refuse"]
    assert nothing["ranked"] == []
    assert nothing["score"] is None
    assert running.memory_mb > 1


def test_a_peer_that_ends_is_named_with_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(peer_talk, "FOLDER", tmp_path)
    corpus = tmp_path / "corpus.json"
    corpus.write_text("not json", encoding="utf-8")
    with pytest.raises(PeerError, match=r"BM25 ended; read .*log\.txt"):
        Running(BM25, corpus)


def test_a_peer_without_its_environment_is_named(tmp_path: Path) -> None:
    (tmp_path / "corpus.json").write_text("[]", encoding="utf-8")
    missing = Peer("bm25", "A toolkit", ".venv-nowhere")  # type: ignore[arg-type]
    with pytest.raises(PeerError, match=r"no \.venv-nowhere for A toolkit"):
        Running(missing, tmp_path / "corpus.json")


def test_lines_of_set_up_count_code_alone() -> None:
    counted = {peer.module: peer.lines_of_set_up for peer in PEERS}
    assert counted["txtai_dense"] == 4  # import, model, index, search
    assert min(counted.values()) >= 3
    assert OURS.module in counted
