"""Documents written for one test, and the library asked one question."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from guidebook.answering import answer
from guidebook.context import Context
from guidebook.corpus import Corpus, load_corpus
from guidebook.library import Library
from guidebook.query import Query
from guidebook.reply import Reply
from tests.guidebook.asking import NOW, Ask
from tests.guidebook.documents import BODY, FRONT, WriteDocument


@pytest.fixture
def write_document(tmp_path: Path) -> WriteDocument:
    """Documents under `tmp_path / "corpus"`."""

    def write(name: str = "first-report.md", body: str = BODY, **front: Any) -> Path:
        path = tmp_path / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        fields = {key: value for key, value in (FRONT | front).items() if value is not ...}
        block = "".join(f"{key}: {_inline(value)}\n" for key, value in fields.items())
        path.write_text(f"---\n{block}---\n{body}", encoding="utf-8")
        return path

    return write


@pytest.fixture
def corpus(write_document: WriteDocument) -> Corpus:
    """A corpus of one document."""
    return load_corpus(write_document().parent)


@pytest.fixture
def index_folder(tmp_path: Path) -> Path:
    """Where its index will be; nothing is there yet."""
    return tmp_path / "made" / "index"


@pytest.fixture
def ask(library: Library) -> Ask:
    """Ask the library; what comes back is the reply and what is remembered."""

    def asked(text: str, context: Context | None = None, **query: Any) -> tuple[Reply, Context]:
        made = replace(Query(text), **query)
        found, after = answer(made, context or Context(), library.retriever, NOW)
        return found.reply, after

    return asked


def _inline(value: Any) -> str:
    if isinstance(value, str):
        return value
    dumped: str = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=1000)
    return dumped.removesuffix("...\n").strip()
