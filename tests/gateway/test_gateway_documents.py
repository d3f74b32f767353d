"""A document comes passage by passage, exactly as it stands on disk."""

import hashlib
import shutil
from pathlib import Path

import pytest
from gateway_under_test import Gateway, running, settings_for

from guidebook.settings import ROOT

pytestmark = pytest.mark.anyio

ID = "un-police-cooperation-day-2023"
GUIDANCE = """---
id: a-note
title: A note
kind: guidance
authority: statute
jurisdiction: pakistan
lang: en
topics: [fir]
in_force_from: null
checked_on: 2026-11-22
review_by: 2027-05-22
superseded_by: null
review_status: draft
reviewed_by: null
sources: []
---

## Can I refuse?
<!--
id: refuse
facts: [F-FIR-04]
asked_as:
- "secret phrasing"
-->
No. You must register it.

Law: CrPC s.154.
"""


async def test_each_block_is_the_slice_of_the_file_that_its_offsets_say(
    gateway: Gateway, corpus: Path
) -> None:
    document = (await gateway.browser.get(f"/api/documents/{ID}")).json()
    text = (corpus / "source" / f"{ID}.md").read_bytes().decode()
    assert len(document["blocks"]) >= 3
    for block in document["blocks"]:
        assert set(block) == {"passage_id", "heading", "text", "start", "end"}
        assert block["text"] == text[block["start"] : block["end"]]
        assert block["passage_id"].startswith(f"{ID}/")


async def test_a_document_says_what_it_is_and_how_old(gateway: Gateway) -> None:
    document = (await gateway.browser.get(f"/api/documents/{ID}")).json()
    assert (document["kind"], document["authority"]) == ("policy-message", "message")
    assert (document["published_on"], document["in_force_from"]) == ("2023-09-07", None)
    assert document["review_status"] == "draft"
    assert document["sources"][0]["url"].startswith("https://press.un.org/")


async def test_a_current_digest_is_unchanged_and_another_is_changed(gateway: Gateway) -> None:
    digest = (await gateway.browser.get(f"/api/documents/{ID}")).json()["digest"]
    same = await gateway.browser.get(f"/api/documents/{ID}", params={"digest": digest})
    other = await gateway.browser.get(f"/api/documents/{ID}", params={"digest": "0" * 64})
    assert (same.json()["changed"], other.json()["changed"]) == (False, True)


async def test_a_document_names_itself_in_other_languages(tmp_path: Path, widget: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for path in (ROOT / "corpus" / "guidance" / "acid-burns").glob("acid-attack-law*.md"):
        shutil.copy(path, folder)
    async with running(settings_for(tmp_path / "home", folder, widget)) as gateway:
        english = (await gateway.browser.get("/api/documents/acid-attack-law")).json()
        (other,) = english["also_in"]
        where = f"/api/documents/{other['document_id']}"
        urdu = (await gateway.browser.get(where, params={"digest": other["digest"]})).json()
    assert (urdu["lang"], urdu["title"], urdu["changed"]) == ("ur", other["title"], False)
    assert other["name"] == "اردو"
    assert [one["document_id"] for one in urdu["also_in"]] == ["acid-attack-law"]
    assert [one["name"] for one in urdu["also_in"]] == ["English"]
    english_ids, urdu_ids = ([b["passage_id"] for b in d["blocks"]] for d in (english, urdu))
    assert urdu_ids == english_ids


@pytest.mark.parametrize("name", ["none", "..%2f..%2fREADME", "%00", "a" * 500])
async def test_an_unknown_document_is_404_with_what_to_do(gateway: Gateway, name: str) -> None:
    response = await gateway.browser.get(f"/api/documents/{name}")
    assert response.status_code == 404
    assert response.json()["next"]


async def test_comments_and_front_matter_are_never_sent(tmp_path: Path, widget: Path) -> None:
    folder = tmp_path / "corpus" / "guidance" / "fir"
    folder.mkdir(parents=True)
    (folder / "a-note.md").write_text(GUIDANCE)
    async with running(settings_for(tmp_path / "home", tmp_path / "corpus", widget)) as gateway:
        response = await gateway.browser.get("/api/documents/a-note")
    (block,) = response.json()["blocks"]
    assert block["text"].startswith("No. You must register it.")
    for hidden in ("secret phrasing", "asked_as", "<!--", "review_by"):
        assert hidden not in response.text


async def test_a_broken_corpus_leaves_the_gateway_up_and_says_so(
    tmp_path: Path, widget: Path
) -> None:
    folder = tmp_path / "corpus" / "guidance" / "fir"
    folder.mkdir(parents=True)
    (folder / "a-note.md").write_text("---\nid: [\n---\n")
    async with running(settings_for(tmp_path / "home", tmp_path / "corpus", widget)) as gateway:
        response = await gateway.browser.get("/api/documents/a-note")
        assert (response.status_code, response.headers["retry-after"]) == (503, "30")
        look = await gateway.browser.get("/readyz")
        assert "corpus check" in look.json()["parts"]["corpus"]["reason"]
        assert str(tmp_path) not in look.text
        assert (await gateway.ask("hello"))[0]["status"] == "told_greeting"


async def test_reading_documents_changes_nothing_on_disk(gateway: Gateway, corpus: Path) -> None:
    def digest() -> str:
        files = sorted(corpus.rglob("*.*"))
        return hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()

    before = digest()
    await gateway.browser.get(f"/api/documents/{ID}")
    assert digest() == before
