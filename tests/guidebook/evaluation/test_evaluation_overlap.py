"""The overlap check bites on a planted near-duplicate and lets honest neighbours pass."""

import time
from pathlib import Path

import pytest
from examination import corpus, document, question

from guidebook.evaluation.overlap import (
    Overlap,
    Seen,
    development,
    examined,
    held,
    nlu_lines,
    overlaps,
    phrasings,
)
from guidebook.evaluation.questions import Question
from guidebook.evaluation.talks import Message
from guidebook.settings import ROOT

ASKED = "can i refuse the fir when she came late"


def of(split: str, *turns: str) -> Question:
    """A question that falls on this side."""
    numbered = (question(f"try-{n:03}", turns=turns) for n in range(100))
    return next(item for item in numbered if item.split == split)


def found(seen: str, *turns: str) -> list[Overlap]:
    return overlaps(examined([of("test", *turns)]), [Seen("planted", seen)])


@pytest.mark.parametrize(
    "planted",
    [
        ASKED,
        "Can I refuse the F.I.R when she came late?!",
        "can i refuse teh fir when she came late",
    ],
)
def test_a_planted_near_duplicate_is_caught(planted: str) -> None:
    assert len(found(planted, ASKED)) == 1


def test_the_border_lies_at_17_of_20_letters() -> None:
    asked = "abcdefghijklmnopqrst"  # 20 letters: 3 edits give 1 - 3/20 = 0.85, which is not above
    assert found("abcdefghijklmnopqxyz", asked) == []
    (hit,) = found("abcdefghijklmnopqrxy", asked)  # 2 edits: 1 - 2/20
    assert hit.similarity == pytest.approx(1 - 2 / 20)


def test_urdu_is_compared_in_one_spelling() -> None:
    assert (
        len(found("كيا میں رپورٹ سے انکار کر سکتا ہوں", "کیا میں رپورٹ سے انکار کر سکتا ہوں؟")) == 1
    )


def test_of_two_turns_the_last_and_the_whole_are_compared() -> None:
    turns = ("a girl of fourteen came", "and who sits with her then")
    assert len(found(turns[1], *turns)) == 1
    assert len(found(" ".join(turns), *turns)) == 1
    assert found(turns[0], *turns) == []


def test_development_questions_may_stand_near_what_was_seen() -> None:
    assert overlaps(examined([of("development", ASKED)]), [Seen("planted", ASKED)]) == []


def test_a_message_of_a_talk_is_compared_too() -> None:
    talk = Message("first-1", ASKED, "question", ())
    (hit,) = overlaps(held([talk]), [Seen("planted", ASKED)])
    assert hit.question == "talk first-1"


def test_signs_alone_are_near_nothing() -> None:
    assert found("???", "!!!") == []


def test_phrasings_and_development_questions_are_named_by_place() -> None:
    library = corpus(document("law", {"a": ("Words.", ())}))
    assert list(phrasings(library)) == [Seen("asked_as of law/a", "phrasing of a")]
    side = of("development", "one", "two")
    assert list(development([side, of("test", ASKED)])) == [
        Seen(f"development question {side.id}", "two")
    ]


def test_nlu_lines_lose_their_markup_and_synonyms_are_no_questions(tmp_path: Path) -> None:
    (tmp_path / "some.yml").write_text(
        'version: "3.1"\nnlu:\n- intent: ask_guidance\n  examples: |\n'
        '    - law in [kp](province) now\n    - the [act]{"entity": "law", "role": "x"}\n'
        "- synonym: kp\n  examples: |\n    - khyber\n"
        "- intent: greet\n  examples:\n  - text: |\n      salam\n",
        encoding="utf-8",
    )
    assert [item.text for item in nlu_lines(tmp_path)] == ["law in kp now", "the act", "salam"]


def test_350_questions_against_8000_texts_take_seconds_only() -> None:
    template = of("test", ASKED)
    many = [template.model_copy(update={"turns": (f"{ASKED} {n * 7919}",)}) for n in range(350)]
    seen = [
        Seen("made up", f"{n} the report of the {n * 104729} case was not written")
        for n in range(8000)
    ]
    started = time.perf_counter()
    assert overlaps(examined(many), seen) == []
    assert time.perf_counter() - started < 20


def test_the_real_nlu_lines_can_be_read() -> None:
    assert len(list(nlu_lines(ROOT / "data" / "nlu"))) > 100
