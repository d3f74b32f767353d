"""A belief taken for granted is named, and each kind's correction stands in the corpus."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from guidebook.corpus import Corpus, load_corpus
from guidebook.myths import DATA, Myth, believed, correction_of, myth_faults, myths

if TYPE_CHECKING:
    from tests.guidebook.documents import WriteDocument


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("is she lying, she is not crying", "no_tears"),
        ("her clothes caused it", "provoked"),
        ("isko raazi naama karwa dun, ghar ka masla hai", "compromise"),
        ("she came late so it is false", "late_so_false"),
        ("doctor said she is habituated", "habituated"),
        ("a wife cannot be raped", "marital"),
        ("real men are not raped", "men_not_raped"),
        ("میاں بیوی کا معاملہ ہے، صلح کرا دوں", "compromise"),
        ("larki badchalan hai is ki baat ka kya", "bad_character"),
    ],
)
def test_a_belief_is_named(text: str, kind: str) -> None:
    found = believed(text)
    assert found is not None
    assert found.name == kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "she says he lied about his age",
        "family wants compromise, may I refuse?",
        "what is the punishment for a false FIR",
        "husband says it is a family matter, may I go in",
        "kya shohar par 376 lagti hai",
        "میڈیکل کتنے دن تک ہو سکتا ہے",
    ],
)
def test_a_neutral_question_is_left_alone(text: str) -> None:
    assert believed(text) is None


@pytest.mark.parametrize("myth", myths(), ids=lambda myth: myth.name)
def test_a_correction_is_whole_lines_of_its_passage(myth: Myth, real_corpus: Corpus) -> None:
    correction = correction_of(myth, real_corpus, "en")
    assert correction is not None
    words = correction.span.cut(correction.document)
    assert words.startswith(myth.words)
    assert "\n" not in words
    assert correction.passage.start <= correction.span.start < correction.span.end
    assert correction.span.end <= correction.passage.end
    assert words[-1] in '."'


@pytest.mark.parametrize("myth", myths(), ids=lambda myth: myth.name)
def test_in_urdu_the_line_that_says_it_is_said(myth: Myth, real_corpus: Corpus) -> None:
    english = correction_of(myth, real_corpus, "en")
    urdu = correction_of(myth, real_corpus, "ur")
    assert english is not None
    assert urdu is not None
    assert urdu.document.lang == "ur"
    assert urdu.passage.id == myth.passage
    before = english.document.text[english.passage.start : english.span.start].count("\n")
    assert urdu.span.cut(urdu.document) in urdu.passage.text.split("\n")[before]


def test_the_corpus_corrects_every_kind(real_corpus: Corpus) -> None:
    assert list(myth_faults(real_corpus)) == []


def test_a_passage_that_is_gone_is_a_fault(write_document: "WriteDocument") -> None:
    folder: Path = write_document().parent
    faults = list(myth_faults(load_corpus(folder)))
    assert len(faults) == len(myths())
    assert {fault.value for fault in faults} == {myth.passage for myth in myths()}
    assert all(f"  {fault.field.partition('.')[0]}:" in _line(fault.line) for fault in faults)


def _line(number: int) -> str:
    return DATA.read_text(encoding="utf-8").split("\n")[number - 1]
