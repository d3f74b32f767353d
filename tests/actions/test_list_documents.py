"""The list holds every document's title, and nothing that was typed."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from actions.list_documents import ListDocuments
from guidebook import messages
from guidebook.library import Library

if TYPE_CHECKING:
    from .conftest import Run


def test_it_has_the_name_the_domain_uses() -> None:
    assert ListDocuments().name() == "action_list_documents"


def test_every_document_is_listed_by_its_title(opened: Library, run: "Run") -> None:
    reply = run(ListDocuments(), "which documents do you have").reply
    assert reply.status == "told_documents"
    assert reply.more == tuple(document.title for document in opened.corpus.documents)
    assert reply.text.split("\n") == [messages.text("told_documents", "en"), *reply.more]


def test_the_lead_speaks_the_chosen_language(opened: Library, run: "Run") -> None:
    reply = run(ListDocuments(), "documents", metadata={"lang": "ur"}).reply
    assert reply.lead == messages.text("told_documents", "ur")


def test_a_missing_index_is_a_sentence(
    unopened: None, run: "Run", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUIDEBOOK_INDEX", str(tmp_path / "none"))
    turn = run(ListDocuments())
    assert (turn.reply.status, turn.events) == ("failed_index", ())
