"""The real corpus, its real index and the opened library: built once for all tests that ask it."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from guidebook import index as indexing
from guidebook.corpus import Corpus, load_corpus
from guidebook.encoder import Encoder
from guidebook.library import Library, encoders, open_library
from guidebook.settings import ROOT, Settings


@pytest.fixture(scope="session")
def corpus_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's corpus as it stands now: an edit while tests run changes nothing here."""
    return shutil.copytree(ROOT / "corpus", tmp_path_factory.mktemp("real") / "corpus")


@pytest.fixture(scope="session")
def real_corpus(corpus_folder: Path) -> Corpus:
    """Every document of the repository."""
    return load_corpus(corpus_folder)


@pytest.fixture(scope="session")
def real_encoders() -> Mapping[str, Encoder]:
    """The encoders, as the library knows them."""
    return encoders()


@pytest.fixture(scope="session")
def real_index(
    real_corpus: Corpus,
    real_encoders: Mapping[str, Encoder],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """An index of the real corpus in a folder of its own; vectors already made are reused."""
    folder = tmp_path_factory.mktemp("real") / "index"
    made = Settings.from_environ(os.environ).index
    if made.is_dir():
        shutil.copytree(made, folder)
    indexing.build(real_corpus, list(real_encoders.values()), folder)
    return folder


@pytest.fixture(scope="session")
def library(corpus_folder: Path, real_index: Path) -> Library:
    """The library, opened once."""
    return open_library(replace(Settings.from_environ({}), corpus=corpus_folder, index=real_index))


@pytest.fixture
def real_places(
    corpus_folder: Path, real_index: Path, monkeypatch: pytest.MonkeyPatch
) -> Mapping[str, Path]:
    """The environment that leads to the real corpus and its index, set for one test."""
    places = {"GUIDEBOOK_CORPUS": corpus_folder, "GUIDEBOOK_INDEX": real_index}
    for name, path in places.items():
        monkeypatch.setenv(name, str(path))
    return places
