"""The corpus held here follows the files, looks seldom, and survives a broken state."""

import shutil
from pathlib import Path

import pytest
from gateway_under_test import DOCUMENT_ID, Clock, running, settings_for

from gateway import library as module
from gateway.library import BROKEN, LOADING, OUTDATED, Library
from gateway.watched import stamp_of
from guidebook.corpus import Corpus, load_corpus
from guidebook.settings import ROOT

pytestmark = pytest.mark.anyio


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "corpus" / "source", tmp_path / "corpus")
    return tmp_path / "corpus"


def retitle(folder: Path, title: str) -> None:
    path = folder / f"{DOCUMENT_ID}.md"
    lines = path.read_text().split("\n")
    path.write_text("\n".join(f"title: {title}" if x.startswith("title:") else x for x in lines))


async def title(library: Library) -> str | None:
    corpus = await library.current()
    document = corpus.document(DOCUMENT_ID) if corpus else None
    return document.title if document else None


async def test_a_changed_file_is_seen_after_a_few_seconds_and_not_before(folder: Path) -> None:
    ticks = Clock(0.0)
    library = Library(folder, 3.0, ticks)
    assert library.fault == LOADING
    retitle(folder, "Old")
    assert await title(library) == "Old"
    retitle(folder, "New one")
    ticks.forward(seconds=2.9)
    assert await title(library) == "Old"
    ticks.forward(seconds=0.2)
    assert await title(library) == "New one"
    assert library.fault is None


async def test_latest_looks_at_once(folder: Path) -> None:
    library = Library(folder, 3.0, Clock(0.0))
    await library.current()
    retitle(folder, "Newest")
    await library.latest()
    assert await title(library) == "Newest"


async def test_unchanged_files_are_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ticks, loads = Clock(0.0), list[Path]()

    def counted(path: Path) -> Corpus:
        loads.append(path)
        return load_corpus(path)

    monkeypatch.setattr(module, "load_corpus", counted)
    library = Library(folder, 3.0, ticks)
    for _ in range(10):
        await library.current()
        ticks.forward(seconds=4)
    assert loads == [folder]


async def test_a_broken_file_leaves_the_last_good_corpus_and_is_read_once(folder: Path) -> None:
    ticks = Clock(0.0)
    library = Library(folder, 3.0, ticks)
    retitle(folder, "Good")
    await library.current()
    (folder / "broken.md").write_text("---\nid: [\n---\n")
    ticks.forward(seconds=4)
    assert await title(library) == "Good"
    assert library.fault == OUTDATED
    (folder / "broken.md").unlink()
    ticks.forward(seconds=4)
    assert await title(library) == "Good"
    assert library.fault is None


async def test_a_corpus_that_never_loaded_heals_when_it_is_mended(folder: Path) -> None:
    ticks = Clock(0.0)
    (folder / "broken.md").write_text("---\nid: [\n---\n")
    library = Library(folder, 3.0, ticks)
    assert await library.current() is None
    assert library.fault == BROKEN
    (folder / "broken.md").unlink()
    ticks.forward(seconds=4)
    assert await library.current() is not None


def test_the_stamp_changes_with_any_file_added_changed_or_removed(folder: Path) -> None:
    seen = [stamp_of(folder)]
    sidecar = folder / f"{DOCUMENT_ID}.passages.yml"
    for change in (
        lambda: sidecar.write_text(sidecar.read_text() + "\n"),
        lambda: (folder / "new.md").write_text("x"),
        lambda: (folder / "new.md").unlink(),
    ):
        change()
        seen.append(stamp_of(folder))
    assert seen[1] == seen[3]
    assert len(set(seen)) == 3
    assert stamp_of(folder / "none") == frozenset()


async def test_an_outdated_corpus_is_ready_and_says_why_it_is_not_the_newest(
    folder: Path, tmp_path: Path, widget: Path
) -> None:
    async with running(settings_for(tmp_path / "home", folder, widget)) as gateway:
        (folder / "broken.md").write_text("---\nid: [\n---\n")
        gateway.ticks.forward(seconds=4)
        look = (await gateway.browser.get("/readyz")).json()
        assert look["parts"]["corpus"] == {"ready": True, "reason": OUTDATED}
        response = await gateway.browser.get(f"/api/documents/{DOCUMENT_ID}")
        assert response.status_code == 200
