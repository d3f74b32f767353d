"""A reply that does not answer is a fixed message, and what stands near is marked as near."""

from typing import get_args

import pytest

from guidebook import messages
from guidebook.corpus import Corpus
from guidebook.library import Library
from guidebook.records import Span
from guidebook.refusing import NEAREST, instead, no_passage, not_verified, refused, told
from guidebook.retriever import SearchResult
from guidebook.vocabulary import STATUSES, Lang


@pytest.fixture
def results(real_corpus: Corpus) -> list[SearchResult]:
    return [SearchResult(passage, 1.0) for passage in real_corpus.passages]


@pytest.mark.parametrize("lang", get_args(Lang))
def test_a_refusal_says_its_message_and_cites_nothing(lang: Lang) -> None:
    reply = told("refused_verdict", lang)
    assert reply.text == messages.text("refused_verdict", lang)
    assert (reply.citations, reply.nearest, reply.suggestions) == ((), (), ())


@pytest.mark.parametrize("status", instead())
def test_a_refusal_says_what_may_be_asked_instead(library: Library, status: str) -> None:
    assert status in STATUSES
    known = [library.corpus.passage(passage_id) for passage_id in instead()[status]]
    assert None not in known
    offered = [
        suggestion.payload for suggestion in refused(status, library.corpus, "en").suggestions
    ]
    assert offered == [passage.heading for passage in known if passage is not None]


def test_the_nearest_texts_are_at_most_three_and_said_to_be_no_answer(
    results: list[SearchResult], real_corpus: Corpus
) -> None:
    reply = no_passage(results, real_corpus, "en")
    assert len(reply.nearest) == NEAREST
    assert reply.citations == ()
    assert reply.notice == messages.text("unanswerable_nearest", "en")
    assert "known-gap" not in {citation.kind for citation in reply.nearest}
    shown = {citation.heading for citation in reply.nearest}
    assert shown.isdisjoint(suggestion.title for suggestion in reply.suggestions)


def test_with_nothing_near_nothing_is_said_to_be_near(real_corpus: Corpus) -> None:
    reply = no_passage([], real_corpus, "ur")
    assert (reply.nearest, reply.notice, reply.suggestions) == ((), None, ())
    assert reply.text == messages.text("unanswerable_no_passage", "ur")


def test_a_known_gap_speaks_in_its_own_words(real_corpus: Corpus) -> None:
    gaps = [document for document in real_corpus.documents if document.kind == "known-gap"]
    assert gaps
    passage = gaps[0].passages[0]
    words = Span(gaps[0].id, gaps[0].digest, passage.start, passage.end)
    reply = not_verified(gaps[0], words, [], real_corpus, "en")
    assert reply.status == "unanswerable_not_verified"
    assert reply.text == passage.text
    assert reply.citations == ()
