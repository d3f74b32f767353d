"""What an officer asks first, in the plainest words, meets the passage that says it."""

import pytest

from tests.guidebook.asking import Ask


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("which section for rape", "rape-penal-code/rape-punishment"),
        ("rape ki dafa kya hai", "rape-penal-code/rape-punishment"),
        ("زیادتی کی دفعہ کیا ہے", "rape-penal-code/rape-punishment"),
        ("What are the contents of an FIR in a rape case", "fir-first-report/record-report"),
        ("which section for broken hand", "home-violence-penal-code/wife-beating-is-crime"),
        (
            "is there a shelter for girls in Rawalpindi",
            "punjab-women-protection/virtual-women-station",
        ),
    ],
)
def test_a_basic_question_meets_its_passage(ask: Ask, question: str, passage: str) -> None:
    reply, _ = ask(question)
    assert reply.citations[0].passage_id == passage
