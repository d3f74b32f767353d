"""A span is the only way corpus words travel, and it fits its document or raises."""

from dataclasses import FrozenInstanceError, replace

import pytest

from guidebook.corpus import Corpus
from guidebook.errors import GuidebookError, SpanError
from guidebook.records import Document, Span


@pytest.fixture
def document(real_corpus: Corpus) -> Document:
    found = real_corpus.document("un-police-cooperation-day-2023")
    assert found is not None
    return found


def test_a_span_cuts_its_documents_own_words(document: Document) -> None:
    words = "build trust and improve safety"
    start = document.text.index(words)
    assert Span(document.id, document.digest, start, start + len(words)).cut(document) == words


def test_a_span_may_reach_the_documents_last_character(document: Document) -> None:
    size = len(document.text)
    assert Span(document.id, document.digest, size - 1, size).cut(document) == document.text[-1]


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (3, 3), (5, 3)])
def test_a_span_without_a_range_is_refused(document: Document, start: int, end: int) -> None:
    with pytest.raises(SpanError, match=f"{start}:{end} lies outside {document.id} .*rebuild"):
        Span(document.id, document.digest, start, end).cut(document)


def test_a_span_past_the_documents_end_is_refused(document: Document) -> None:
    size = len(document.text)
    with pytest.raises(SpanError, match=rf"0:{size + 1} lies outside .* \({size} characters\)"):
        Span(document.id, document.digest, 0, size + 1).cut(document)


def test_a_span_of_an_earlier_digest_is_refused(document: Document) -> None:
    span = Span(document.id, document.digest, 0, 4)
    changed = replace(document, digest="0" * 64)
    with pytest.raises(
        SpanError, match=f"Span of {document.id}@{document.digest[:12]} does not fit"
    ):
        span.cut(changed)


def test_a_span_of_another_document_is_refused(document: Document) -> None:
    span = Span("another-document", document.digest, 0, 4)
    with pytest.raises(SpanError, match="Span of another-document@"):
        span.cut(document)


def test_a_span_error_is_one_shown_to_people() -> None:
    assert issubclass(SpanError, GuidebookError)


def test_records_cannot_be_changed_downstream(document: Document) -> None:
    with pytest.raises(FrozenInstanceError):
        document.text = "other"  # type: ignore[misc]  # what must not be possible
    with pytest.raises(FrozenInstanceError):
        document.passages[0].text = "other"  # type: ignore[misc]
