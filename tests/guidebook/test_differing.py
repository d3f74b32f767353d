"""Sources that differ stand side by side, verbatim, each under what it is; one of them governs."""

from dataclasses import replace
from typing import get_args

import pytest

from guidebook import messages
from guidebook.corpus import Corpus
from guidebook.differing import MATCHES_TOO, SPOKEN_OF, counterpart, in_order, set_beside
from guidebook.governing import governs
from guidebook.library import Library
from guidebook.query import Query, understand
from guidebook.records import Passage
from guidebook.retriever import SearchResult
from guidebook.saying import say
from guidebook.vocabulary import Lang
from tests.guidebook.asking import Ask, own_words

LAW = "rape-medical-examination/doctor-timing-escort"
PRACTICE = "medical-time-windows-practice/too-late-for-examination"
REMARK = "undp-women-leaders-conference-2022/undp-more-women-officers"
STUDIES = "women-officers-practice/women-officers-evidence"
ASKED = understand(Query("how late may she still be examined"))


def known(corpus: Corpus, name: str) -> Passage:
    passage = corpus.passage(name)
    assert passage is not None, name
    return passage


def linked(corpus: Corpus) -> list[tuple[Passage, Passage]]:
    return [
        (passage, known(corpus, name))
        for passage in corpus.passages
        for name in passage.differs_from
    ]


def test_the_corpus_shows_at_least_eight_differences(real_corpus: Corpus) -> None:
    assert len(linked(real_corpus)) >= 8


@pytest.mark.parametrize("lang", get_args(Lang))
def test_every_linked_pair_can_stand_side_by_side(real_corpus: Corpus, lang: Lang) -> None:
    for pair in linked(real_corpus):
        for first, other in (pair, pair[::-1]):
            reply = say(
                first,
                real_corpus,
                understood=ASKED,
                stated={},
                lang=lang,
                strength="strong",
                suggestions=(),
            )
            both = set_beside(reply, first, other, real_corpus)
            assert both.beside is not None
            assert [c.passage_id for c in both.citations] == [first.id, other.id]
            assert all(
                line in both.citations[both.beside.citation].quote for line in both.beside.lines
            )
            ours, theirs = "governs", "weaker"
            if governs(other, first, real_corpus):
                ours, theirs = theirs, ours
            assert both.notice is not None
            assert messages.text(f"differ_first_{ours}", lang) in both.notice
            assert both.beside.label.startswith(messages.text(f"differ_second_{theirs}", lang))
            assert messages.text(f"authority_{first.authority}", lang) in both.notice
            assert messages.text(f"authority_{other.authority}", lang) in both.beside.label


def test_the_link_holds_both_ways_and_only_where_the_other_text_holds(real_corpus: Corpus) -> None:
    law, practice = known(real_corpus, LAW), known(real_corpus, PRACTICE)
    assert counterpart(law, ASKED, real_corpus) == practice
    assert counterpart(practice, ASKED, real_corpus) == law
    weeks_later = replace(ASKED, facets={"since": "later"})
    assert counterpart(practice, weeks_later, real_corpus) is None  # the six hours are over
    unlinked = known(real_corpus, "fir-first-report/refuse-disbelief")
    assert counterpart(unlinked, ASKED, real_corpus) is None


def test_another_provinces_text_is_never_set_beside(real_corpus: Corpus) -> None:
    law, practice = known(real_corpus, LAW), known(real_corpus, PRACTICE)
    moved = tuple(
        replace(p, jurisdiction="sindh") if p.id == LAW else p for p in real_corpus.passages
    )
    corpus = Corpus(real_corpus.folder, real_corpus.documents, real_corpus.digest)
    corpus.__dict__["passages"] = moved
    assert law.id in practice.differs_from
    assert counterpart(practice, ASKED, corpus) is None


def results(corpus: Corpus, behind: float, *names: str) -> tuple[SearchResult, ...]:
    return tuple(SearchResult(known(corpus, n), 3.0 - i * behind) for i, n in enumerate(names))


def test_what_governs_goes_first_where_both_match(real_corpus: Corpus) -> None:
    near = results(real_corpus, MATCHES_TOO, PRACTICE, LAW)
    first, other = in_order(near, ASKED, real_corpus)
    assert (first.id, other.id if other else None) == (LAW, PRACTICE)


def test_what_answers_goes_first_where_the_governing_text_matches_less(real_corpus: Corpus) -> None:
    far = results(real_corpus, MATCHES_TOO + 0.1, PRACTICE, LAW)
    first, other = in_order(far, ASKED, real_corpus)
    assert (first.id, other.id if other else None) == (PRACTICE, LAW)


def test_a_question_that_does_not_meet_the_other_text_is_not_of_the_difference(
    real_corpus: Corpus,
) -> None:
    others = [p.id for p in real_corpus.passages if p.id not in (LAW, PRACTICE)][: SPOKEN_OF - 1]
    met = results(real_corpus, 0.1, PRACTICE, *others, LAW)
    first, other = in_order(met, ASKED, real_corpus)
    assert (first.id, other) == (PRACTICE, None)


def test_a_remark_that_was_asked_for_comes_first(real_corpus: Corpus) -> None:
    first, other = in_order(results(real_corpus, 0.1, REMARK, STUDIES), ASKED, real_corpus)
    assert (first.id, other.id if other else None) == (REMARK, STUDIES)


def test_a_passage_that_no_one_contradicts_stands_alone(ask: Ask) -> None:
    reply, _ = ask("Can I refuse an FIR because I do not believe her?")
    assert reply.beside is None


def test_the_answer_shows_both_and_remembers_both(ask: Ask, library: Library) -> None:
    reply, context = ask("The rape was four days ago. Is it too late for an examination?")
    assert [c.passage_id for c in reply.citations] == [PRACTICE, LAW]
    assert reply.status == "answered_caution"
    assert set(context.answered_passage_ids) == {PRACTICE, LAW}
    own_words(reply, library.corpus)
