"""Told cases lead to passages that exist, in every way of writing; what is wrong is told."""

from collections import Counter
from pathlib import Path

import pytest
from examination import corpus, document

from guidebook.corpus import Corpus
from guidebook.evaluation import places
from guidebook.evaluation.errors import EvaluationError
from guidebook.evaluation.told import Told, load_told
from guidebook.language import writing_of


@pytest.fixture
def small() -> Corpus:
    return corpus(document("notes", {"first": ("words", ("F-FIR-04",))}))


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "told.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_cases_and_both_messages_of_a_follow_up_are_read(tmp_path: Path, small: Corpus) -> None:
    passage = small.passages[0].id
    path = written(
        tmp_path, f"{passage}:\n  cases: [a long case]\n  follow_ups: [[first one, and then]]\n"
    )
    assert load_told(path, small) == (
        Told(passage, "case", "a long case"),
        Told(passage, "follow_up", "first one and then"),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[open", "is not YAML"),
        ("- a list", "is not a mapping of passages"),
        ("none/such:\n  cases: [a case]", "the corpus has no passage 'none/such'"),
        ("{id}: [a case]", "something besides cases and follow_ups"),
        ("{id}:\n  cases: [[two, texts]]", "write one text"),
        ("{id}:\n  follow_ups: [[alone]]", "write two texts in a list"),
    ],
)
def test_what_is_no_message_is_told_with_its_place(
    tmp_path: Path, small: Corpus, text: str, said: str
) -> None:
    path = written(tmp_path, text.replace("{id}", small.passages[0].id))
    with pytest.raises(EvaluationError, match=said):
        load_told(path, small)


def test_the_repository_has_both_sorts_in_every_way_of_writing(real_corpus: Corpus) -> None:
    told = load_told(places.TOLD, real_corpus)
    counted = Counter((item.sort, writing_of(item.text)) for item in told)
    for sort in ("case", "follow_up"):
        for writing in ("en", "roman_ur", "ur"):
            assert counted[sort, writing] >= 200, counted
