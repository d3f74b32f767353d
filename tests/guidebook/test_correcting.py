"""A correction says a document's words under a line of ours, and nothing else."""

import pytest

from guidebook import messages
from guidebook.corpus import Corpus
from guidebook.correcting import corrected
from guidebook.myths import Myth, correction_of, myths


@pytest.mark.parametrize("myth", myths(), ids=lambda myth: myth.name)
def test_every_word_is_cited(myth: Myth, real_corpus: Corpus) -> None:
    correction = correction_of(myth, real_corpus, "en")
    assert correction is not None
    reply = corrected(correction, "en")
    (citation,) = reply.citations
    assert reply.status == "told_myth_corrected"
    assert reply.text == reply.lead == citation.quote
    assert citation.quote == correction.document.text[citation.start : citation.end]
    assert citation.passage_id == myth.passage
    assert reply.notice == messages.text("myth_notice", "en")


def test_in_urdu_it_says_who_translated_the_words(real_corpus: Corpus) -> None:
    correction = correction_of(myths()[0], real_corpus, "ur")
    assert correction is not None
    notice = corrected(correction, "ur").notice
    assert notice is not None
    assert notice.split("\n")[1:] == [messages.text("translated_text", "ur")]


def test_in_urdu_it_says_that_the_words_are_english(real_corpus: Corpus) -> None:
    correction = correction_of(myths()[0], real_corpus, "en")
    assert correction is not None
    notice = corrected(correction, "ur").notice
    assert notice is not None
    assert notice.split("\n") == [
        messages.text("myth_notice", "ur"),
        messages.text("english_text", "ur"),
    ]
