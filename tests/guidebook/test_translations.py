"""A translation says its document in another language, for as long as its document stands."""

from pathlib import Path

import pytest

from guidebook.composition import compose
from guidebook.corpus import SOURCE_KINDS, Corpus, load_corpus
from guidebook.errors import CorpusError
from guidebook.translations import is_translation, words_digest
from tests.guidebook.documents import BODY, WriteDocument
from tests.guidebook.translating import FRONT, HEADING, WORDS, write_translation


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("note.ur.md", True),
        ("note.en.md", True),
        ("note.md", False),
        ("note.xx.md", False),
        ("note-ur.md", False),
    ],
)
def test_a_translation_is_told_by_its_files_name(name: str, is_one: bool) -> None:
    assert is_translation(Path(name)) is is_one


def test_a_passage_is_said_in_the_language_it_is_translated_into(
    write_document: WriteDocument,
) -> None:
    original = write_document()
    write_translation(original)
    corpus = load_corpus(original.parent)
    (passage,) = corpus.passages
    said, document = corpus.said_in(passage, "ur")
    assert (said.id, said.facts) == (passage.id, passage.facts)
    assert (said.heading, said.text, said.asked_as) == (HEADING, WORDS, ())
    assert document.text[said.start : said.end] == WORDS
    assert (document.id, document.lang, document.translation_of) == (
        *("first-report-ur", "ur"),
        "first-report",
    )
    assert (document.authority, document.sources) == ("statute", corpus.documents[0].sources)
    assert corpus.document("first-report-ur") is document
    assert corpus.said_in(passage, "en") == (passage, corpus.documents[0])


def test_it_is_no_document_of_its_own(write_document: WriteDocument) -> None:
    original = write_document()
    before = load_corpus(original.parent)
    write_translation(original)
    after = load_corpus(original.parent)
    assert after.documents == before.documents
    assert after.passages == before.passages
    assert after.searched == before.searched  # its index stands
    assert after.digest != before.digest


def test_once_the_original_changes_its_own_words_are_said(write_document: WriteDocument) -> None:
    write_translation(write_document())
    changed = write_document(body=BODY.replace("Read it back.", "Read it back to her."))
    corpus = load_corpus(changed.parent)
    (passage,) = corpus.passages
    assert corpus.said_in(passage, "ur") == (passage, corpus.documents[0])
    (fault,) = corpus.outdated
    assert (fault.field, fault.line) == ("of", 11)
    assert words_digest(passage) in fault.remedy


@pytest.mark.parametrize(
    ("front", "passage", "field"),
    [
        (
            FRONT.replace("translation_of: first-report", "translation_of: gone"),
            "refuse-fir",
            "gone",
        ),
        (FRONT, "gone", "gone"),
        (FRONT.replace("id: first-report-ur", "id: first-report"), "refuse-fir", "first-report"),
        (FRONT.replace("review_status: draft", "review_status: live"), "refuse-fir", "office"),
        (FRONT + "kind: guidance\n", "refuse-fir", "kind"),
        (FRONT.replace("title: پہلی رپورٹ", "title: ["), "refuse-fir", "front matter"),
    ],
)
def test_a_translation_that_is_of_nothing_stops_the_corpus(
    write_document: WriteDocument, front: str, passage: str, field: str
) -> None:
    path = write_translation(write_document(), front=front, passage=passage)
    with pytest.raises(CorpusError) as caught:
        load_corpus(path.parent)
    (fault,) = caught.value.faults
    assert fault.startswith(str(path))
    assert field in fault


def test_two_translations_of_a_passage_are_a_fault(write_document: WriteDocument) -> None:
    path = write_translation(write_document())
    twin = path.with_name("twin.ur.md")
    twin.write_text(path.read_text().replace("id: first-report-ur", "id: twin"))
    with pytest.raises(CorpusError, match="stands twice"):
        load_corpus(path.parent)


def test_what_is_not_utf_8_is_a_fault(write_document: WriteDocument) -> None:
    path = write_translation(write_document())
    path.write_bytes(path.read_bytes()[:-2])
    with pytest.raises(CorpusError, match="not UTF-8"):
        load_corpus(path.parent)


def test_a_fault_in_it_does_not_hide_the_others(write_document: WriteDocument) -> None:
    path = write_translation(write_document())
    path.write_text(path.read_text().replace("<!--\n", "<!-- "), encoding="utf-8")
    with pytest.raises(CorpusError, match="directly under the heading"):
        load_corpus(path.parent)


# -- the real corpus


def test_hardly_a_passage_of_our_own_is_said_in_english_alone(real_corpus: Corpus) -> None:
    """A new document may come before its Urdu; the corpus as a whole may not do without."""
    own = [
        passage
        for document in real_corpus.documents
        if document.kind not in SOURCE_KINDS and document.superseded_by is None
        for passage in document.passages
    ]
    english = [p.id for p in own if real_corpus.said_in(p, "ur")[1].lang != "ur"]
    assert len(english) <= 0.05 * len(own), english
    assert real_corpus.outdated == ()


def test_lead_steps_and_the_rest_match_one_for_one(real_corpus: Corpus) -> None:
    for passage in real_corpus.passages:
        said, document = real_corpus.said_in(passage, "ur")
        ours, theirs = (
            compose(passage, real_corpus.said_in(passage, "en")[1]),
            compose(said, document),
        )
        assert len(theirs.steps) == len(ours.steps), passage.id
        assert len(theirs.more) == len(ours.more), passage.id
