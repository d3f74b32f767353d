"""A passage is cut into lead, steps and the rest: spans of it, in order, nothing lost."""

from dataclasses import replace

import pytest

from guidebook.composition import MAX_STEPS, Composed, compose
from guidebook.corpus import Corpus, load_corpus
from guidebook.records import Document
from tests.guidebook.documents import WriteDocument

HEAD = "\n## Q?\n<!--\nid: p\nfacts: [F-FIR-04]\n-->\n"


@pytest.fixture
def composed(write_document: WriteDocument) -> tuple[Composed, Document]:
    body = "Yes, at once.\n\n1. Write it.\n2. Read it.\n- Sign it.\n\nLaw: CrPC s.154."
    document = load_corpus(write_document(body=HEAD + body).parent).documents[0]
    return compose(document.passages[0], document), document


def test_the_first_line_leads_and_marked_lines_are_steps(
    composed: tuple[Composed, Document],
) -> None:
    parts, document = composed
    assert parts.lead.cut(document) == "Yes, at once."
    assert [span.cut(document) for span in parts.steps] == ["Write it.", "Read it.", "Sign it."]
    assert [span.cut(document) for span in parts.more] == ["Law: CrPC s.154."]


def test_spans_are_read_in_order(composed: tuple[Composed, Document]) -> None:
    parts, _ = composed
    assert parts.spans == (parts.lead, *parts.steps, *parts.more)
    starts = [span.start for span in parts.spans]
    assert starts == sorted(starts)


def test_the_eighth_step_goes_to_the_rest(write_document: WriteDocument) -> None:
    steps = "\n".join(f"{number}. Step {number}." for number in range(1, MAX_STEPS + 3))
    document = load_corpus(write_document(body=f"{HEAD}Do this.\n{steps}\n").parent).documents[0]
    parts = compose(document.passages[0], document)
    assert len(parts.steps) == MAX_STEPS == 7
    assert len(parts.more) == 9 - 7
    assert parts.steps[-1].cut(document) == "Step 7."


def test_a_source_text_comes_back_whole(real_corpus: Corpus) -> None:
    document = real_corpus.document("un-police-cooperation-day-2023")
    assert document is not None
    for passage in document.passages:
        parts = compose(passage, document)
        assert parts.spans == (parts.lead,)
        assert parts.lead.cut(document) == passage.text


def test_nothing_of_a_passage_is_lost_but_its_markers(real_corpus: Corpus) -> None:
    for passage in real_corpus.passages:
        document = real_corpus.document(passage.document_id)
        assert document is not None
        parts = compose(passage, document)
        covered = [False] * len(passage.text)
        for span in parts.spans:
            assert passage.start <= span.start < span.end <= passage.end
            for at in range(span.start - passage.start, span.end - passage.start):
                covered[at] = True
        lost = "".join(
            letter for letter, seen in zip(passage.text, covered, strict=True) if not seen
        )
        assert not lost.strip("0123456789. -\n\t"), passage.id


def test_a_passage_without_text_is_a_defect(composed: tuple[Composed, Document]) -> None:
    _, document = composed
    empty = replace(document.passages[0], text="")
    with pytest.raises(ValueError, match="first-report/p has no text"):
        compose(empty, document)
