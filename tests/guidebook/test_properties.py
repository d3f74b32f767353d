"""Whatever is typed or written into a file: a value or a named fault comes back, never a trace."""

import re
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from guidebook.composition import MAX_STEPS, compose
from guidebook.corpus import Corpus, read_document
from guidebook.language import Writing
from guidebook.query import Query, understand
from guidebook.vocabulary import FACETS
from tests.guidebook.conftest import _inline
from tests.guidebook.documents import BODY, FRONT

SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
WELL_FORMED = (
    "---\n" + "".join(f"{key}: {_inline(value)}\n" for key, value in FRONT.items()) + "---\n" + BODY
)
SCRAPS = st.sampled_from(
    [
        *("---\n", "## ", "<!--", "-->", "\n", "id: ", "facts: [", "{", "}", "- ", "1. ", ": "),
        *("&a *a", "!!python/object:os.system", "\ufeff", "\r\n", "\u200f", "é", "e\u0301", "|\n"),
        *("id: refuse-fir\n", "asked_as:\n", "null", "2026-99-99", "\x00", "\x85", "\t"),
    ]
)
MARKER = re.compile(r"\s*(?:(?:\d+\.|-)\s+)?")
LETTERS = st.characters(exclude_categories=["Cs"])


@st.composite
def edited(draw: st.DrawFn) -> str:
    """A good document with scraps put in and stretches cut out."""
    text = WELL_FORMED
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(text)))
        gone = draw(st.integers(0, 12))
        scrap = draw(st.one_of(SCRAPS, st.text(LETTERS, max_size=8)))
        text = text[:at] + scrap + text[at + gone :]
    return text


@SHARED
@given(st.one_of(st.binary(max_size=400), edited().map(lambda text: text.encode("utf-8"))))
@example(WELL_FORMED.encode())
def test_a_file_is_a_document_or_named_faults(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.md"
    path.write_bytes(content)
    document, faults = read_document(path)
    assert document is not None or faults
    assert all(fault.path == path and fault.line >= 1 for fault in faults)
    if document is None:
        return
    for passage in document.passages:
        assert document.text[passage.start : passage.end] == passage.text
        spans = compose(passage, document).spans if passage.text.strip() else ()
        assert all(passage.start <= s.start < s.end <= passage.end for s in spans)


@SHARED
@given(st.one_of(st.text(), st.lists(SCRAPS).map("".join)))
def test_any_text_is_understood_within_the_closed_lists(text: str) -> None:
    found = understand(Query(text))
    assert found.text == text
    assert all(value in FACETS[name] for name, value in found.facets.items())
    assert found.writing in get_args(Writing)
    assert len(found.sections) == len(set(found.sections))


def test_every_passage_is_said_whole_and_only_its_markers_are_left_out(
    real_corpus: Corpus,
) -> None:
    checked = 0
    for document in real_corpus.documents:
        for passage in document.passages:
            composed = compose(passage, document)
            assert len(composed.steps) <= MAX_STEPS
            at = passage.start
            for span in sorted(composed.spans, key=lambda span: span.start):
                assert MARKER.fullmatch(document.text[at : span.start])
                at = span.end
            assert document.text[at : passage.end].strip() == ""
            checked += 1
    assert checked > 100


def test_the_document_that_is_edited_is_a_good_one(tmp_path: Path) -> None:
    path = tmp_path / "good.md"
    path.write_text(WELL_FORMED, encoding="utf-8")
    document, faults = read_document(path)
    assert (document is not None, list(faults)) == (True, [])


@pytest.mark.parametrize("text", ["\ud800", "\x00", "a" * 100_000, "ا" * 2000 + "376"])
def test_odd_texts_are_understood_too(text: str) -> None:
    assert understand(Query(text)).text == text
