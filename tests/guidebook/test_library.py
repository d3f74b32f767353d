"""The library opens whole, or says in one sentence what is missing."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from guidebook.context import Context
from guidebook.errors import CorpusError, IndexMismatchError
from guidebook.library import Library, encoders, open_library
from guidebook.query import Query
from guidebook.settings import Settings


def test_an_opened_library_answers(library: Library) -> None:
    found, context = library.answer(Query("What is UNIDO?"), Context(), 1.0)
    assert found.reply.status == "answered"
    assert found.results[0].passage.id == found.reply.citations[0].passage_id
    assert context.at == 1.0


def test_the_encoders_are_loaded_once() -> None:
    assert all(encoders()[name] is one for name, one in encoders().items())
    assert set(encoders()) == {"e5"}


def test_a_missing_index_is_told(real_places: Mapping[str, Path], tmp_path: Path) -> None:
    settings = Settings.from_environ({"GUIDEBOOK_CORPUS": str(real_places["GUIDEBOOK_CORPUS"])})
    with pytest.raises(IndexMismatchError, match="No index at"):
        open_library(replace(settings, index=tmp_path / "none"))


def test_a_missing_corpus_is_told(tmp_path: Path) -> None:
    settings = replace(Settings.from_environ({}), corpus=tmp_path / "none")
    with pytest.raises(CorpusError, match="check GUIDEBOOK_CORPUS"):
        open_library(settings)
