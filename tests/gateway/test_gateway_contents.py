"""The contents list: every topic, its documents, and the questions they answer."""

import shutil
from pathlib import Path
from typing import get_args

import pytest
from gateway_under_test import DOCUMENT_ID, Gateway, running, settings_for
from test_gateway_documents import GUIDANCE

from gateway.contents import as_json
from guidebook.corpus import Corpus
from guidebook.normalise import urdu_share
from guidebook.settings import ROOT
from guidebook.vocabulary import Lang

pytestmark = pytest.mark.anyio


async def test_a_document_stands_under_each_of_its_topics_with_its_headings(
    gateway: Gateway,
) -> None:
    response = await gateway.browser.get("/api/contents")
    assert response.headers["content-type"] == "application/json"
    topics = {entry["topic"]: entry["documents"] for entry in response.json()["topics"]}
    for topic in ("women-in-policing", "un-messages"):
        (document,) = [d for d in topics[topic] if d["id"] == DOCUMENT_ID]
        assert set(document) == {
            "id", "title", "authority", "jurisdiction", "review_status", "passages",
        }  # fmt: skip
        assert (document["authority"], document["review_status"]) == ("message", "draft")
        assert {
            "passage_id": f"{DOCUMENT_ID}/principles-of-cooperation",
            "heading": "What principles underlie police cooperation?",
        } in document["passages"]


def test_the_whole_corpus_is_listed_in_the_order_of_the_vocabulary(real_corpus: Corpus) -> None:
    topics = as_json(real_corpus, "en")["topics"]
    assert [topics[0]["topic"], topics[-1]["topic"]] == ["fir", "unrelated"]
    listed = {document["id"] for topic in topics for document in topic["documents"]}
    left_out = {d.id for d in real_corpus.documents} - listed
    assert all(
        document.superseded_by or document.kind == "known-gap"
        for document in real_corpus.documents
        if document.id in left_out
    )


def test_in_urdu_documents_stand_as_they_are_translated(real_corpus: Corpus) -> None:
    english, urdu = (as_json(real_corpus, lang)["topics"] for lang in get_args(Lang))
    for topic, told in zip(english, urdu, strict=True):
        for document, said in zip(topic["documents"], told["documents"], strict=True):
            originals = [passage["passage_id"] for passage in document["passages"]]
            assert [passage["passage_id"] for passage in said["passages"]] == originals
            if said["id"] != document["id"]:
                assert said["id"] == f"{document['id']}-ur"
                assert urdu_share(said["title"]) > 0.5
    assert sum(document["id"].endswith("-ur") for t in urdu for document in t["documents"]) > 100


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("superseded_by: null", "superseded_by: newer"),
        ("kind: guidance", "kind: known-gap"),
    ],
)
async def test_superseded_documents_and_known_gaps_are_left_out(
    tmp_path: Path, widget: Path, old: str, new: str
) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a-note.md").write_text(GUIDANCE.replace(old, new))
    other = GUIDANCE.replace("id: a-note", "id: other-note")
    (folder / "other-note.md").write_text(other)
    async with running(settings_for(tmp_path / "home", folder, widget)) as gateway:
        (topic,) = (await gateway.browser.get("/api/contents")).json()["topics"]
    assert [document["id"] for document in topic["documents"]] == ["other-note"]


async def test_asked_again_it_is_304_until_the_corpus_changes(tmp_path: Path, widget: Path) -> None:
    folder = tmp_path / "corpus"
    shutil.copytree(ROOT / "corpus" / "source", folder)
    async with running(settings_for(tmp_path / "home", folder, widget)) as gateway:
        first = await gateway.browser.get("/api/contents")
        assert first.headers["cache-control"] == "no-cache"
        known = {"If-None-Match": first.headers["etag"]}
        assert (await gateway.browser.get("/api/contents", headers=known)).status_code == 304
        path = folder / f"{DOCUMENT_ID}.md"
        path.write_text(path.read_text().replace("title: The", "title: Now the"))
        gateway.ticks.forward(seconds=4)
        second = await gateway.browser.get("/api/contents", headers=known)
        assert second.status_code == 200
        assert "Now the Secretary-General" in second.text


async def test_without_a_corpus_it_is_503_with_what_to_do(tmp_path: Path, widget: Path) -> None:
    (tmp_path / "corpus").mkdir()
    bare = settings_for(tmp_path / "home", tmp_path / "corpus", widget)
    async with running(bare) as gateway:
        response = await gateway.browser.get("/api/contents")
    assert (response.status_code, response.headers["retry-after"]) == (503, "30")
    assert response.json()["next"]
