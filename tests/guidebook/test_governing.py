"""Law over guidance over a remark; among equals the later; an unknown date is never the later."""

from datetime import date
from typing import Any

import pytest

from guidebook.corpus import Corpus, load_corpus
from guidebook.governing import governs
from guidebook.records import Passage
from tests.guidebook.documents import BODY, WriteDocument


@pytest.fixture
def two(write_document: WriteDocument) -> "Two":
    return Two(write_document)


class Two:
    """Two documents of one passage each, as the corpus loads them."""

    def __init__(self, write_document: WriteDocument) -> None:
        self._write = write_document

    def of(self, first: dict[str, Any], second: dict[str, Any]) -> tuple[Passage, ...]:
        body = BODY.replace("Can I refuse", "May I turn away")
        folder = self._write("first.md", id="first", **first).parent
        self._write("second.md", body, id="second", **second)
        self.corpus: Corpus = load_corpus(folder)
        return self.corpus.passages


@pytest.mark.parametrize(
    ("stronger", "weaker"),
    [
        ("statute", "ruling"),
        ("ruling", "official"),
        ("official", "practice"),
        ("practice", "conference"),
        ("conference", "press"),
    ],
)
def test_the_stronger_authority_governs_whatever_its_date(
    two: Two, stronger: str, weaker: str
) -> None:
    old, new = date(1898, 1, 1), date(2026, 1, 1)
    one, other = two.of(
        {"authority": stronger, "in_force_from": old}, {"authority": weaker, "in_force_from": new}
    )
    assert governs(one, other, two.corpus)
    assert not governs(other, one, two.corpus)


@pytest.mark.parametrize(
    ("first", "second", "governing"),
    [
        ({"in_force_from": date(2021, 2, 1)}, {"in_force_from": date(2013, 1, 21)}, [True, False]),
        ({"published_on": date(2022, 8, 25)}, {"in_force_from": date(2021, 2, 1)}, [True, False]),
        ({"in_force_from": date(2021, 2, 1)}, {}, [True, False]),
        ({}, {}, [False, False]),  # nothing says which: the corpus check lets no such pair pass
    ],
)
def test_among_equals_the_later_governs(
    two: Two, first: dict[str, Any], second: dict[str, Any], governing: list[bool]
) -> None:
    one, other = two.of(first, second)
    assert [governs(one, other, two.corpus), governs(other, one, two.corpus)] == governing
