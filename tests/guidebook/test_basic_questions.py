"""What an officer asks first, in words that stand nowhere in the corpus, meets its passage."""

import pytest

from guidebook.corpus import Corpus
from tests.guidebook.asking import Ask

RAPE = "rape-penal-code/rape-punishment"
BEATEN = "home-violence-penal-code/wife-beating-is-crime"
PUNJAB = "punjab-women-protection/virtual-women-station"
QUESTIONS = {
    "under what section does rape come": RAPE,
    "rape ka parcha kis dafa mein katun": RAPE,
    "husband fractured her arm, tell the section": BEATEN,
    "a girl in Rawalpindi needs a safe place tonight, which number": PUNJAB,
}


@pytest.mark.parametrize(("question", "passage"), QUESTIONS.items())
def test_a_basic_question_meets_its_passage(ask: Ask, question: str, passage: str) -> None:
    reply, _ = ask(question)
    assert reply.citations[0].passage_id == passage


def test_the_questions_are_no_phrasings(real_corpus: Corpus) -> None:
    known = {line for passage in real_corpus.passages for line in passage.asked_as}
    assert known.isdisjoint(QUESTIONS)
