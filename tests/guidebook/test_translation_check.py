"""A translation has its original's shape and numbers, in its own script."""

import pytest

from guidebook.corpus import load_corpus
from guidebook.translation_check import translation_faults
from tests.guidebook.documents import WriteDocument
from tests.guidebook.translating import HEADING, WORDS, write_translation


def test_a_sound_translation_has_no_faults(write_document: WriteDocument) -> None:
    path = write_translation(write_document())
    assert list(translation_faults(load_corpus(path.parent))) == []


@pytest.mark.parametrize(
    ("old", "new", "remedy"),
    [
        ("154", "153", "missing 154; added 153"),
        ("154", "۱۵۴", "missing 154"),
        ("2. ", "", "keep blank lines"),
        ("2. ", "- ", "keep blank lines"),
        ("\n\nقانون", "\nقانون", "line by line"),
        ("اسے لکھیں۔", "Write it down.", "write it in ur"),
        ("اسے لکھیں۔", "اسے\u200c لکھیں۔", "invisible U+200C"),
        ("اسے لکھیں۔", "اسے\u200e لکھیں۔", "invisible U+200E"),
        ("اسے لکھیں۔", "اسے لکھیں: 0800-123۔", "put U+200E before"),
    ],
)
def test_what_differs_from_the_original_is_named(
    write_document: WriteDocument, old: str, new: str, remedy: str
) -> None:
    path = write_translation(write_document(), words=WORDS.replace(old, new))
    faults = [str(fault) for fault in translation_faults(load_corpus(path.parent))]
    assert any(remedy in fault for fault in faults), faults


def test_a_heading_is_held_to_its_numbers_too(write_document: WriteDocument) -> None:
    path = write_translation(write_document(), heading=f"{HEADING} 22A")
    (fault,) = translation_faults(load_corpus(path.parent))
    assert "added 22" in fault.remedy


def test_a_translation_of_words_since_changed_is_reported(write_document: WriteDocument) -> None:
    path = write_translation(write_document(), of="0" * 12)
    (fault,) = translation_faults(load_corpus(path.parent))
    assert "translate again" in fault.remedy
